"""The board page by page: a column in the order of what is urgent, or all cards by one thing they show.

What is urgent has the six groups of :class:`desktop.domain.law.urgency.Pressure`. Each has an index that holds the rows
of a state in their order; in which group a card is at an instant follows from its ends, as
:func:`desktop.domain.case_file.card_clock.card_clock` has it. A list is made of parts that stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import Any, Final

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressure
from desktop.services.ports.database.board_rows import BoardList, BoardOrder, BoardPlace
from desktop.storage.clocks.board_filters import condition_of, names_of
from desktop.storage.columns import fitting
from desktop.storage.reckoning.milliseconds import instants

_QUIET: Final = "golden + 0 <= :missed AND onward + 0 <= :now"
"""No chance runs or was just missed. Of nearly all cards that is so: an index by it would lead through all of them."""
_AT_REST: Final = f"standing = 0 AND waits = {{waits}} AND stop + 0 <= :now AND {_QUIET}"


@dataclass(frozen=True, slots=True)
class _Ranked:
    """``arms``: conditions, of which a row meets one at the most, with the columns it is sorted by then."""

    arms: tuple[tuple[str, tuple[str, ...]], ...]


def _of_state(*arms: tuple[str, str, str]) -> _Ranked:
    return _Ranked(
        tuple((f"state = :state AND {where}", (one, two, "case_id")) for where, one, two in arms)
    )


_URGENT: Final = {
    Pressure.SAVABLE: _of_state(
        ("onward > :now", "onward", "less_fen"),
        ("golden > :now AND onward + 0 <= :now", "golden", "less_fen"),
    ),
    Pressure.MISSED: _of_state(
        ("golden > :missed AND golden <= :now AND onward + 0 <= :now", "less_fen", "-golden"),
        (f"stop > :missed AND stop <= :now AND standing = 1 AND {_QUIET}", "less_fen", "past_stop"),
    ),
    Pressure.RUNNING: _of_state((f"stop > :now AND {_QUIET}", "stop", "less_fen")),
    Pressure.OVERDUE: _of_state(
        (f"standing = 1 AND past_stop >= :past AND {_QUIET}", "past_stop", "less_fen")
    ),
    Pressure.UNANSWERED: _of_state((_AT_REST.format(waits=1), "less_fen", "accepted")),
    Pressure.REST: _of_state((_AT_REST.format(waits=0), "past_accepted", "less_fen")),
}
_NEWEST: Final = _Ranked((("state = :state", ("past_accepted", "case_id")),))
_OF_TYPE: Final = _Ranked((("type = :of_type", ("past_accepted", "case_id")),))
_BY: Final = {
    BoardOrder.VICTIM: "victim",
    BoardOrder.LOSS: "loss",
    BoardOrder.STOPPED: "stopped",
    BoardOrder.DESK: "letter",
    BoardOrder.FILES: "files",
    BoardOrder.ORDERS: "orders",
    BoardOrder.AT: "past_accepted",
    BoardOrder.NUMBER: "number",
}
_EVERY: Final = {order: _Ranked((("1 = 1", (column, "case_id")),)) for order, column in _BY.items()}


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a group that meet one of ``named``, sorted into each other."""

    group: _Ranked
    named: tuple[Mapping[str, str], ...]


def board_places(
    connection: Connection,
    basis: int,
    asked: BoardList,
    now: datetime,
    after: BoardPlace | None,
    limit: int,
) -> tuple[BoardPlace, ...]:
    """See :meth:`desktop.services.ports.database.board_rows.BoardQueries.board_places`."""
    if asked.order is BoardOrder.AT:  # the column of its index runs the other way
        asked = replace(asked, descending=not asked.descending)
    parts = list(enumerate(_parts(asked)))
    if asked.descending:
        parts.reverse()
    if after is not None:
        parts = parts[next(n for n, (place, _) in enumerate(parts) if place == after.part) :]
    found: list[BoardPlace] = []
    for place, part in parts:
        behind = after.keys if after is not None and place == after.part else ()
        named = {**instants(now), "basis": basis, "limit": limit - len(found)}
        rows = _some(connection, asked, part, named, behind)
        found += [BoardPlace(CaseId(row[0]), place, tuple(row[1:])) for row in rows]
        if len(found) >= limit:
            break
    return tuple(found)


def _parts(asked: BoardList) -> Iterator[_Part]:
    states = [{"state": state.value} for state in asked.states]
    order = asked.order
    if order is BoardOrder.TYPE:
        yield from (_Part(_OF_TYPE, ({"of_type": fitting(type_)},)) for type_ in asked.types)
    elif order is BoardOrder.NEWEST:
        yield from (_Part(_NEWEST, (state,)) for state in states)
    elif order is BoardOrder.CLOCK:
        yield from (_Part(_URGENT[group], tuple(states)) for group in Pressure)
    elif order in _EVERY:
        yield _Part(_EVERY[order], ({},))
    else:
        for state in states:
            yield from (_Part(_URGENT[group], (state,)) for group in Pressure)


def _some(
    connection: Connection,
    asked: BoardList,
    part: _Part,
    named: Mapping[str, int],
    behind: Sequence[int | str],
) -> list[Any]:
    keys = {f"k{place}": key for place, key in enumerate(behind)}
    values = {**named, **names_of(asked.only), **keys}
    answers = []
    for arm in range(len(part.group.arms)):
        question = _question(
            part.group, arm, condition_of(asked.only), bool(behind), asked.descending
        )
        answers += [
            [tuple(row) for row in connection.execute(question, {**values, **more})]
            for more in part.named
        ]
    ordered = merge(*answers, key=_keys, reverse=asked.descending)
    return list(islice(ordered, named["limit"]))


def _keys(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[1:]


@lru_cache(maxsize=512)
def _question(
    group: _Ranked,
    arm: int,
    condition: str,
    further: bool,  # noqa: FBT001
    descending: bool,  # noqa: FBT001
) -> TextClause:
    where, keys = group.arms[arm]
    turn, beyond = (" DESC", "<") if descending else ("", ">")
    named = ", ".join(f":k{place}" for place in range(len(keys)))
    behind = f" AND ({', '.join(keys)}) {beyond} ({named})" if further else ""
    return text(
        f"SELECT case_id, {', '.join(keys)} FROM board_row WHERE basis = :basis AND {where}{condition}{behind} "  # noqa: S608 - own names
        f"ORDER BY {', '.join(key + turn for key in keys)} LIMIT :limit"
    )
