"""Choosing files and folders in the program's own look, in its language, without a nested event
loop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import (
    QFileInfo,
    QIdentityProxyModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QStandardPaths,
    QStorageInfo,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QHeaderView,
    QSplitter,
    QToolButton,
    QTreeView,
    QWidget,
)

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.quantities import size_text

_COLUMNS = ("files.name", "files.size", "files.type", "files.modified")
_SIZE, _TYPE, _TIME = 1, 2, 3
_Index = QModelIndex | QPersistentModelIndex


class FileList(QIdentityProxyModel):
    """Between the dialog's model of the disk and its view."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Name, size, kind, time."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        if shown and section < len(_COLUMNS):
            return self._kit.texts.text(_COLUMNS[section])
        return super().headerData(section, orientation, role)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for kind, size and time; the rest is the disk's."""
        column = index.column()
        if role != Qt.ItemDataRole.DisplayRole or column not in (_SIZE, _TYPE, _TIME):
            return super().data(index, role)
        model = self.sourceModel()
        if not isinstance(model, QFileSystemModel):
            return super().data(index, role)
        info = model.fileInfo(self.mapToSource(index))
        if column == _TYPE:
            return self._kind(info)
        if column == _SIZE:
            return "" if info.isDir() else size_text(self._kit.texts, info.size())
        seconds = info.lastModified().toSecsSinceEpoch()
        return f"{datetime.fromtimestamp(seconds, UTC).astimezone(self._kit.zone):%Y-%m-%d %H:%M}"

    def _kind(self, info: QFileInfo) -> str:
        if info.isDir():
            return self._kit.texts.text("files.folder")
        return info.suffix().upper() or self._kit.texts.text("files.file")


class ChooserIcons(QFileIconProvider):
    """Folders, drives and files in the program's own lines."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._folder = kit.icons.icon("folder", "blue")
        self._drive = kit.icons.icon("usb", "blue")
        self._file = kit.icons.icon("file", "text_muted")

    def icon(self, what: QFileIconProvider.IconType | QFileInfo) -> QIcon:
        """The icon of a kind of place, or of a file."""
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        drives = (QFileIconProvider.IconType.Drive, QFileIconProvider.IconType.Computer)
        if what in drives:
            return self._drive
        return self._file if what == QFileIconProvider.IconType.File else self._folder


_LABELS = (
    (QFileDialog.DialogLabel.LookIn, "files.look_in"),
    (QFileDialog.DialogLabel.FileName, "files.file_name"),
    (QFileDialog.DialogLabel.FileType, "files.file_type"),
    (QFileDialog.DialogLabel.Reject, "shared.cancel"),
)
_PLACES = (
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.PicturesLocation,
    QStandardPaths.StandardLocation.HomeLocation,
)
_BUTTONS = {
    "backButton": "chevron_left",
    "forwardButton": "chevron_right",
    "toParentButton": "arrow_up",
    "newFolderButton": "add",
}
_PLACES_SHARE = 4
"""What the list of places has of the width: names of sticks are to be read."""
_HIDDEN = ("listModeButton", "detailModeButton")
_OnChosen = Callable[[tuple[Path, ...]], object]


class FileChooser(QFileDialog):
    """Emits ``chosen(tuple[Path, …])`` once; deletes itself when closed."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, title_key: str, accept_key: str) -> None:
        super().__init__(parent.window())
        self._kit = kit
        self.setObjectName("file_chooser")
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._icons = ChooserIcons(kit)  # the dialog does not keep it
        self.setIconProvider(self._icons)
        self.setViewMode(QFileDialog.ViewMode.Detail)
        self.setProxyModel(FileList(kit, self))
        self.setWindowTitle(kit.texts.text(title_key))
        for label, key in _LABELS:
            self.setLabelText(label, kit.texts.text(key))
        self.setLabelText(QFileDialog.DialogLabel.Accept, kit.texts.text(accept_key))
        self.setNameFilter(f"{kit.texts.text('files.all')} (*)")
        places = _places()
        self.setSidebarUrls([QUrl.fromLocalFile(place) for place in places])
        self.setDirectory(places[0])
        self._shape()
        self._dress()
        self.filesSelected.connect(self._selected)

    def sizeHint(self) -> QSize:
        """As wide as a wide dialog."""
        wide = self._kit.theme.space("dialog_width_wide")
        return QSize(wide, wide * 2 // 3)

    def _dress(self) -> None:
        """The buttons of Qt's dialog, in our icons; without the switch between two kinds of list."""
        for name, icon in _BUTTONS.items():
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(self._kit.icons.icon(icon, "text_muted"))
                button.setToolTip("")
        for name in _HIDDEN:
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.hide()

    def _shape(self) -> None:
        splitter = self.findChild(QSplitter, "splitter")
        if splitter is not None:
            wide = self._kit.theme.space("dialog_width_wide")
            splitter.setSizes([wide // _PLACES_SHARE, wide - wide // _PLACES_SHARE])
        tree = self.findChild(QTreeView, "treeView")
        if tree is None:  # another version of Qt may name it otherwise
            return
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)

    def _selected(self, names: list[str]) -> None:
        self.chosen.emit(tuple(Path(name) for name in names))


def choose_files(
    kit: Kit,
    parent: QWidget,
    title_key: str,
    on_chosen: _OnChosen,
    *,
    patterns: tuple[str, ...] = (),
) -> FileChooser:
    """Ask for existing files; ``patterns`` such as ``*.fzb`` narrow what is listed. Returns at
    once."""
    dialog = FileChooser(kit, parent, title_key, "files.choose")
    dialog.setOption(
        QFileDialog.Option.ReadOnly
    )  # Del or F2 in the list would change what a victim brought
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _open(_narrowed(dialog, kit, patterns), on_chosen)


def choose_file(
    kit: Kit, parent: QWidget, title_key: str, on_chosen: _OnChosen, *, patterns: tuple[str, ...]
) -> FileChooser:
    """Ask for one existing file; it comes as the only member of the tuple."""
    dialog = FileChooser(kit, parent, title_key, "files.choose")
    dialog.setOption(QFileDialog.Option.ReadOnly)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(_narrowed(dialog, kit, patterns), on_chosen)


def choose_folder(kit: Kit, parent: QWidget, title_key: str, on_chosen: _OnChosen) -> FileChooser:
    """Ask for a folder; it comes as the only member of the tuple."""
    dialog = FileChooser(kit, parent, title_key, "files.choose")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, on_chosen)


def choose_target(
    kit: Kit, parent: QWidget, title_key: str, name: str, on_chosen: _OnChosen
) -> FileChooser:
    """Ask where to write a file called ``name``; asks again before an existing one is replaced."""
    dialog = FileChooser(kit, parent, title_key, "files.save")
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return _open(dialog, on_chosen)


def _narrowed(dialog: FileChooser, kit: Kit, patterns: tuple[str, ...]) -> FileChooser:
    if patterns:
        every = f"{kit.texts.text('files.all')} (*)"
        dialog.setNameFilters([" ".join(patterns), every])
    return dialog


def _places() -> list[str]:
    """Folders people keep files in, then drives; the first is where choosing begins."""
    folders = [QStandardPaths.writableLocation(place) for place in _PLACES]
    drives = [
        volume.rootPath()
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and volume.rootPath().startswith(("/media", "/run/media", "/mnt"))
    ]
    found = [folder for folder in folders if folder and Path(folder).is_dir()]
    return list(dict.fromkeys([*found, *drives])) or [str(Path.home())]


def _open(dialog: FileChooser, on_chosen: _OnChosen) -> FileChooser:
    dialog.chosen.connect(on_chosen)
    dialog.open()
    return dialog
