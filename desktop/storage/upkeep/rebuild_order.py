"""In which order a rebuild reads the journal: the entries of cases that are shown as one stand together.

What the projections of before know of that is a hint, no more: entries leave the same rows in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from desktop.storage.database.statements import IN_EFFECT, run, stream

_PLACES: Final = "rebuild_place"
_AT_ONCE: Final = 2000
"""Entries that are made together, and the rest of the case that the last of them is about."""
_MOST: Final = 20_000
"""Of one case. Those behind them are merged into what stands."""

_FETCHED: Final = 500

_MAKE: Final = (
    f"CREATE TABLE {_PLACES} (place INTEGER PRIMARY KEY, lead TEXT NOT NULL, subject TEXT NOT NULL)"
)
_SUBJECTS: Final = (
    f"INSERT INTO {_PLACES} (place, lead, subject) SELECT row_number() OVER (ORDER BY lead, case_id, subject), "  # noqa: S608 - own names
    "lead, subject FROM (SELECT s.case_id, s.subject, {lead} AS lead FROM subject s {beside} "
    "WHERE s.case_id <> '') placed"
)
_BY_CASE: Final = _SUBJECTS.format(lead="s.case_id", beside="")
_BY_LEAD: Final = _SUBJECTS.format(
    lead="coalesce(c.lead_id, s.case_id)",
    beside="LEFT JOIN case_card c ON c.case_id = s.case_id",
)
_FIND: Final = f"CREATE INDEX {_PLACES}_subject ON {_PLACES} (subject)"
_PLACED: Final = f"FROM {_PLACES} p CROSS JOIN entry e WHERE e.subject = p.subject AND {IN_EFFECT}"
_OF_CASES: Final = f"SELECT p.place, p.lead, e.line {_PLACED} ORDER BY p.place"
_BETWEEN: Final = f"SELECT e.line {_PLACED} AND p.place BETWEEN ? AND ? ORDER BY p.place"
_OF_NO_CASE: Final = (
    f"SELECT e.line FROM entry e WHERE {IN_EFFECT} "  # noqa: S608 - own names
    f"AND NOT EXISTS (SELECT 1 FROM {_PLACES} p WHERE p.subject = e.subject) "
    "ORDER BY e.lamport, e.stream, e.seq"
)


def note_places(connection: Connection) -> None:
    """Note which entries belong together, before the projections go that tell it; once."""
    found = inspect(connection)
    if found.has_table(_PLACES):
        return

    def has(table: str, *columns: str) -> bool:
        return found.has_table(table) and {*columns} <= {
            column["name"] for column in found.get_columns(table)
        }

    run(connection, _MAKE)
    if has("subject", "subject", "case_id"):
        run(connection, _BY_LEAD if has("case_card", "case_id", "lead_id") else _BY_CASE)
    run(connection, _FIND)


def forget_places(connection: Connection) -> None:
    """What :func:`note_places` noted serves one rebuild."""
    run(connection, f"DROP TABLE {_PLACES}")


class CaseLines(NamedTuple):
    """Lines of whole cases, and the places of the first and the last subject they are about."""

    first: int
    last: int
    lines: Sequence[bytes]


def batches_by_case(connection: Connection) -> Iterator[CaseLines]:
    """Lines of all that takes effect and belongs to a case: some thousand, and no case in two of them unless it is
    larger than that, no subject ever."""
    lines: list[bytes] = []
    first = known = 0
    leading = ""
    rows = stream(connection, _OF_CASES).partitions(_FETCHED)
    for place, lead, line in chain.from_iterable(rows):
        full = len(lines) >= (_AT_ONCE if lead != leading else _MOST)
        if full and place != known:
            yield CaseLines(first, known, lines)
            lines = []
        first = first if lines else place
        known, leading = place, lead
        lines.append(bytes(line))
    if lines:
        yield CaseLines(first, known, lines)


def lines_again(connection: Connection, batches: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    """Lines from one place to another, of each of several batches."""
    for first, last in batches:
        yield from _lines(connection, _BETWEEN, (first, last))


def lines_of_no_case(connection: Connection) -> Iterator[bytes]:
    """Lines of all that takes effect and that the order says nothing of."""
    return _lines(connection, _OF_NO_CASE)


def _lines(
    connection: Connection, question: str, parameters: Sequence[int] = ()
) -> Iterator[bytes]:
    return (bytes(line) for (line,) in stream(connection, question, parameters))
