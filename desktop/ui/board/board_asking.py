"""What the board asks of the desk: the lists that are in sight, and what they let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from desktop.domain.cases.case import CaseState
from desktop.domain.orders.claim import WorkClaim
from desktop.services.page_board import ListRest
from desktop.services.ports import BoardList, BoardOnly, BoardOrder
from desktop.ui.board.board_filter import COLUMNS, BoardFilter, Desks
from desktop.ui.board.board_item import BoardItem

ListName: TypeAlias = CaseState | None
"""A column, or None for the table."""


@dataclass(frozen=True, slots=True)
class TableSort:
    """By which heading the table is sorted; None: as the columns are, one behind the other."""

    order: BoardOrder | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """``lists`` that let the same through, by what they stand in; ``shown``: how many cards of each were shown before.
    ``wanted``: what was chosen in the bar. ``wait``: cases that are to be reckoned are waited for."""

    lists: Mapping[ListName, BoardList]
    shown: Mapping[ListName, int]
    wanted: BoardFilter
    wait: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """The next cards of a list, and what follows them."""

    name: ListName
    items: tuple[BoardItem, ...]
    rest: ListRest | None


@dataclass(frozen=True, slots=True)
class BoardReading:
    """The drafts and the first cards of each list. ``by_state``: how many registered cases ``wanted`` lets through,
    None while that is not known; ``types``: those that occur. ``some``: there is a case, whether it is let through or
    not. ``several``: other desks have cases. ``waiting``: how many cases are to be reckoned yet."""

    items: tuple[BoardItem, ...]
    wanted: BoardFilter = field(default_factory=BoardFilter)
    by_state: Mapping[CaseState, int] | None = None
    types: frozenset[str] = frozenset()
    some: bool = False
    several: bool = False
    rests: Mapping[ListName, ListRest] = field(default_factory=dict)
    next_change: datetime | None = None
    waiting: int = 0
    units: tuple[str, ...] = ()
    """Names of the stations of a centre, and its own; nothing at a station."""
    claims: Mapping[str, WorkClaim] = field(default_factory=dict)


def lists_of(
    wanted: BoardFilter,
    now: datetime,
    table: TableSort | None,
    types: Iterable[str],
    type_name: Callable[[str], str],
) -> dict[ListName, BoardList]:
    """The columns, or the table sorted as ``table`` says. ``types``: those that are known to occur."""
    names = {"": "", **{type_: type_name(type_) for type_ in types}}
    only = _only(wanted, now, names)
    if table is None:
        order = BoardOrder(wanted.sort.value)
        return {state: BoardList((state,), only, order) for state in COLUMNS}
    order = table.order or BoardOrder(wanted.sort.value)
    ordered = tuple(sorted(names, key=lambda type_: names[type_]))
    states = COLUMNS if wanted.state is None else (wanted.state,)
    return {None: BoardList(states, only, order, table.descending, ordered)}


def _only(wanted: BoardFilter, now: datetime, names: Mapping[str, str]) -> BoardOnly:
    needle = wanted.text.strip()
    found = (
        type_ for type_, name in names.items() if type_ and needle.casefold() in name.casefold()
    )
    return BoardOnly(
        type=wanted.type,
        since=now - timedelta(days=wanted.days) if wanted.days is not None else None,
        officer=wanted.officer,
        text=needle,
        types=tuple(found) if needle else (),
        own=wanted.own,
        not_elsewhere=wanted.desks is Desks.OWN,
        offered=wanted.desks is Desks.WAITING,
        unit=wanted.unit,
        visit=wanted.visit,
        hand=wanted.hand,
    )
