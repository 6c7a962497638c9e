"""Pasted text on the page of a case: what is new in it becomes a supplement, with the text itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.pasted_supplement import offers_beside, supplement_of
from desktop.services.extraction.place_proposals import Offer
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of


class PasteActions(DialogActions):
    """Opens the window on the clipboard and records what was chosen."""

    def __init__(self, kit: Kit, port: CasePort, window: QWidget) -> None:
        super().__init__(kit, window)
        self._port = port
        self._paste: PasteDialog | None = None
        self.sheet: CaseSheet | None = None

    def ask(self) -> None:
        """Open the window."""
        if self.sheet is None:
            return
        dialog = self._paste = PasteDialog(self._kit, self._window, records=True)
        dialog.text_changed.connect(self._look)
        dialog.accepted_offers.connect(self._record)
        self._show(dialog, "supplement.dialog.done")
        dialog.set_text(QGuiApplication.clipboard().text())

    def _look(self, text: str) -> None:
        if text.strip():
            work = work_of(self._port.read_pasted, text)
            self._kit.runner.start("files", work, self._found, self._refused)

    def _found(self, reading: Extraction) -> None:
        dialog = self._paste
        if dialog is not None and isValid(dialog) and self.sheet is not None:
            dialog.show_offers(reading, offers_beside(self.sheet.file, reading))

    def _refused(self, error: Exception) -> None:
        if self._paste is not None and isValid(self._paste):
            self._paste.show_error(error)

    def _record(self, offers: tuple[Offer, ...]) -> None:
        if self.sheet is not None and self._paste is not None:
            typed = supplement_of(offers, self._paste.text, self._kit.ticks.now())
            self._do(partial(self._port.supplement, self.sheet.file.case.id, typed))
