"""Looking after whom we trust: the list, and revoking with a reason."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.exchange.peers import OwnKey, Peer
from desktop.domain.ids import DeviceId
from desktop.domain.progress import Progress
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.card_sheets import CardSheet, card_sheet
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.peers.own_keys import destroy_key, rotate_keys
from desktop.services.exchange.peers.revoke_peer import revoke_peer
from desktop.services.exchange.peers.trust import own_card, peers, revoked_unmet, warned_before
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.session import Session
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import TaskHandle, work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.card_sheet_dialog import CardSheetDialog
from desktop.ui.shared.trust.keys_dialog import (
    KeysDialog,
    KeysView,
    RotateDialog,
    make_offline_key,
    view_keys,
)
from desktop.ui.shared.trust.peers_dialog import PeersDialog
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.pages.toast import toast


class _ListActions(QObject):
    """What is done in the dialog of a list, and goes on while that is closed: then errors are ``failed(error)`` of the
    page. ``changed`` after something was done; ``paper_wanted(pdf, title)``: our card on paper."""

    changed = Signal()
    failed = Signal(object)
    paper_wanted = Signal(object, str)
    _dialog: KeysDialog | PeersDialog | None = None

    def __init__(self, kit: Kit, page: QWidget, session: Session) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._session = session
        self._two = TwoOfficers(kit, page)

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.banner.show_error(error)
        else:
            self.failed.emit(error)

    def _closed(self) -> None:
        self._dialog = None


class KeyActions(_ListActions):
    """``changed`` after new keys were taken into use."""

    _dialog: KeysDialog | None = None

    def __init__(self, kit: Kit, page: QWidget, session: Session) -> None:
        super().__init__(kit, page, session)
        self._doomed: DeviceId | None = None
        self._resealing: TaskHandle | None = None
        self._lost = False
        self._target = Path()

    def open(self) -> None:
        """Show the list."""
        dialog = KeysDialog(self._kit, self._page)
        dialog.rotate_wanted.connect(self._ask_rotate)
        dialog.destroy_wanted.connect(self._ask_destroy)
        dialog.card_wanted.connect(self._read_card)
        dialog.offline_wanted.connect(self._choose_offline)
        dialog.work.cancelled.connect(self._stop)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()
        if self._resealing is not None:
            dialog.begin_work()
        self._read()

    def _read(self) -> None:
        work = work_of(view_keys, self._session)
        self._kit.runner.start("db", work, self._show, self._fail)

    def _show(self, view: KeysView) -> None:
        if self._dialog is not None:
            self._dialog.show_view(view)

    def _ask_rotate(self) -> None:
        if self._dialog is not None:
            dialog = RotateDialog(self._kit, self._dialog)
            dialog.given.connect(self._rotate)
            dialog.open()

    def _rotate(self, lost: str) -> None:
        self._lost = bool(lost)
        work = work_of(rotate_keys, self._session, lost=lost)
        self._kit.runner.start("db", work, self._rotated, self._fail)

    def _rotated(self, key: OwnKey) -> None:
        if self._dialog is not None:
            tone = Tone.WARN if self._lost else Tone.OK
            key_text = "trust.rotate.lost_done" if self._lost else "trust.rotate.planned_done"
            self._dialog.banner.show_key(tone, key_text, fingerprint=grouped(key.fingerprint))
        self._read()
        self.changed.emit()

    def _ask_destroy(self, key: OwnKey) -> None:
        if self._dialog is not None:
            self._doomed = key.fingerprint
            ask(
                self._kit,
                self._dialog,
                "trust.keys.destroy_title",
                "trust.keys.destroy_question",
                "trust.keys.destroy_accept",
                self._destroy,
                danger=True,
                fingerprint=grouped(key.fingerprint),
            )

    def _destroy(self) -> None:
        """It goes on while the list is closed."""
        if self._doomed is None or self._resealing is not None:
            return
        if self._dialog is not None:
            self._dialog.begin_work()
        work = partial(_destroy, self._session, self._doomed)
        handle = self._kit.runner.start(
            "files", work, self._destroyed, self._not_destroyed, self._advance
        )
        self._resealing = None if handle.finished else handle

    def _advance(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.work.advance(done, total)

    def _stop(self) -> None:
        if self._resealing is not None:
            self._resealing.cancel()

    def _over(self) -> None:
        self._resealing = None
        if self._dialog is not None:
            self._dialog.end_work()

    def _destroyed(self, key: OwnKey) -> None:
        self._over()
        fingerprint = grouped(key.fingerprint)
        if self._dialog is not None:
            self._dialog.banner.show_key(Tone.OK, "trust.keys.destroyed", fingerprint=fingerprint)
        else:
            toast(self._kit, self._page, "trust.keys.destroyed", fingerprint=fingerprint)
        self._read()

    def _not_destroyed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Cancelled):
            if self._dialog is not None:
                self._dialog.banner.show_key(Tone.INFO, "trust.keys.stopped")
        else:
            self._fail(error)

    def _read_card(self) -> None:
        work = work_of(own_sheet, self._session)
        self._kit.runner.start("db", work, self._show_card, self._fail)

    def _show_card(self, sheet: CardSheet) -> None:
        dialog = CardSheetDialog(self._kit, self._dialog or self._page, sheet, "own")
        dialog.paper_wanted.connect(self.paper_wanted)
        dialog.open()

    def _choose_offline(self) -> None:
        if self._dialog is not None:
            name = self._kit.texts.text("trust.offline.file")
            choose_target(self._kit, self._dialog, "trust.offline.make", name, self._offline_chosen)

    def _offline_chosen(self, paths: tuple[Path, ...]) -> None:
        self._target = paths[0]
        what = self._kit.texts.text("trust.second.offline")
        act = partial(make_offline_key, self._session, paths[0])
        self._two.do(act, self._offline_made, self._fail, what, over=self._dialog)

    def _offline_made(self, _recipient: str) -> None:
        if self._dialog is not None:
            self._dialog.banner.show_key(Tone.WARN, "trust.offline.made", file=str(self._target))
        self._read()


class PeerActions(_ListActions):
    """``changed`` after one was revoked or our keys were changed, ``export_wanted(Peer)`` for a desk of the station."""

    export_wanted = Signal(object)
    _dialog: PeersDialog | None = None

    def __init__(self, kit: Kit, page: QWidget, session: Session, *, own_unit: str = "") -> None:
        super().__init__(kit, page, session)
        self._own_unit = own_unit
        self._keys = KeyActions(kit, page, session)
        self._keys.changed.connect(self.changed)
        self._keys.failed.connect(self._fail)
        self._keys.paper_wanted.connect(self.paper_wanted)

    def open(self) -> None:
        """Show the list."""
        warn = warned_before(self._session)
        dialog = PeersDialog(self._kit, self._page, own_unit=self._own_unit, warn=warn)
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
        work = work_of(_load, self._session)
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
        act = partial(_revoke, self._session, peer.card.device, reason)
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


def own_sheet(session: Session) -> CardSheet:
    """Our enrolment card in every form it can be carried in."""
    return card_sheet(session, own_card(session))


def _destroy(session: Session, fingerprint: DeviceId, progress: Progress) -> OwnKey:
    return destroy_key(session, fingerprint, receivers(session), progress)


def _load(session: Session) -> tuple[tuple[Peer, ...], tuple[DeviceId, ...]]:
    """Every installation ever trusted, and those revoked by our centre that were never trusted here."""
    return peers(session), revoked_unmet(session)


def _revoke(session: Session, device: DeviceId, reason: str, second: TypedSecond | None) -> Peer:
    return revoke_peer(session, device, reason, proved(session, second))
