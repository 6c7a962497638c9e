"""Every installation that was ever trusted, and how it stands; and what changed in that since the officer looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.exchange.centre_list import UNLISTED
from desktop.domain.exchange.peers import Peer, PeerState
from desktop.domain.ids import DeviceId
from desktop.sealing.fingerprint import grouped
from desktop.services.officers.trust_changes import TrustChange
from desktop.services.officers.unconfirmed import Unconfirmed
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.rows_model import Keeps, RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS: Final = {"device": 192, "standing": 92, "until": 108}
_MOST_NAMED: Final = 6
"""Fingerprints listed; the command line lists all."""
_TONES: Final = {
    PeerState.TRUSTED: Tone.OK,
    PeerState.EXPIRED: Tone.WARN,
    PeerState.REVOKED: Tone.BAD,
}


class PeersDialog(DialogFrame):
    """``revoke_wanted(Party)``; ``export_wanted(Party)`` for a desk of ``own_unit``, where that is given;
    ``keys_wanted()``: our own keys."""

    revoke_wanted = Signal(object)
    export_wanted = Signal(object)
    keys_wanted = Signal()

    def __init__(
        self, kit: Kit, parent: QWidget, *, own_unit: str = "", warn: timedelta = timedelta(0)
    ) -> None:
        super().__init__(kit, parent, "trust.parties.title", wide=True)
        self.setObjectName("parties_dialog")
        self._own_unit = own_unit
        self._warn = warn
        self._now = kit.ticks.now()
        self.banner = Banner(kit, "parties_banner")
        self.body.addWidget(self.banner)
        self.rows = RowsModel[Peer](kit, self._columns(), _key)
        self.table: Table[Peer] = Table(kit, self.rows, "parties_table")
        self.table.set_widths(_WIDTHS, stretch="unit")
        self.table.setFixedHeight(8 * kit.theme.space("table_row"))
        kit.texts.bind(self.table.setAccessibleName, "trust.parties.title")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(Label(kit, "trust.parties.none", ink="muted", wrap=True))
        self.body.addWidget(self._stack)
        self._detail = Label(kit, role="small", ink="muted", wrap=True)
        self._detail.setObjectName("parties_detail")
        self.body.addWidget(self._detail)
        self._key_line = Label(kit, role="small", ink="muted", wrap=True)
        self._key_line.setObjectName("parties_key")
        self.body.addWidget(self._key_line)
        self._keys = self.add_button(
            "trust.keys.open", name="parties_keys", closes=False, keys="Ctrl+L"
        )
        self._keys.clicked.connect(self.keys_wanted)
        self._unmet = Label(kit, role="small", ink="muted", wrap=True)
        self._unmet.setObjectName("parties_unmet")
        self.body.addWidget(self._unmet)
        self._export = self.add_button(
            "trust.parties.export", name="parties_export", closes=False, keys="Ctrl+E"
        )
        self._revoke = self.add_button(
            "trust.parties.revoke", name="parties_revoke", closes=False, keys="Delete"
        )
        self.add_button("shared.close", name="parties_close")
        self._export.setVisible(bool(own_unit))
        self._export.clicked.connect(self._ask_export)
        self._revoke.clicked.connect(self._ask_revoke)
        self.table.current_changed.connect(self._show_detail)
        self.show_peers((), self._now)

    def show_peers(
        self, peers: tuple[Peer, ...], now: datetime, unmet: tuple[DeviceId, ...] = ()
    ) -> None:
        """Those that stand come first; ``unmet``: devices the centre revoked and that never were among them."""
        self._unmet.setVisible(bool(unmet))
        listed = self.kit.texts.text("trust.pause").join(map(grouped, unmet[:_MOST_NAMED]))
        self._unmet.set_key("trust.parties.unmet", count=len(unmet), devices=listed)
        self._now = now
        order = list(PeerState)
        rows = sorted(peers, key=lambda p: (order.index(p.state_at(now)), p.card.unit_name))
        self.rows.set_rows(tuple(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and self.table.selected() is None:
            self.table.select_key(_key(rows[0]))
        self._show_detail()
        self.table.setFocus()

    def _columns(self) -> tuple[TableColumn[Peer], ...]:
        return (
            TableColumn("unit", "trust.unit", self._unit, tip=self._unit, keeps=Keeps.END),
            TableColumn("device", "trust.fingerprint", _fingerprint, digits=True),
            TableColumn("standing", "trust.standing", self._state, chip=True, tone=self._tone),
            TableColumn("until", "trust.until", self._until),
        )

    def _unit(self, peer: Peer) -> str:
        card = peer.card
        return self.kit.texts.text(
            f"trust.party.{card.role}", unit=card.unit_name, letter=card.device_letter
        )

    def _state(self, peer: Peer) -> str:
        if peer.ends_soon(self._now, self._warn):
            return self.kit.texts.text("trust.is.ends_soon")
        return self.kit.texts.text(f"trust.is.{peer.state_at(self._now).value}")

    def _tone(self, peer: Peer) -> Tone | None:
        if peer.ends_soon(self._now, self._warn):
            return Tone.WARN
        return _TONES[peer.state_at(self._now)]

    def _until(self, peer: Peer) -> str:
        return day_text(self.kit, peer.valid_until)

    def _show_detail(self) -> None:
        peer = self.table.selected()
        state = peer.state_at(self._now) if peer else None
        self._revoke.setEnabled(peer is not None and not peer.revoked)
        ours = peer is not None and peer.card.unit_code == self._own_unit
        self._export.setEnabled(ours and not (peer and peer.revoked))
        key = "trust.parties.choose" if state is None else f"trust.parties.{state.value}"
        if peer is not None and peer.ends_soon(self._now, self._warn):
            key = "trust.parties.ends_soon"
        if peer is not None and peer.revoked and peer.reason == UNLISTED:
            key = "trust.parties.unlisted"
        self._detail.set_key(
            key,
            day=day_text(self.kit, _day_of(peer)),
            reason=peer.reason if peer else "",
        )
        self._key_line.set_text(key_line(self.kit, peer, self._now) if peer else "")

    def _ask_export(self) -> None:
        peer = self.table.selected()
        if peer is not None:
            self.export_wanted.emit(peer)

    def _ask_revoke(self) -> None:
        peer = self.table.selected()
        if peer is not None:
            self.revoke_wanted.emit(peer)


def _day_of(peer: Peer | None) -> datetime | None:
    """The day its sentence names: of the revocation, else of the end."""
    return (peer.revoked_at or peer.valid_until) if peer is not None else None


def _key(peer: Peer) -> str:
    return peer.card.device


def _fingerprint(peer: Peer) -> str:
    return grouped(peer.card.fingerprint)


def key_line(kit: Kit, peer: Peer, now: datetime) -> str:
    """Since when its key is used, and which it used before."""
    if not peer.keys:
        return ""
    texts = kit.texts
    current, *former = peer.keys
    parts = [texts.text("trust.key.current", day=day_text(kit, current.since))]
    parts += [
        texts.text(
            f"trust.key.{key.state_at(now).value}",
            fingerprint=grouped(key.fingerprint),
            day=day_text(kit, key.until),
        )
        for key in former
    ]
    return "".join(parts)


def day_text(kit: Kit, instant: datetime | None) -> str:
    """A day; "" for none."""
    return instant.astimezone(kit.zone).strftime("%Y-%m-%d") if instant else ""


_MOST = 12
"""Lines of each kind; more are counted, and the command line lists all."""


@dataclass(frozen=True, slots=True)
class TrustNews:
    """One reading. ``waiting``: what one person did; ``own``: the number of who is signed in."""

    changes: tuple[TrustChange, ...]
    waiting: tuple[Unconfirmed, ...]
    own: str

    @property
    def to_confirm(self) -> tuple[Unconfirmed, ...]:
        """What this officer may confirm: whatever somebody else did."""
        return tuple(one for one in self.waiting if one.by != self.own)


class TrustNewsDialog(DialogFrame):
    """``acknowledged``: the officer has read the changes; ``confirm_wanted``: two officers confirm what waits."""

    acknowledged = Signal()
    confirm_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget, news: TrustNews) -> None:
        super().__init__(kit, parent, "trust.news.title", wide=True)
        self.setObjectName("trust_news_dialog")
        self.banner = Banner(kit, "trust_news_banner")
        self.body.addWidget(self.banner)
        self._changes = self._part("trust.news.changes", "trust_news_changes")
        self._waiting = self._part("trust.news.waiting", "trust_news_waiting")
        self._note = Label(kit, role="small", ink="muted", wrap=True)
        self._note.setObjectName("trust_news_note")
        self.body.addWidget(self._note)
        self._confirm = self.add_button(
            "trust.news.confirm", name="trust_news_confirm", closes=False
        )
        self._confirm.clicked.connect(self.confirm_wanted)
        self.add_button("shared.close", name="trust_news_close")
        self._acknowledge = self.add_button(
            "trust.news.seen", variant=Variant.PRIMARY, name="trust_news_seen", closes=False
        )
        self._acknowledge.clicked.connect(self.acknowledged)
        self.set_default(self._acknowledge)
        self.show_news(news)
        self._acknowledge.setFocus()

    def show_news(self, news: TrustNews) -> None:
        """Say it."""
        kit = self.kit
        changes = [change_text(kit, one) for one in news.changes]
        self._tell(self._changes, changes, "trust.news.no_changes")
        waiting = [waiting_text(kit, one) for one in news.waiting]
        self._tell(self._waiting, waiting, "trust.news.none_waiting")
        mine = bool(news.waiting) and not news.to_confirm
        key = "trust.news.own" if mine else "trust.news.compare"
        self._note.setVisible(bool(news.waiting))
        self._note.set_key(key)
        self._confirm.setEnabled(bool(news.to_confirm))
        self._acknowledge.setEnabled(bool(news.changes))

    def _part(self, title: str, name: str) -> Label:
        self.body.addWidget(Label(self.kit, title, role="strong"))
        label = Label(self.kit, wrap=True)
        label.setObjectName(name)
        self.body.addWidget(label)
        return label

    def _tell(self, label: Label, lines: list[str], none: str) -> None:
        texts = self.kit.texts
        left = len(lines) - _MOST
        more = [texts.text("trust.news.more", count=left)] if left > 0 else []
        label.set_text("\n".join([*lines[:_MOST], *more]) or texts.text(none))


def change_text(kit: Kit, one: TrustChange) -> str:
    """A change in one line: when, what, by whom."""
    texts = kit.texts
    what = texts.text(f"trust.change.{one.kind.replace('.', '_')}", about=one.about, name=one.name)
    if one.by_centre and not one.second:
        who = texts.text("trust.change.by_centre")
    elif one.second:
        who = texts.text("trust.change.by_two", by=one.by, second=one.second)
    else:
        who = texts.text("trust.change.by_one", by=one.by)
    return texts.text("trust.news.line", at=clock_or_day(kit, one.at), what=what, who=who)


def waiting_text(kit: Kit, one: Unconfirmed) -> str:
    """What waits, in one line: who or what it is, how it came in, by whom."""
    texts = kit.texts
    number = one.key if one.kind == "officer" else one.key[:8]
    how = texts.text(f"trust.ceremony.{one.ceremony.value}")
    return texts.text("trust.news.waits", name=one.name, number=number, how=how, by=one.by)
