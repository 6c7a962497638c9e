"""The list inside the file chooser: headings, kinds, sizes and times in the program's words and
icons."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import (
    QFileInfo,
    QIdentityProxyModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileIconProvider, QFileSystemModel

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
