"""The board page by page: a column in the order of what is urgent, or all cards by one thing they show.

In which group of what is urgent a card is at an instant follows from its ends, as
:func:`desktop.domain.case_file.card_clock.card_clock` has it; each group has an index that holds the rows of a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressure
from desktop.services.ports.database.board_rows import BoardList, BoardOrder, BoardPlace
from desktop.storage.clocks.board_filters import condition_of, names_of
from desktop.storage.clocks.ranked_pages import (
    ALWAYS,
    Arm,
    Part,
    Ranked,
    RankedList,
    ranked_rows,
)
from desktop.storage.columns import fitting
from desktop.storage.reckoning.milliseconds import instants

_QUIET: Final = "golden + 0 <= :missed AND onward + 0 <= :now"
"""No chance runs or was just missed. Of nearly all cards that is so: an index by it would lead through all of them."""
_AT_REST: Final = f"standing = 0 AND waits = {{waits}} AND stop + 0 <= :now AND {_QUIET}"


def _of_state(*arms: Arm) -> Ranked:
    return Ranked(
        tuple(
            replace(arm, where=f"state = :state AND {arm.where}", keys=(*arm.keys, "case_id"))
            for arm in arms
        )
    )


_URGENT: Final = {
    Pressure.SAVABLE: _of_state(
        Arm(ALWAYS, ("onward", "less_fen"), "onward > :now"),
        Arm("onward + 0 <= :now", ("golden", "less_fen"), "golden > :now"),
    ),
    Pressure.MISSED: _of_state(
        Arm("golden > :missed AND golden <= :now AND onward + 0 <= :now", ("less_fen", "-golden")),
        Arm(
            f"stop > :missed AND stop <= :now AND standing = 1 AND {_QUIET}",
            ("less_fen", "past_stop"),
        ),
    ),
    Pressure.RUNNING: _of_state(Arm(_QUIET, ("stop", "less_fen"), "stop > :now")),
    Pressure.OVERDUE: _of_state(
        Arm(f"standing = 1 AND {_QUIET}", ("past_stop", "less_fen"), "past_stop >= :past")
    ),
    Pressure.UNANSWERED: _of_state(Arm(_AT_REST.format(waits=1), ("less_fen", "accepted"))),
    Pressure.REST: _of_state(Arm(_AT_REST.format(waits=0), ("past_accepted", "less_fen"))),
}
_NEWEST: Final = Ranked((Arm("state = :state", ("past_accepted", "case_id")),))
_OF_TYPE: Final = Ranked((Arm("type = :of_type", ("past_accepted", "case_id")),))
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
_EVERY: Final = {
    order: Ranked((Arm(ALWAYS, (column, "case_id")),)) for order, column in _BY.items()
}


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
    given = {**names_of(asked.only), **instants(now), "basis": basis}
    cards = RankedList(
        "board_row", "case_id", parts, condition_of(asked.only), given, descending=asked.descending
    )
    place = (after.part, after.keys) if after is not None else None
    rows = ranked_rows(connection, cards, place, limit)
    return tuple(BoardPlace(CaseId(row.ids[0]), row.part, row.keys) for row in rows)


def _parts(asked: BoardList) -> Iterator[Part]:
    states = [{"state": state.value} for state in asked.states]
    order = asked.order
    if order is BoardOrder.TYPE:
        yield from (Part(_OF_TYPE, ({"of_type": fitting(type_)},)) for type_ in asked.types)
    elif order is BoardOrder.NEWEST:
        yield from (Part(_NEWEST, (state,)) for state in states)
    elif order is BoardOrder.CLOCK:
        yield from (Part(_URGENT[group], tuple(states)) for group in Pressure)
    elif order in _EVERY:
        yield Part(_EVERY[order], ({},))
    else:
        for state in states:
            yield from (Part(_URGENT[group], (state,)) for group in Pressure)
