"""Guided filming of the pane: lists read, a folder looked into, its photographs taken in; then the contact sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.services.brought_file import read_brought
from desktop.services.evidence.find_photos import PICTURES, FoundPhotos
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.decoders import PictureDecoder
from desktop.ui.evidence.photographing.dialog import Filmed, PhotographingDialog
from desktop.ui.evidence.picture.safe_picture import MAX_BYTES, PictureRefused
from desktop.ui.evidence.record_views import PhotographingStart
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit

_MOST_PIXELS: Final = 300_000
"""Of the chosen photograph beside the table."""


class PhotographingActions(DialogActions):
    """``ask()`` opens the dialog."""

    def __init__(
        self, kit: Kit, records: CaseRecords, pictures: PictureDecoder, window: QWidget
    ) -> None:
        super().__init__(kit, window)
        self._records = records
        self._pictures = pictures
        self._open_dialog: PhotographingDialog | None = None
        self._folder: Path | None = None

    def ask(self) -> None:
        """Read the lists for this case, then open."""
        self._kit.runner.start("db", partial(_start, self._records), self._open, self._failed)

    def _open(self, start: PhotographingStart) -> None:
        dialog = PhotographingDialog(
            self._kit, self._window, start.lists, start.taken, start.device
        )
        dialog.folder_wanted.connect(self._look)
        dialog.photo_wanted.connect(self._see)
        dialog.filmed.connect(self._film)
        self._open_dialog, self._folder = dialog, None
        self._show(dialog, "photographing.done")

    def _look(self, folder: Path) -> None:
        """Two are looked through at a time: only that of the folder chosen last is shown."""
        self._folder = folder
        work = partial(_photos, self._records, folder)
        self._kit.runner.start("files", work, self._found, self._failed)

    def _found(self, found: tuple[Path, FoundPhotos]) -> None:
        folder, photos = found
        shown = self._dialog is not None and self._dialog is self._open_dialog
        if self._open_dialog is not None and shown and folder == self._folder:
            self._open_dialog.show_photos(photos)

    def _see(self, path: Path) -> None:
        work = partial(_picture, self._pictures, path)
        self._kit.runner.start("files", work, self._seen, self._unseen)

    def _seen(self, found: tuple[Path, QImage | None]) -> None:
        if self._dialog is not None and self._dialog is self._open_dialog:
            self._open_dialog.show_picture(*found)

    def _unseen(self, _error: Exception) -> None:
        """A photograph that cannot be read is told when it is taken in."""

    def _film(self, told: Filmed) -> None:
        self._run(partial(_film, self._records, told), lane="files")


def _start(records: CaseRecords, _progress: Progress) -> PhotographingStart:
    return records.start_photographing()


def _photos(records: CaseRecords, folder: Path, progress: Progress) -> tuple[Path, FoundPhotos]:
    return folder, records.photos(folder, progress)


def _picture(
    pictures: PictureDecoder, path: Path, progress: Progress
) -> tuple[Path, QImage | None]:
    """Small; None for a film, and for what is no picture whatever its name."""
    progress.check()
    if path.suffix.lower() not in PICTURES:
        return path, None
    try:
        data = read_brought(path, MAX_BYTES + 1)
        return path, pictures.decode(data, _MOST_PIXELS).image if len(data) <= MAX_BYTES else None
    except (PictureRefused, OSError, WorldError):
        return path, None


def _film(records: CaseRecords, told: Filmed, progress: Progress) -> None:
    records.film(told.frames, told.device, progress)
