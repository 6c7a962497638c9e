"""From the clipboard to the form: open, read, accept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.place_proposals import Offer, place_proposals, placed_again
from desktop.services.extraction.read_pasted import read_pasted
from desktop.services.session import Session
from desktop.ui.intake.form.form_filling import FormFilling
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.pages.toast import toast


def _read(session: Session, text: str, _progress: Progress) -> Extraction:
    return read_pasted(session, text)


class PasteFlow(QObject):
    """``filled(path)``: proposals stand in the form; the path of the first."""

    filled = Signal(str)

    def __init__(self, kit: Kit, host: QWidget, filling: FormFilling, session: Session) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._filling = filling
        self._model = filling.model
        self._session = session
        self._dialog: PasteDialog | None = None

    def start(self) -> None:
        """Open the window on what is on the clipboard."""
        dialog = self._dialog = PasteDialog(self._kit, self._host)
        dialog.text_changed.connect(self._look)
        dialog.accepted_offers.connect(self._accept)
        dialog.all_taken.connect(self._finish)
        dialog.offer_keeping()
        dialog.open()
        dialog.set_text(QGuiApplication.clipboard().text())

    def _look(self, text: str) -> None:
        if text.strip():
            work = partial(_read, self._session, text)
            self._kit.runner.start("files", work, self._found, self._failed)

    def _found(self, reading: Extraction) -> None:
        if self._dialog is not None and isValid(self._dialog) and reading.text == self._dialog.text:
            self._dialog.show_offers(reading, place_proposals(self._model.form, reading))

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)

    def _accept(self, offers: tuple[Offer, ...]) -> None:
        source = self._kit.texts.text("paste.note")
        paths = [self._filling.put(offer, source) for offer in offers]
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.refresh(placed_again(self._model.form, self._dialog.offers))
        toast(self._kit, self._host, "paste.filled", tone=Tone.OK, count=len(paths))
        self.filled.emit(paths[0])

    def _finish(self) -> None:
        """The form has everything that was chosen: back to it."""
        dialog = self._dialog
        if dialog is not None and isValid(dialog):
            if dialog.keeps_text:
                self._keep(dialog.text)
            dialog.accept()

    def _keep(self, text: str) -> None:
        narrative = self._model.value("narrative")
        head = self._kit.texts.text("paste.kept")
        self._model.put(
            "narrative", f"{narrative}\n\n{head}\n{text}" if narrative else f"{head}\n{text}"
        )
