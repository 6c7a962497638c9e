"""Another installation's card comes in, its fingerprint is compared by voice, and it is trusted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import PeerCard
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.trust.card_dialog import CardDialog
from desktop.ui.shared.trust.card_files import card_of_file
from desktop.ui.shared.trust.cards_port import CardPort
from desktop.ui.shared.trust.fingerprint_dialog import FingerprintDialog


class Trusting(QObject):
    """``trusted(result)`` with what ``trust`` made of the card; ``failed(error)`` if it could not. A second officer is
    asked for where the desk wants one.

    A card that ``cards`` refuses can be given again.
    """

    trusted = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        page: QWidget,
        cards: CardPort,
        trust: Callable[[str, TypedSecond | None], object],
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._cards = cards
        self._trust_card = trust
        self._two = TwoOfficers(kit, page)
        self._dialog: CardDialog | None = None
        self._text = ""
        self._card: PeerCard | None = None

    def ask(self, title_key: str, text_key: str) -> None:
        """Ask for the card."""
        self._dialog = CardDialog(self._kit, self._page, title_key, text_key, self._cards)
        self._dialog.given.connect(self._read)
        self._dialog.finished.connect(self._dialog_closed)
        self._dialog.open()

    def take(self, path: Path) -> None:
        """The card in a file that was given unasked."""
        work = partial(card_of_file, self._cards.find, path)
        self._kit.runner.start("files", work, self._read, self._fail)

    def _read(self, text: str) -> None:
        self._text = text
        work = work_of(self._cards.read, text)
        self._kit.runner.start("db", work, self._compare, self._unread)

    def _unread(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)
        else:
            self._fail(error)

    def _compare(self, card: PeerCard) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._card = card
        dialog = FingerprintDialog(self._kit, self._page, card)
        dialog.accepted.connect(self._trust)
        dialog.open()

    def _trust(self) -> None:
        unit = self._card.unit_name if self._card is not None else ""
        what = self._kit.texts.text("trust.second.trust", unit=unit)
        act = partial(self._trust_card, self._text)
        self._two.do(act, self._trusted, self._fail, what)

    def _trusted(self, result: object) -> None:
        self.trusted.emit(result)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _dialog_closed(self) -> None:
        self._dialog = None
