"""Finished papers in a window of their own; what is printed or kept of one about a case is told in its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.services.papers.note_print import PrintRun
from desktop.services.ports import OnRecord, Pdf
from desktop.ui.paper.paper_dialog import PaperDialog
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.views.page_view import DrawPage


class PaperShowing(QObject):
    """``noted`` after a print or a file was told."""

    noted = Signal()

    def __init__(
        self, kit: Kit, draw: DrawPage, record: Callable[[OnRecord, PrintRun], None], owner: QObject
    ) -> None:
        super().__init__(owner)
        self._kit = kit
        self._draw = draw
        self._record = record
        self._window: QWidget | None = None
        self._shown: tuple[str, OnRecord | None, PaperDialog] | None = None

    def open(self, window: QWidget, pdf: Pdf, title: str) -> None:
        """Show it over ``window``; asked for twice before it was drawn, it is shown once."""
        if self._stands(title, pdf):
            return
        self._window = window
        dialog = PaperDialog(self._kit, window, pdf, title, self._draw)
        if pdf.record is not None:
            dialog.printed.connect(partial(self._note, pdf.record))
        self._shown = title, pdf.record, dialog
        dialog.open()

    def _stands(self, title: str, pdf: Pdf) -> bool:
        if self._shown is None:
            return False
        named, record, dialog = self._shown
        return (named, record) == (title, pdf.record) and isValid(dialog) and dialog.isVisible()

    def _note(self, record: OnRecord, run: PrintRun) -> None:
        work = work_of(self._record, record, run)
        self._kit.runner.start("db", work, self._noted, self._not_noted)

    def _noted(self, _nothing: None) -> None:
        self.noted.emit()

    def _not_noted(self, error: Exception) -> None:
        if self._window is not None:
            present(self._kit, self._window, error)
