"""Which of the cards that were read are shown, and in what order. The database gives them by the same rules; here they
hold for drafts, for moves it has not confirmed, and until it has answered what was just typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeAlias

from desktop.domain.case_file.card_clock import CardClock, card_pressing
from desktop.domain.cases.case import CaseState
from desktop.domain.law.urgency import Pressing, Pressure, Urgency
from desktop.domain.orders.claim import WorkClaim, work_of_case
from desktop.services.ports import NOBODY, BoardOrder
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.desk_mark import is_elsewhere, is_offered

Place: TypeAlias = tuple[int, Urgency]
_NONE: Mapping[str, WorkClaim] = {}
COLUMNS: tuple[CaseState, ...] = tuple(CaseState)
"""The columns of the board, left to right."""


class SortBy(Enum):
    """Order within a column."""

    URGENT = "urgent"
    NEWEST = "newest"


class Desks(Enum):
    """Whose cases."""

    EVERY = ""
    OWN = "own"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """``type`` "" is every type, ``days`` None every day; ``officer`` "" everybody's; ``desks`` as seen from device
    ``own``; ``text`` is looked for in names, numbers and types; ``unit`` "" is every station, ``state`` None every
    state; ``visit`` "" is every kind of visit; ``hand``: the officer who has the case in hand, ``NOBODY`` for cases
    that nobody has, "" for all."""

    type: str = ""
    days: int | None = None
    officer: str = ""
    text: str = ""
    sort: SortBy = SortBy.URGENT
    desks: Desks = Desks.EVERY
    own: str = ""
    unit: str = ""
    state: CaseState | None = None
    visit: str = ""
    hand: str = ""


def passing(
    items: Iterable[BoardItem],
    wanted: BoardFilter,
    now: datetime,
    type_name: Callable[[str], str],
    claims: Mapping[str, WorkClaim] = _NONE,
) -> list[BoardItem]:
    """The items ``wanted`` lets through, in their former order. ``claims``: who has what in hand."""
    since = now - timedelta(days=wanted.days) if wanted.days is not None else None
    needle = wanted.text.strip().casefold()

    def passes(item: BoardItem) -> bool:
        if wanted.type and item.type != wanted.type:
            return False
        if since is not None and item.at < since:
            return False
        if wanted.officer and item.officer != wanted.officer:
            return False
        if not _of_centre(item, wanted, claims):
            return False
        if wanted.desks is not Desks.EVERY and not _of_desk(item, wanted):
            return False
        return not needle or _mentions(item, needle, type_name)

    return [item for item in items if passes(item)]


def _of_centre(item: BoardItem, wanted: BoardFilter, claims: Mapping[str, WorkClaim]) -> bool:
    """By what a centre chooses beside the rest."""
    if wanted.state is not None and item.state is not wanted.state:
        return False
    if wanted.unit and (item.card is None or item.card.unit_name != wanted.unit):
        return False
    if wanted.visit and item.visit != wanted.visit:
        return False
    claim = claims.get(work_of_case(item.id)) if wanted.hand else None
    return not wanted.hand or wanted.hand == (claim.officer if claim is not None else NOBODY)


def _of_desk(item: BoardItem, wanted: BoardFilter) -> bool:
    if wanted.desks is Desks.WAITING:
        return is_offered(item, wanted.own)
    return not is_elsewhere(item, wanted.own)


def _mentions(item: BoardItem, needle: str, type_name: Callable[[str], str]) -> bool:
    return (
        needle in item.victim.casefold()
        or needle in item.number.casefold()
        or needle in type_name(item.type).casefold()
    )


@dataclass(frozen=True, slots=True)
class Arranged:
    """Items by column, and the next instant at which their order may change by itself."""

    columns: dict[CaseState, tuple[BoardItem, ...]]
    next_change: datetime | None

    def all(self) -> tuple[BoardItem, ...]:
        """Every item, column by column."""
        return tuple(item for state in COLUMNS for item in self.columns[state])


def arrange(items: Iterable[BoardItem], sort: SortBy, now: datetime, golden: timedelta) -> Arranged:
    """Put the items into their columns, each sorted by ``sort``."""
    keyed: dict[CaseState, list[tuple[Place, BoardItem]]] = {s: [] for s in COLUMNS}
    next_change: datetime | None = None
    for item in items:
        stands = item.counts_to(now, golden)
        if stands.until is not None and (next_change is None or stands.until < next_change):
            next_change = stands.until
        key = urgency(item, stands, now) if sort is SortBy.URGENT else _newest(item)
        keyed[item.state].append((key, item))
    return Arranged(
        {
            state: tuple(item for _, item in sorted(found, key=_key))
            for state, found in keyed.items()
        },
        next_change,
    )


def _key(pair: tuple[Place, BoardItem]) -> Place:
    return pair[0]


def urgency(item: BoardItem, stands: CardClock, now: datetime) -> Place:
    """What can still be saved, then drafts, then the rest as everywhere."""
    if item.card is None:
        return 1, Pressing(item.id, item.at).urgency(now)
    pressing = card_pressing(item.card, stands)
    savable = pressing.pressure(now) is Pressure.SAVABLE
    return 0 if savable else 2, pressing.urgency(now)


def heading_keys(
    now: datetime, golden: timedelta, type_name: Callable[[str], str]
) -> dict[BoardOrder, Callable[[BoardItem], Any]]:
    """By what each heading of the table sorts: by the same as the database, so that what is read on comes behind."""
    return {
        BoardOrder.VICTIM: lambda item: item.victim,
        BoardOrder.TYPE: lambda item: type_name(item.type) if item.type else "",
        BoardOrder.LOSS: lambda item: item.loss_fen,
        BoardOrder.STOPPED: lambda item: stopped_fen(item, now),
        BoardOrder.STATE: lambda item: COLUMNS.index(item.state),
        BoardOrder.CLOCK: lambda item: urgency(item, item.counts_to(now, golden), now),
        BoardOrder.DESK: lambda item: item.card.desk_letter if item.card else "",
        BoardOrder.FILES: lambda item: item.card.evidence_count if item.card else 0,
        BoardOrder.ORDERS: lambda item: item.card.order_count if item.card else 0,
        BoardOrder.AT: lambda item: item.at,
        BoardOrder.NUMBER: lambda item: item.number,
    }


def stopped_fen(item: BoardItem, now: datetime) -> int:
    """What stops and freezes hold of its money."""
    return item.card.money.at(now).stopped_fen if item.card else 0


def _newest(item: BoardItem) -> Place:
    """Drafts, then the newest reports; of one instant by name, as the database reads its pages on."""
    return 0 if item.card is None else 1, (0, -item.at.timestamp(), 0.0, item.id)
