"""Looking after whom we trust: the list, and revoking with a reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import Peer
from desktop.domain.ids import DeviceId
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.key_actions import KeyActions
from desktop.ui.shared.trust.peers_dialog import PeersDialog
from desktop.ui.shared.trust.peers_port import PeersPort


class PeerActions(QObject):
    """``changed`` after one was revoked or our keys were changed, ``export_wanted(Party)`` for a desk of the station,
    ``failed``, ``paper_wanted(pdf, title)`` for our card."""

    changed = Signal()
    export_wanted = Signal(object)
    failed = Signal(object)
    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, page: QWidget, port: PeersPort, *, own_unit: str = "") -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._port = port
        self._own_unit = own_unit
        self._dialog: PeersDialog | None = None
        self._two = TwoOfficers(kit, page)
        self._keys = KeyActions(kit, page, port.keys, port.cards)
        self._keys.changed.connect(self.changed)
        self._keys.failed.connect(self._fail)
        self._keys.paper_wanted.connect(self.paper_wanted)

    def open(self) -> None:
        """Show the list."""
        dialog = PeersDialog(
            self._kit, self._page, own_unit=self._own_unit, warn=self._port.warned_before()
        )
        dialog.revoke_wanted.connect(self._ask)
        dialog.export_wanted.connect(self._export)
        dialog.keys_wanted.connect(self._open_keys)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()
        self._read()

    def _open_keys(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._keys.open()

    def _read(self) -> None:
        work = work_of(_load, self._port)
        self._kit.runner.start("db", work, self._show, self._fail)

    def _show(self, read: tuple[tuple[Peer, ...], tuple[DeviceId, ...]]) -> None:
        if self._dialog is not None:
            self._dialog.show_peers(read[0], self._kit.ticks.now(), read[1])

    def _ask(self, peer: Peer) -> None:
        if self._dialog is not None:
            dialog = ReasonDialog(
                self._kit,
                self._dialog,
                "trust.revoke",
                "revoke",
                danger=True,
                unit=peer.card.unit_name,
                letter=peer.card.device_letter,
                fingerprint=grouped(peer.card.fingerprint),
            )
            dialog.given.connect(partial(self._revoke, peer))
            dialog.open()

    def _revoke(self, peer: Peer, reason: str) -> None:
        what = self._kit.texts.text("trust.second.revoke", unit=peer.card.unit_name)
        act = partial(self._port.revoke, peer.card.device, reason)
        self._two.do(act, self._revoked, self._fail, what, over=self._dialog)

    def _revoked(self, peer: Peer) -> None:
        if self._dialog is not None:
            self._dialog.banner.show_key(Tone.OK, "trust.revoke.done", unit=peer.card.unit_name)
        self._read()
        self.changed.emit()

    def _export(self, peer: Peer) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.export_wanted.emit(peer)

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.banner.show_error(error)
        else:
            self.failed.emit(error)

    def _closed(self) -> None:
        self._dialog = None


def _load(port: PeersPort) -> tuple[tuple[Peer, ...], tuple[DeviceId, ...]]:
    return port.peers(), port.revoked_unmet()
