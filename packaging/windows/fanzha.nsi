; The installer for Windows, made by packaging/make_windows.py, which says where everything is:
;   VERSION NUMBERS OUT   the program's version, in words and as four numbers; the file to write
;   LISTS                 files.nsh: the macros PutFiles, RemoveFiles and AskFiles over the build's own list
;   ICON SIZE             the icon; what the program takes, in KiB
;
;   FanzhaDesk-VERSION.exe                  for everybody (asks Windows for leave), or for oneself where that is refused
;     /S            no window and no question      /AllUsers  /CurrentUser    for whom
;     /D=FOLDER     where to, the last option, without quotes
;     /NOFIREWALL   no rule that keeps the program off the network: for a centre that uses a server
; Exit status: 0 done, 1 stopped by the person, 2 failed, 5 the program is open: nothing was changed.
; Removal deletes the files of that list and nothing else; data lie in %LOCALAPPDATA%\FanzhaDesk and stay.
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "FanzhaDesk"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\FanzhaDesk"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "Software\FanzhaDesk"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "Folder"
!include MultiUser.nsh
!include MUI2.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\FanzhaDesk"
!define RULE "Fanzha Desk offline"
!define OPEN_STATUS 5

Name "反诈接警台 Fanzha Desk ${VERSION}"
OutFile "${OUT}"
BrandingText "Fanzha Desk ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "反诈接警台 Fanzha Desk"
VIAddVersionKey "FileDescription" "反诈接警台 ${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING

!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString STILL_OPEN ${LANG_SIMPCHINESE} "反诈接警台正在运行，没有改动任何内容。请关闭窗口后重试。"
LangString STILL_OPEN ${LANG_ENGLISH} "Fanzha Desk is running; nothing was changed. Close its window and try again."
LangString DATA_STAY ${LANG_SIMPCHINESE} "程序已删除。数据没有动，在各用户的 %LOCALAPPDATA%\FanzhaDesk。"
LangString DATA_STAY ${LANG_ENGLISH} "The program is removed. The data were not touched: %LOCALAPPDATA%\FanzhaDesk of each user."
LangString NO_RULE ${LANG_SIMPCHINESE} "没有能添加防火墙规则，请信息员手工添加："
LangString NO_RULE ${LANG_ENGLISH} "The firewall rule could not be added; have it added by hand:"

!include "${LISTS}"

; Whoever runs a program keeps Windows from writing to its file: no list of processes is needed.
!macro AskFile NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    FileOpen $R0 "$INSTDIR\${NAME}" a
    ${If} ${Errors}
      StrCpy $R1 "open"
    ${Else}
      FileClose $R0
    ${EndIf}
  ${EndIf}
!macroend

!macro StopWhileOpen AGAIN
  ${AGAIN}:
  StrCpy $R1 ""
  !insertmacro AskFiles
  ${If} $R1 == "open"
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY ${AGAIN}
    SetErrorLevel ${OPEN_STATUS}
    Quit
  ${EndIf}
!macroend

!macro FirewallRule NAME
  nsExec::ExecToLog '"$SYSDIR\netsh.exe" advfirewall firewall add rule name="${RULE}" dir=out action=block program="$INSTDIR\${NAME}" enable=yes profile=any'
  Pop $R2
  ${If} $R2 != 0
    DetailPrint "$(NO_RULE) netsh advfirewall firewall add rule name=$\"${RULE}$\" dir=out action=block program=$\"$INSTDIR\${NAME}$\" enable=yes profile=any"
  ${EndIf}
!macroend

Function .onInit
  StrCpy $R9 $INSTDIR ; what "/D=" named, which the next line would replace by its own choice
  !insertmacro MULTIUSER_INIT
  ${If} $R9 != ""
    StrCpy $INSTDIR $R9
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "Program"
  SetShellVarContext current
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
  !insertmacro StopWhileOpen ask
  ; What an earlier version put there goes by that version's own list; whatever else lies in the folder stays.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    CopyFiles /SILENT "$INSTDIR\uninstall.exe" "$PLUGINSDIR\former.exe"
    ExecWait '"$PLUGINSDIR\former.exe" /S /$MultiUser.InstallMode _?=$INSTDIR' $R2
    ${If} $R2 != 0
      SetErrorLevel $R2
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro PutFiles
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS"
  CreateShortcut "$SMPROGRAMS\反诈接警台.lnk" "$INSTDIR\FanzhaDesk.exe"
  WriteRegStr SHCTX "Software\FanzhaDesk" "Folder" "$INSTDIR"
  WriteRegStr SHCTX "Software\Classes\.fzb" "" "FanzhaDesk.Bundle"
  WriteRegStr SHCTX "Software\Classes\FanzhaDesk.Bundle" "" "反诈接警台数据包"
  WriteRegStr SHCTX "Software\Classes\FanzhaDesk.Bundle\DefaultIcon" "" "$INSTDIR\FanzhaDesk.exe,0"
  WriteRegStr SHCTX "Software\Classes\FanzhaDesk.Bundle\shell\open\command" "" '"$INSTDIR\FanzhaDesk.exe" open "%1"'
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "反诈接警台 Fanzha Desk"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\FanzhaDesk.exe,0"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "Fanzha Desk"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; Stations work without a network: Windows keeps the program off it. Only an administrator may say so.
Section "Firewall"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/NOFIREWALL" $R1
  ${If} ${Errors}
  ${AndIf} $MultiUser.InstallMode == "AllUsers"
    !insertmacro FirewallRule "FanzhaDesk.exe"
    !insertmacro FirewallRule "fanzha.exe"
  ${EndIf}
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
  !insertmacro StopWhileOpen again
  !insertmacro RemoveFiles
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\反诈接警台.lnk"
  ${If} $MultiUser.InstallMode == "AllUsers"
    nsExec::ExecToLog '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${RULE}"'
    Pop $R0
  ${EndIf}
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "Software\Classes\FanzhaDesk.Bundle"
  ReadRegStr $R0 SHCTX "Software\Classes\.fzb" ""
  ${If} $R0 == "FanzhaDesk.Bundle"
    DeleteRegKey SHCTX "Software\Classes\.fzb"
  ${EndIf}
  DeleteRegKey SHCTX "Software\FanzhaDesk"
  DetailPrint "$(DATA_STAY)"
SectionEnd
