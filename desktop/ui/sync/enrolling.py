"""Cards: ours out to a file, the centre's in, after its fingerprint was compared by voice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import Party, PartyCard
from desktop.domain.progress import Progress
from desktop.ui.shared.card_dialog import CARD_SUFFIX, CardDialog, write_card_file
from desktop.ui.shared.file_chooser import choose_target
from desktop.ui.shared.fingerprint_dialog import FingerprintDialog
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast
from desktop.ui.sync.port import SyncPort


class Enrolling(QObject):
    """``trusted(Party)`` when a centre was accepted; ``failed(error)`` if something could not be done."""

    trusted = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, port: SyncPort, page: QWidget) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._dialog: CardDialog | None = None
        self._text = ""

    def export_card(self) -> None:
        """Ask where to write our card."""
        own = self._port.own()
        name = f"{own.unit_code}-{own.letter}{CARD_SUFFIX}"
        choose_target(self._kit, self._page, "sync.own_card", name, self._target_chosen)

    def import_card(self) -> None:
        """Ask for the card that came back."""
        self._dialog = CardDialog(
            self._kit, self._page, "sync.approval_title", "sync.approval_text"
        )
        self._dialog.given.connect(self._read)
        self._dialog.finished.connect(self._dialog_closed)
        self._dialog.open()

    def _target_chosen(self, paths: tuple[Path, ...]) -> None:
        work = partial(_write, self._port, paths[0])
        self._kit.runner.start("files", work, self._written, self._fail)

    def _written(self, _path: Path) -> None:
        toast(self._kit, self._page, "sync.card_written")

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
        dialog = FingerprintDialog(self._kit, self._page, card)
        dialog.accepted.connect(self._trust)
        dialog.open()

    def _trust(self) -> None:
        work = partial(_trust, self._port, self._text)
        self._kit.runner.start("db", work, self._trusted, self._fail)

    def _trusted(self, party: Party) -> None:
        self.trusted.emit(party)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _dialog_closed(self) -> None:
        self._dialog = None


def _write(port: SyncPort, path: Path, progress: Progress) -> Path:
    return write_card_file(path, port.card(), progress)


def _read_card(port: SyncPort, text: str, _progress: Progress) -> PartyCard:
    return port.read_card(text)


def _trust(port: SyncPort, text: str, _progress: Progress) -> Party:
    return port.trust(text)
