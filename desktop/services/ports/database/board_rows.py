"""What is kept of the cards of the board, and what the board asks of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final, Protocol

from desktop.domain.case_file.card_clock import CardEnds
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.dispositions import MoneySums

NOBODY: Final = "-"
"""In the place of an officer's number: cases that nobody has in hand."""


@dataclass(frozen=True, slots=True)
class ReckonedCard:
    """A card as the board sorts, filters and counts it. ``ends`` and ``waits``: as
    :mod:`desktop.domain.case_file.card_clock` has them; ``sums``: where its money is. All of it counts from ``since``
    until ``until``, None where nothing changes by itself."""

    card: CaseCard
    ends: CardEnds
    waits: bool
    sums: MoneySums
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class BoardOnly:
    """Which cards. ``""`` and None are any. ``text`` is looked for in names and numbers; those of a type among
    ``types`` count as found. ``not_elsewhere``: cases another desk than ``own`` holds are left out; ``offered``:
    only those another desk offers to ``own``. ``unit``: the name of the station; ``visit``: the kind of visit;
    ``hand``: the officer who has the case in hand, ``NOBODY`` for cases that nobody has."""

    type: str = ""
    since: datetime | None = None
    officer: str = ""
    text: str = ""
    types: tuple[str, ...] = ()
    own: str = ""
    not_elsewhere: bool = False
    offered: bool = False
    unit: str = ""
    visit: str = ""
    hand: str = ""


class BoardOrder(Enum):
    """By what cards are sorted: by what is urgent, or by one thing they show."""

    URGENT = "urgent"
    NEWEST = "newest"
    VICTIM = "victim"
    TYPE = "type"
    LOSS = "loss"
    STOPPED = "stopped"
    STATE = "state"
    CLOCK = "clock"
    DESK = "desk"
    FILES = "files"
    ORDERS = "orders"
    AT = "at"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class BoardList:
    """One list of cards. ``states``: those of its cases, in the order of the columns. Sorted by what is urgent or new,
    one state stands behind the other. ``types``: every type that occurs, in the order of their names."""

    states: tuple[CaseState, ...]
    only: BoardOnly
    order: BoardOrder = BoardOrder.URGENT
    descending: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """Where a card stands in its list, to go on from there."""

    case: CaseId
    part: int
    keys: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class CardClocks:
    """What hangs on a card by the clocks that were reckoned last. ``first``: of those the card itself does not show,
    the one that ran out first or is due next; ``onward``: the golden windows of where the money went on, the first to
    end in front."""

    sums: MoneySums
    first: Deadline | None = None
    onward: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """``by_state``: cards that are let through; ``types``: of all cards. ``some``: whether there is any case at all;
    ``several``: other desks have cases, or offer some. ``next_change``: when the board comes into another order by
    itself."""

    by_state: Mapping[CaseState, int]
    types: tuple[str, ...]
    some: bool
    several: bool
    next_change: datetime | None


class BoardQueries(Protocol):
    """The board page by page. Who asks first sees to it that no case waits to be reckoned, but for
    :meth:`newest_cases`."""

    def cards_of(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseCard]:
        """The cards of these cases; those that are not known here are left out."""
        ...

    def board_places(
        self, basis: int, asked: BoardList, now: datetime, after: BoardPlace | None, limit: int
    ) -> tuple[BoardPlace, ...]:
        """The first cards of a list at ``now``, or those behind ``after``."""
        ...

    def board_counts(self, basis: int, only: BoardOnly, now: datetime) -> BoardCounts:
        """What is counted over all cards."""
        ...

    def card_clocks(
        self, basis: int, cases: Collection[CaseId], now: datetime
    ) -> Mapping[CaseId, CardClocks]:
        """What the clocks add to these cards."""
        ...

    def newest_cases(self, state: CaseState, only: BoardOnly, limit: int) -> tuple[CaseId, ...]:
        """The newest cases of a column, whether they were reckoned or not; desks are not looked at."""
        ...
