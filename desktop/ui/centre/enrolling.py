"""Enrols a device of a station: its card in, its fingerprint compared by voice, the approval card back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import PartyCard
from desktop.domain.progress import Progress
from desktop.ui.centre.approval_dialog import ApprovalDialog
from desktop.ui.centre.port import CentrePort
from desktop.ui.shared.card_dialog import CARD_SUFFIX, CardDialog, write_card_file
from desktop.ui.shared.file_chooser import choose_target
from desktop.ui.shared.fingerprint_dialog import FingerprintDialog
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast


class Enrolling(QObject):
    """``enrolled(PartyCard)`` once the device is trusted; ``failed(error)`` if something could not be done."""

    enrolled = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._dialog: CardDialog | None = None
        self._text = ""
        self._card: PartyCard | None = None
        self._approval = ""

    def start(self) -> None:
        """Ask for the card."""
        self._dialog = CardDialog(self._kit, self._page, "centre.enrol.title", "centre.enrol.text")
        self._dialog.given.connect(self._read)
        self._dialog.finished.connect(self._dialog_closed)
        self._dialog.open()

    def _read(self, text: str) -> None:
        self._text = text
        work = partial(_read_card, self._port, text)
        self._kit.runner.start("db", work, self._compare, self._unread)

    def _unread(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _compare(self, card: PartyCard) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._card = card
        dialog = FingerprintDialog(self._kit, self._page, card)
        dialog.accepted.connect(self._enrol)
        dialog.open()

    def _enrol(self) -> None:
        work = partial(_enrol, self._port, self._text)
        self._kit.runner.start("db", work, self._approved, self._fail)

    def _approved(self, approval: str) -> None:
        self._approval = approval
        if self._card is None:
            return
        self.enrolled.emit(self._card)
        dialog = ApprovalDialog(self._kit, self._page, self._card, self._port.own_device())
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

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _dialog_closed(self) -> None:
        self._dialog = None


def _read_card(port: CentrePort, text: str, _progress: Progress) -> PartyCard:
    return port.read_card(text)


def _enrol(port: CentrePort, text: str, _progress: Progress) -> str:
    return port.enrol(text)
