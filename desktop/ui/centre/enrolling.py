"""Enrols a device of a station: its card in, its fingerprint compared by voice, the approval card back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.exchange.card_sheets import CardSheet
from desktop.ui.centre.port import CentrePort
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.trust.card_sheet_dialog import CardSheetDialog
from desktop.ui.shared.trust.trusting import Trusting


class DeviceEnrolment(Trusting):
    """``enrolled(PartyCard)`` once the device is trusted; ``failed(error)`` if something could not be done;
    ``paper_wanted(pdf, title)``: the approval card on paper."""

    enrolled = Signal(object)
    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget) -> None:
        super().__init__(kit, page, port.cards, port.enrol)
        self.trusted.connect(self._approved)

    def start(self) -> None:
        """Ask for the card."""
        self.ask("centre.enrol.title", "centre.enrol.text")

    def _approved(self, approval: str) -> None:
        if self._card is not None:
            self.enrolled.emit(self._card)
        work = work_of(self._cards.sheet, approval)
        self._kit.runner.start("db", work, self._show, self._fail)

    def _show(self, sheet: CardSheet) -> None:
        dialog = CardSheetDialog(self._kit, self._page, sheet, "approval")
        dialog.paper_wanted.connect(self.paper_wanted)
        dialog.open()
