# Put at the head of the scripts that dpkg runs: nothing is replaced or removed under an open window. A process whose file
# was replaced meanwhile is told as "… (deleted)".
stop_while_open() {
  for process in /proc/[0-9]*; do
    program=$(readlink "$process/exe" 2>/dev/null) || continue
    case "$program" in
      /opt/fanzha-desk/fanzha | "/opt/fanzha-desk/fanzha (deleted)")
        number=${process#/proc/}
        user=$(stat -c %U "$process" 2>/dev/null || echo "?")
        echo "反诈接警台正在运行（用户 $user，进程 $number）。没有改动任何内容。请先关闭窗口，再重新执行。" >&2
        echo "Fanzha Desk is running (user $user, process $number). Nothing was changed. Close its window, then run this again." >&2
        exit 1
        ;;
    esac
  done
}
