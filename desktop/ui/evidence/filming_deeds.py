"""Guided filming of the pane: lists read, a folder looked into, its photographs taken in; then the contact sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.services.evidence.film_evidence import photos_in
from desktop.ui.evidence.filming_dialog import Filmed, FilmingDialog
from desktop.ui.evidence.record_port import FilmingStart, RecordPort
from desktop.ui.shared.dialogs.dialog_deeds import DialogDeeds
from desktop.ui.shared.kit.kit import Kit


class FilmingDeeds(DialogDeeds):
    """``ask()`` opens the dialog."""

    def __init__(self, kit: Kit, port: RecordPort, window: QWidget) -> None:
        super().__init__(kit, window)
        self._port = port
        self._open_dialog: FilmingDialog | None = None

    def ask(self) -> None:
        """Read the lists for this case, then open."""
        self._kit.runner.start("db", partial(_start, self._port), self._open, self._failed)

    def _open(self, start: FilmingStart) -> None:
        dialog = FilmingDialog(self._kit, self._window, start.lists, start.taken, start.device)
        dialog.folder_wanted.connect(self._look)
        dialog.filmed.connect(self._film)
        self._open_dialog = dialog
        self._show(dialog, "filming.done")

    def _look(self, folder: Path) -> None:
        work = partial(_photos, folder)
        self._kit.runner.start("files", work, self._found, self._failed)

    def _found(self, photos: tuple[Path, ...]) -> None:
        if self._dialog is not None and self._dialog is self._open_dialog:
            self._open_dialog.show_photos(photos)

    def _film(self, told: Filmed) -> None:
        self._run(partial(_film, self._port, told), lane="files")


def _start(port: RecordPort, _progress: Progress) -> FilmingStart:
    return port.start_filming()


def _photos(folder: Path, _progress: Progress) -> tuple[Path, ...]:
    return photos_in(folder)


def _film(port: RecordPort, told: Filmed, progress: Progress) -> None:
    port.film(told.frames, told.device, progress)
