"""Choosing files and folders in the program's own look, in its language, without a nested event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QIdentityProxyModel, QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.shared.kit import Kit

_COLUMNS = ("files.name", "files.size", "files.type", "files.modified")
_LABELS = (
    (QFileDialog.DialogLabel.LookIn, "files.look_in"),
    (QFileDialog.DialogLabel.FileName, "files.file_name"),
    (QFileDialog.DialogLabel.FileType, "files.file_type"),
    (QFileDialog.DialogLabel.Reject, "shared.cancel"),
)


class _Headings(QIdentityProxyModel):
    """The file list with headings from the catalogue."""

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
            return self._kit.words.text(_COLUMNS[section])
        return super().headerData(section, orientation, role)


class FileChooser(QFileDialog):
    """Emits ``chosen(tuple[Path, …])`` once; deletes itself when closed."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, title_key: str, accept_key: str) -> None:
        super().__init__(parent.window())
        self.setObjectName("file_chooser")
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setViewMode(QFileDialog.ViewMode.Detail)
        self.setProxyModel(_Headings(kit, self))
        self.setWindowTitle(kit.words.text(title_key))
        for label, key in _LABELS:
            self.setLabelText(label, kit.words.text(key))
        self.setLabelText(QFileDialog.DialogLabel.Accept, kit.words.text(accept_key))
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
        self.setDirectory(home or str(Path.home()))
        self.filesSelected.connect(self._selected)

    def _selected(self, names: list[str]) -> None:
        self.chosen.emit(tuple(Path(name) for name in names))


def choose_files(
    kit: Kit,
    parent: QWidget,
    title_key: str,
    on_chosen: Callable[[tuple[Path, ...]], object],
    *,
    patterns: tuple[str, ...] = (),
) -> FileChooser:
    """Ask for existing files; ``patterns`` such as ``*.fzb`` narrow what is listed. Returns at once."""
    dialog = FileChooser(kit, parent, title_key, "files.choose")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    if patterns:
        dialog.setNameFilters([" ".join(patterns), "*"])
    return _open(dialog, on_chosen)


def choose_folder(
    kit: Kit,
    parent: QWidget,
    title_key: str,
    on_chosen: Callable[[tuple[Path, ...]], object],
) -> FileChooser:
    """Ask for a folder; it comes as the only member of the tuple."""
    dialog = FileChooser(kit, parent, title_key, "files.choose")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, on_chosen)


def choose_target(
    kit: Kit,
    parent: QWidget,
    title_key: str,
    name: str,
    on_chosen: Callable[[tuple[Path, ...]], object],
) -> FileChooser:
    """Ask where to write a file called ``name``; asks again before an existing one is replaced."""
    dialog = FileChooser(kit, parent, title_key, "files.save")
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return _open(dialog, on_chosen)


def _open(dialog: FileChooser, on_chosen: Callable[[tuple[Path, ...]], object]) -> FileChooser:
    dialog.chosen.connect(on_chosen)
    dialog.open()
    return dialog
