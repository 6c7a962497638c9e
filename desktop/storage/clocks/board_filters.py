"""What of the board is let through, as conditions; and what is counted over all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import MISSED_FOR
from desktop.domain.orders.claim import WorkKind
from desktop.domain.time.clock import to_wire
from desktop.services.ports.database.board_rows import NOBODY, BoardCounts, BoardOnly
from desktop.storage.clocks.board_rows import CARDS
from desktop.storage.clocks.row_counts import row_count
from desktop.storage.columns import fitting
from desktop.storage.current_values.values import like_pattern
from desktop.storage.database.statements import run
from desktop.storage.reckoning.milliseconds import (
    FAR,
    MILLISECOND,
    instant,
    instants,
    milliseconds,
)

_TYPES: Final = (
    "WITH RECURSIVE known(type) AS (SELECT min(type) FROM board_row WHERE basis = ? UNION ALL "
    "SELECT (SELECT min(r.type) FROM board_row r WHERE r.basis = ? AND r.type > known.type) FROM known "
    "WHERE known.type IS NOT NULL) SELECT type FROM known WHERE type <> ''"
)
"""One step for each type, however many cases there are."""
_OTHERS: Final = (
    "SELECT EXISTS (SELECT 1 FROM board_row WHERE basis = ? AND desk <> '' AND desk < ?) "
    "OR EXISTS (SELECT 1 FROM board_row WHERE basis = ? AND desk <> '' AND desk > ?) "
    "OR EXISTS (SELECT 1 FROM board_row WHERE basis = ? AND offered = ? AND offered <> '')"
)
_SOME: Final = "SELECT EXISTS (SELECT 1 FROM board_row WHERE basis = ?)"
_HANDED: Final = "SELECT EXISTS (SELECT 1 FROM board_row WHERE basis = ? AND handed = 1)"
_ENDS: Final = (
    ("onward", "now"),
    ("golden", "now"),
    ("golden", "missed"),
    ("stop", "now"),
    ("stop", "missed"),
)
"""Ends of clocks, and since when one that ran out is told of no more."""
_AFTER: Final = {"now": 0, "missed": MISSED_FOR // MILLISECOND}
_CHANGE: Final = (
    "(SELECT min({name}) + {later} FROM board_row "
    "WHERE basis = :basis AND state = '{state}' AND {name} > :{since})"
)
_CHANGES: Final = text(
    f"SELECT (SELECT min(until) FROM board_row WHERE basis = :basis AND until > :now AND until <> {FAR}), "  # noqa: S608 - own names
    + ", ".join(
        _CHANGE.format(name=name, later=_AFTER[since], state=state.value, since=since)
        for name, since in _ENDS
        for state in CaseState
    )
)


_OF_UNIT: Final = (
    "EXISTS (SELECT 1 FROM case_card u WHERE u.case_id = board_row.case_id AND u.unit_name = :unit)"
)
"""One look at the key of each case that the rest lets through."""
_OF_VISIT: Final = (
    "EXISTS (SELECT 1 FROM case_card v WHERE v.case_id = board_row.case_id AND v.visit = :visit)"
)
_CASE: Final = f"{WorkKind.CASE}/"
_IN_HAND: Final = (
    f"case_id IN (SELECT substr(order_id, {len(_CASE) + 1}) FROM claim "  # noqa: S608 - own names
    f"WHERE order_id LIKE '{_CASE}%' AND officer = :hand)"
)
_IN_NO_HAND: Final = (
    f"NOT EXISTS (SELECT 1 FROM claim h WHERE h.order_id = '{_CASE}' || {{case_id}})"  # noqa: S608 - own names
)
"""What people have in hand is little, whatever lies in the database."""


def condition_of(only: BoardOnly) -> str:
    """The condition beside others: "" where everything is let through."""
    return "".join(f" AND {condition}" for condition in _conditions(only))


def _conditions(only: BoardOnly) -> Iterator[str]:
    if only.type:
        yield "type = :type"
    if only.since is not None:
        yield "past_accepted <= :since"
    if only.officer:
        yield "officer = :officer"
    if only.text:
        types = ", ".join(f":t{place}" for place in range(len(only.types)))
        found = "words LIKE :text ESCAPE '!'"
        yield f"({found} OR type IN ({types}))" if types else found
    if only.not_elsewhere:
        yield "desk IN ('', :own)"
    if only.offered:
        yield "offered = :own AND offered <> ''"
    yield from _of_centre(only)


def _of_centre(only: BoardOnly) -> Iterator[str]:
    if only.unit:
        yield _OF_UNIT
    if only.visit:
        yield _OF_VISIT
    yield from _by_hand(only, "board_row.case_id")


def _by_hand(only: BoardOnly, case: str) -> Iterator[str]:
    if only.hand == NOBODY:
        yield _IN_NO_HAND.format(case_id=case)
    elif only.hand:
        yield _IN_HAND


def names_of(only: BoardOnly) -> Mapping[str, int | str]:
    """The values in that condition."""
    types = {
        f"t{place}": fitting(name) for place, name in enumerate(only.types if only.text else ())
    }
    since = -milliseconds(only.since) if only.since is not None else 0
    named = {
        "type": fitting(only.type),
        "officer": only.officer,
        "own": only.own,
        "unit": fitting(only.unit),
        "visit": only.visit,
        "hand": only.hand,
    }
    return {**named, **types, "since": since, "text": like_pattern(only.text).casefold()}


def board_counts(connection: Connection, basis: int, only: BoardOnly, now: datetime) -> BoardCounts:
    """See :meth:`desktop.services.ports.database.board_rows.BoardQueries.board_counts`."""
    return BoardCounts(
        _by_state(connection, basis, only),
        tuple(run(connection, _TYPES, (basis, basis)).scalars()),
        some=bool(run(connection, _SOME, (basis,)).scalar_one()),
        several=_several(connection, basis, only.own),
        next_change=_next_change(connection, basis, now),
    )


def _by_state(connection: Connection, basis: int, only: BoardOnly) -> dict[CaseState, int]:
    """Of all cards, and of those of a type, the numbers are kept; others are counted."""
    found: Counter[CaseState] = Counter()
    condition = condition_of(only)
    if condition == condition_of(BoardOnly(type=only.type)):
        wanted = fitting(only.type)
        for state, type_, amount in row_count(connection, basis, CARDS):
            found[CaseState(state)] += amount if wanted in ("", type_) else 0
    else:
        counted = text(
            f"SELECT state, count(*) FROM board_row WHERE basis = :basis{condition} GROUP BY state"  # noqa: S608 - own names
        )
        for state, amount in connection.execute(counted, {**names_of(only), "basis": basis}):
            found[CaseState(state)] += int(amount)
    return dict(+found)


def _several(connection: Connection, basis: int, own: str) -> bool:
    """A centre, which has no desk of its own, looks whether any case was ever handed on."""
    found = (
        run(connection, _OTHERS, (basis, own) * 3) if own else run(connection, _HANDED, (basis,))
    )
    return bool(found.scalar_one())


def _next_change(connection: Connection, basis: int, now: datetime) -> datetime | None:
    """When a clock runs out, one that was just missed goes, or money moves by itself."""
    row = connection.execute(_CHANGES, {**instants(now), "basis": basis}).one()
    ends = [instant(int(end)) for end in row if end is not None and end < FAR]
    return min(ends, default=None)


_NEWEST: Final = "SELECT case_id FROM case_card WHERE lead_id = case_id AND state = :state"


def newest_cases(
    connection: Connection, state: CaseState, only: BoardOnly, limit: int
) -> tuple[CaseId, ...]:
    """See :meth:`desktop.services.ports.database.board_rows.BoardQueries.newest_cases`."""
    named: dict[str, int | str] = {**names_of(only), "state": state.value, "limit": limit}
    question = _NEWEST
    if only.type:
        question += " AND type = :type"
    if only.since is not None:
        named["accepted"] = to_wire(only.since)
        question += " AND accepted_at >= :accepted"
    if only.officer:
        question += " AND accepted_by = :officer"
    if only.unit:
        question += " AND unit_name = :unit"
    if only.visit:
        question += " AND visit = :visit"
    for condition in _by_hand(only, "case_card.case_id"):
        question += f" AND {condition}"
    if only.text:
        question += (
            " AND (lower(victim) LIKE :text ESCAPE '!' OR lower(number) LIKE :text ESCAPE '!')"
        )
    question += " ORDER BY accepted_at DESC, case_id DESC LIMIT :limit"
    return tuple(CaseId(row[0]) for row in connection.execute(text(question), named))
