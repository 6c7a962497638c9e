"""Whether what the journal took in since it was found whole holds: a day's news is checked while somebody waits, all of
it when nobody does."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from desktop.domain.progress import Progress
from desktop.journal.entry import GENESIS, Entry, stored_line
from desktop.storage.current_values.values import Current
from desktop.storage.database.statements import IN_EFFECT, drop_among, run, run_among
from desktop.storage.device.cached_values import cache_value, cached_value
from desktop.storage.journal.journal_table import chain_problems, hash_at, stream_heads
from desktop.storage.projections.refresh_projections import refresh_cases
from desktop.storage.tables import PROJECTIONS, derived, search_row

Ends = Mapping[str, tuple[int, str]]
"""Stream → number and hash of the last entry that was checked."""
_MARK: Final = "journal/checked"
"""No piece of evidence has a slash in its id."""
_NEW: Final = "SELECT DISTINCT subject FROM entry WHERE stream = ? AND seq > ?"
_LINES: Final = (
    f"SELECT e.line FROM entry e WHERE e.subject AMONG ? AND {IN_EFFECT} "  # noqa: S608 - own words
    "ORDER BY e.lamport, e.stream, e.seq"
)
_OWNERS: Final = "SELECT DISTINCT case_id FROM subject WHERE subject AMONG ?"
_BATCH: Final = 500
"""Subjects between two questions whether to go on."""
_OF_SUBJECTS: Final = tuple(table for table in PROJECTIONS if "subject" in table.c)
_OF_CASES: Final = tuple(
    table for table in PROJECTIONS if "case_id" in table.c and "subject" not in table.c
)

_Rows = dict[str, set[tuple[Any, ...]]]


def ends_of(connection: Connection) -> Ends:
    """Where every stream ends now."""
    heads = stream_heads(connection)
    return {name: (seq, hash_at(connection, name, seq) or GENESIS) for name, seq in heads.items()}


def note_checked(connection: Connection, ends: Ends) -> None:
    """All entries up to there were found whole."""
    cache_value(connection, derived, _MARK, json.dumps(ends))


def checked_ends(connection: Connection) -> Ends:
    """Up to where that was found last; empty where nothing was."""
    found = json.loads(cached_value(connection, derived, _MARK) or "{}")
    return {name: (int(seq), str(digest)) for name, (seq, digest) in found.items()}


def news_problems(connection: Connection, since: Ends, progress: Progress) -> tuple[str, ...]:
    """Breaks and altered entries behind ``since``, and rows of what these speak of that are not what the journal says.

    Projects within the caller's transaction, which the caller rolls back.
    """
    streams = stream_heads(connection)
    found = [
        f"{name}:{seq} journal.chain"
        for name, (seq, digest) in since.items()
        if hash_at(connection, name, seq) != digest
    ]
    for stream in sorted(streams):
        progress.check()
        found += chain_problems(connection, stream, since.get(stream, (0, GENESIS)))
    if found:
        return tuple(found)
    behind = {name: since.get(name, (0, ""))[0] for name in streams}
    subjects = {row[0] for item in behind.items() for row in run(connection, _NEW, item)}
    names = sorted(subjects)
    for start in range(0, len(names), _BATCH):
        progress.check()
        progress.advance(start, len(names))
        if not _holds(connection, names[start : start + _BATCH]):
            return ("projections.differ",)
    return ()


def _holds(connection: Connection, subjects: Collection[str]) -> bool:
    """Whether the rows of these subjects, and of their cases, come out the same when they are made anew."""
    cases = {row[0] for row in run_among(connection, _OWNERS, subjects) if row[0]}
    before = _rows(connection, subjects, cases)
    for table in ("value", "replaced"):
        drop_among(connection, f"DELETE FROM {table} WHERE subject AMONG ?", subjects)  # noqa: S608 - own names
    items = [_entry(line) for (line,) in run_among(connection, _LINES, subjects)]
    current = Current(connection)
    current.merge(items)
    refresh_cases(connection, current, items)
    return before == _rows(connection, subjects, cases)


def _entry(line: Any) -> Entry:
    return stored_line(bytes(line))


def _rows(connection: Connection, subjects: Collection[str], cases: Collection[str]) -> _Rows:
    return {
        table.name: set(map(tuple, run_among(connection, _question(table, key), names)))
        for tables, key, names in (
            (_OF_SUBJECTS, "subject", subjects),
            (_OF_CASES, "case_id", cases),
        )
        for table in tables
    }


def _question(table: Table, key: str) -> str:
    columns: Iterable[str] = (c.name for c in table.columns)
    # the search row's number depends on insertion order and means nothing
    shown = [name for name in columns if table is not search_row or name != "id"]
    return f"SELECT {', '.join(shown)} FROM {table.name} WHERE {key} AMONG ?"  # noqa: S608 - own names
