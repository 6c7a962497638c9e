"""The journal as an auditor reads it: newest first by the time each device says, a page at a time.

No page reads more than its own length for each kind asked for, however long the journal is: the newest of each kind are
found by an index over kind and time (for one officer: over officer, kind and time) and merged. What is asked about one
case is found by its subjects and costs what the case costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.installation.audit import AuditEntry, AuditKey, AuditQuery, AuditSum
from desktop.domain.installation.profile import device_of
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.authority import look_subject, officer_subject
from desktop.journal.entry import read_line
from desktop.journal.kinds import OFFICER_SIGNED_IN
from desktop.storage.database.statements import marks, run
from desktop.storage.database.statements import stream as streamed
from desktop.storage.projections.case_groups import group_of
from desktop.storage.readers.one_view import OneView

_FIRST: Final = ""
_LAST: Final = "~"
"""Before and after every time on the wire."""
_LOOK: Final = look_subject("")
_WHOLE: Final = (
    "SELECT e.wall, e.stream, e.seq, e.officer, e.kind, e.subject, e.line, "  # noqa: S608 - own words
    f"coalesce(c.number, CASE WHEN e.subject LIKE '{_LOOK}%' THEN substr(e.subject, {len(_LOOK) + 1}) "
    "ELSE s.case_id END, '') FROM entry e LEFT JOIN subject s ON s.subject = e.subject "
    f"LEFT JOIN case_card c ON c.case_id = CASE WHEN e.subject LIKE '{_LOOK}%' "
    f"THEN substr(e.subject, {len(_LOOK) + 1}) ELSE s.case_id END "
)
_NEWEST_FIRST: Final = "ORDER BY wall DESC, stream DESC, seq DESC LIMIT ?"
_OF_CASE: Final = (
    "e.subject IN (SELECT subject FROM subject WHERE case_id IN ({0})) "
    "OR e.subject IN ({0}) OR e.subject IN ({0})"
)
_NOTED: Final = (
    "SELECT 1 FROM entry WHERE subject = ? AND stream = ? AND kind = ? AND officer = ? AND seq > coalesce("
    "(SELECT seq FROM entry WHERE subject = ? AND stream = ? AND kind = ? ORDER BY seq DESC LIMIT 1), 0) "
    "LIMIT 1"
)
_SIGNED_IN: Final = (
    "SELECT wall, seq FROM entry WHERE subject = ? AND stream = ? AND kind = ? "
    "ORDER BY seq DESC LIMIT 1"
)


def page(
    connection: Connection, query: AuditQuery, after: AuditKey | None, limit: int
) -> tuple[AuditEntry, ...]:
    """Entries of the kinds asked for, newest first, from behind ``after`` on; of no kind, none."""
    if not query.kinds or limit <= 0:
        return ()
    if query.case:
        return _page_of_case(connection, query, after, limit)
    kinds = sorted(query.kinds)
    since, until = _bounds(query)
    asked: list[Any] = []
    for kind in kinds:
        asked += [kind, *([query.officer] if query.officer else []), since, until]
        asked += [after.wall, after.stream, after.seq] if after else []
        asked.append(limit)
    found = _newest(len(kinds), officer=bool(query.officer), behind=after is not None)
    statement = (
        f"{_WHOLE} JOIN ({found} {_NEWEST_FIRST}) k ON k.stream = e.stream AND k.seq = e.seq "
    )
    rows = run(connection, statement + _by_time(), (*asked, limit)).fetchall()
    return tuple(map(_entry, rows))


def _by_time() -> str:
    return "ORDER BY e.wall DESC, e.stream DESC, e.seq DESC"


@lru_cache(maxsize=64)
def _newest(kinds: int, *, officer: bool, behind: bool) -> str:
    """The places of the newest entries of each of so many kinds, together."""
    by = "kind = ? AND officer = ?" if officer else "kind = ?"
    then = " AND (wall, stream, seq) < (?, ?, ?)" if behind else ""
    one = (
        f"SELECT * FROM (SELECT wall, stream, seq FROM entry WHERE {by} AND wall >= ? AND wall < ?"  # noqa: S608
        f"{then} {_NEWEST_FIRST}) t"
    )
    return f"SELECT wall, stream, seq FROM ({' UNION ALL '.join([one] * kinds)}) u"  # noqa: S608


def _page_of_case(
    connection: Connection, query: AuditQuery, after: AuditKey | None, limit: int
) -> tuple[AuditEntry, ...]:
    where, asked = _conditions(connection, query)
    if after is not None:
        where += " AND (e.wall, e.stream, e.seq) < (?, ?, ?)"
        asked += [after.wall, after.stream, after.seq]
    statement = f"{_WHOLE} WHERE {where} {_by_time()} LIMIT ?"
    return tuple(map(_entry, run(connection, statement, (*asked, limit)).fetchall()))


def entries(connection: Connection, query: AuditQuery) -> Iterator[AuditEntry]:
    """All of them, oldest first."""
    where, asked = _conditions(connection, query)
    order = "ORDER BY e.wall, e.stream, e.seq"
    return map(_entry, streamed(connection, f"{_WHOLE} WHERE {where} {order}", asked))


def total(connection: Connection, query: AuditQuery, most: int | None = None) -> AuditSum:
    """How many there are, and by whom if that is all; no more than ``most`` are counted. Without it all are, by nobody
    named."""
    where, asked = _conditions(connection, query)
    if most is None:
        counted = f"SELECT count(*) FROM entry e WHERE {where}"  # noqa: S608 - question marks
        every = int(run(connection, counted, tuple(asked)).scalar_one())
        return AuditSum(every, whole=True, officers=())
    some = f"SELECT count(*) FROM (SELECT 1 FROM entry e WHERE {where} LIMIT ?) t"  # noqa: S608 - question marks
    count = int(run(connection, some, (*asked, most + 1)).scalar_one())
    if count > most:  # known from an index alone; who did it stands in the rows
        return AuditSum(most, whole=False, officers=())
    by_whom = f"SELECT e.officer, count(*) FROM entry e WHERE {where} GROUP BY e.officer"  # noqa: S608
    rows = run(connection, by_whom, tuple(asked)).fetchall()
    officers = sorted(
        ((str(row[0]), int(row[1])) for row in rows), key=lambda one: (-one[1], one[0])
    )
    return AuditSum(count, whole=True, officers=tuple(officers))


def _conditions(connection: Connection, query: AuditQuery) -> tuple[str, list[Any]]:
    kinds = sorted(query.kinds)
    where = f"e.kind IN ({marks(kinds)}) AND e.wall >= ? AND e.wall < ?"
    asked: list[Any] = [*kinds, *_bounds(query)]
    if query.officer:
        where += " AND e.officer = ?"
        asked.append(query.officer)
    if query.case:
        cases = _with_merged(connection, query.case)
        where += f" AND ({_OF_CASE.format(marks(cases))})"
        asked += [*cases, *(f"case/{case}" for case in cases), *map(look_subject, cases)]
    return where, asked


def _with_merged(connection: Connection, case: str) -> Sequence[str]:
    group = group_of(connection, case)
    return (case, *(group.members if group.lead == case else ()))


def _bounds(query: AuditQuery) -> tuple[str, str]:
    since = to_wire(query.since) if query.since is not None else _FIRST
    return since, to_wire(query.until) if query.until is not None else _LAST


def _entry(row: Sequence[Any]) -> AuditEntry:
    wall, stream, seq, officer, kind, subject, line, case = row
    return AuditEntry(
        AuditKey(wall, stream, seq), from_wire(wall), officer, kind, subject, case,
        device_of(stream), read_line(bytes(line)).fields,
    )  # fmt: skip


class AuditReader(OneView):
    """Queries about the audit."""

    def audit_page(
        self, query: AuditQuery, after: AuditKey | None, limit: int
    ) -> tuple[AuditEntry, ...]:
        return page(self._connection, query, after, limit)

    def audit_entries(self, query: AuditQuery) -> Iterator[AuditEntry]:
        return entries(self._connection, query)

    def audit_sum(self, query: AuditQuery, most: int | None = None) -> AuditSum:
        return total(self._connection, query, most)

    def noted(self, subject: str, kind: str, officer: str) -> bool:
        here = (officer_subject(self._own, officer), self._own, OFFICER_SIGNED_IN)
        asked = (subject, self._own, kind, officer, *here)
        return run(self._connection, _NOTED, asked).first() is not None

    def last_sign_in(self, officer: str) -> AuditKey | None:
        here = (officer_subject(self._own, officer), self._own, OFFICER_SIGNED_IN)
        found = run(self._connection, _SIGNED_IN, here).first()
        return AuditKey(found[0], self._own, found[1]) if found else None
