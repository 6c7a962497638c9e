"""Enrols a device of a station: its card in, its fingerprint compared by voice, the approval card back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.centre.approval_dialog import ApprovalDialog
from desktop.ui.centre.port import CentrePort
from desktop.ui.shared.card_dialog import CARD_SUFFIX, write_card_file
from desktop.ui.shared.file_chooser import choose_target
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast
from desktop.ui.shared.trusting import Trusting


class Enrolling(Trusting):
    """``enrolled(PartyCard)`` once the device is trusted; ``failed(error)`` if something could not be done."""

    enrolled = Signal(object)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget) -> None:
        super().__init__(kit, page, port.read_card, port.enrol)
        self._port = port
        self._approval = ""
        self.trusted.connect(self._approved)

    def start(self) -> None:
        """Ask for the card."""
        self.ask("centre.enrol.title", "centre.enrol.text")

    def _approved(self, approval: str) -> None:
        self._approval = approval
        if self._card is None:
            return
        self.enrolled.emit(self._card)
        dialog = ApprovalDialog(self._kit, self._page, self._card, self._port.keys.fingerprint())
        dialog.accepted.connect(self._save)
        dialog.open()

    def _save(self) -> None:
        card = self._card
        if card is not None:
            name = f"{card.unit_code}-{card.device_letter}-approval{CARD_SUFFIX}"
            choose_target(self._kit, self._page, "centre.enrol.save", name, self._target_chosen)

    def _target_chosen(self, paths: tuple[Path, ...]) -> None:
        work = partial(write_card_file, paths[0], self._approval)
        self._kit.runner.start("files", work, self._saved, self._fail)

    def _saved(self, _path: Path) -> None:
        toast(self._kit, self._page, "centre.enrol.saved")
