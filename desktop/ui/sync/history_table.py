"""What went to and fro, newest first, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.exchange.volumes import BundleRow
from desktop.domain.ids import DeviceId
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn


@dataclass(frozen=True, slots=True)
class OwnInstallation:
    """This desk, as the other side knows it."""

    unit_code: str
    unit_name: str
    letter: str
    fingerprint: DeviceId
    """Of the key in use, as people compare it."""


def own_installation(session: Session) -> OwnInstallation:
    """Who this is; never slow."""
    profile = session.profile
    return OwnInstallation(
        profile.unit_code, profile.unit_name, profile.device_letter, session.keys.current
    )


_WIDTHS = {"bundle": 108, "at": 128, "medium": 84, "size": 72, "state": 216}
_TONES = {
    "begun": Tone.WARN,
    "continued": Tone.WARN,
    "void": Tone.NEUTRAL,
    "exported": Tone.WARN,
    "acknowledged": Tone.OK,
    "elsewhere": Tone.OK,
    "partial": Tone.BAD,
    "refused": Tone.BAD,
    "applied": Tone.OK,
}
_EXPLAINED = frozenset({"continued", "void", "elsewhere"})
_AGAIN = frozenset({"begun", "exported", "partial", "refused"})


class HistoryTable(Listing[BundleRow]):
    """Arrow and number, time, content, size, state."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(
            kit, "sync_history", "sync.history_title", self._columns(), _row_id, _WIDTHS
        )

    def _columns(self) -> tuple[TableColumn[BundleRow], ...]:
        return (
            TableColumn("bundle", "sync.column.bundle", self._number, digits=True),
            TableColumn("at", "sync.column.at", self._at),
            TableColumn("content", "sync.column.content", self._content, tip=self._content),
            TableColumn("medium", "sync.column.medium", _medium, tip=_medium),
            TableColumn("size", "sync.column.size", self._size, align_right=True),
            TableColumn(
                "state", "sync.column.state", self._state, chip=True, tone=_tone, tip=self._tip
            ),
        )

    def _number(self, row: BundleRow) -> str:
        key = "sync.outgoing" if row.outgoing else "sync.incoming"
        return self._kit.texts.text(key, number=row.number)

    def _at(self, row: BundleRow) -> str:
        return moment(self._kit, row.at)

    def _content(self, row: BundleRow) -> str:
        return content_text(self._kit, row)

    def _size(self, row: BundleRow) -> str:
        return size_text(self._kit.texts, row.size) if row.size else ""

    def _tip(self, row: BundleRow) -> str:
        """What follows from the state, where it does not say so itself."""
        texts = self._kit.texts
        if _needed_no_more(row):
            return texts.text("delivery.tip.closed")
        if row.state in _EXPLAINED:
            return texts.text(f"sync.tip.{row.state}", who=who_text(self._kit, row))
        return self._state(row)

    def _state(self, row: BundleRow) -> str:
        return state_text(self._kit, row)


def _needed_no_more(row: BundleRow) -> bool:
    return row.outgoing and row.state == "acknowledged" and not row.missing


def content_text(kit: Kit, row: BundleRow) -> str:
    """``12 案 · 指令 5 · 证据 46``; what there is none of is left out."""
    counts = (("cases", row.cases), ("orders", row.orders), ("blobs", row.blobs))
    parts = [kit.texts.text(f"sync.content.{name}", count=count) for name, count in counts if count]
    if not parts:
        parts = [kit.texts.text("sync.content.entries", count=row.entries)]
    if row.peer_letter:
        way = "to_desk" if row.outgoing else "from_desk"
        parts.insert(0, kit.texts.text(f"sync.content.{way}", letter=row.peer_letter))
    return " · ".join(parts)


def state_text(kit: Kit, row: BundleRow) -> str:
    """``已导出，待回执``, ``中心已全部收到``, ``缺 3 份证据`` …"""
    who = who_text(kit, row)
    if row.missing:
        return kit.texts.text("sync.state.missing", count=len(row.missing), who=who)
    if row.state == "acknowledged" and row.answered_at is not None:
        return kit.texts.text("sync.state.acknowledged_at", time=moment(kit, row.answered_at))
    return kit.texts.text(f"sync.state.{row.state}", who=who)


def who_text(kit: Kit, row: BundleRow) -> str:
    """The other side: ``中心``, or a desk of the station."""
    whose = "desk" if row.peer_letter else "centre"
    return kit.texts.text(f"sync.who.{whose}", letter=row.peer_letter)


def may_repeat(row: BundleRow | None) -> bool:
    """Whether it makes sense to carry this bundle's contents once more."""
    return row is not None and row.outgoing and (bool(row.missing) or row.state in _AGAIN)


def _medium(row: BundleRow) -> str:
    return row.medium


def _row_id(row: BundleRow) -> str:
    return row.id


def _tone(row: BundleRow) -> Tone | None:
    return Tone.BAD if row.missing else _TONES[row.state]
