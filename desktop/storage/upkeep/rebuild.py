"""Making the projections anew, and proving that they are what the journal says."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Final

from sqlalchemy import Table, inspect
from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress
from desktop.journal.entry import Entry, stored_line
from desktop.journal.judgement import judge
from desktop.journal.objection import Objection
from desktop.storage.current_values.values import Current
from desktop.storage.database.statements import IN_EFFECT, run
from desktop.storage.database.statements import stream as streamed
from desktop.storage.journal.admission import Admission
from desktop.storage.journal.journal_table import chain_problems, stream_heads
from desktop.storage.projections import search
from desktop.storage.projections.exchange_projection import refresh_exchange
from desktop.storage.projections.refresh_projections import refresh_cases
from desktop.storage.reckoning import arrears
from desktop.storage.tables import PROJECTIONS, search_row

_BATCH: Final = 5000
"""Entries that are merged and projected together: a case that they speak of several times is written once."""


_PLACES: Final = "rebuild_place"
"""Subjects in the order of their cases, as the projections of before have it. It is a hint in which order to read, no
more: entries leave the same rows in any order, but a case that one batch speaks of is written once."""
_MAKE_PLACES: Final = f"CREATE TABLE {_PLACES} (place INTEGER PRIMARY KEY, subject TEXT NOT NULL)"
_FILL_PLACES: Final = (
    f"INSERT INTO {_PLACES} (place, subject) SELECT row_number() OVER (ORDER BY case_id, subject), "  # noqa: S608 - own names
    "subject FROM subject WHERE case_id <> ''"
)
_FIND_PLACES: Final = f"CREATE INDEX {_PLACES}_subject ON {_PLACES} (subject)"
_BY_CASE: Final = (
    f"SELECT e.line FROM {_PLACES} p CROSS JOIN entry e WHERE e.subject = p.subject AND {IN_EFFECT} "  # noqa: S608 - own names
    "ORDER BY p.place"
)
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
    run(connection, _MAKE_PLACES)
    if found.has_table("subject") and {"subject", "case_id"} <= {
        column["name"] for column in found.get_columns("subject")
    }:
        run(connection, _FILL_PLACES)
    run(connection, _FIND_PLACES)


def _columns(table: Table) -> list[str]:
    # the search row's number depends on insertion order and means nothing
    return [c.name for c in table.columns if table is not search_row or c.name != "id"]


def digest(connection: Connection) -> str:
    """SHA-256 over every projection row, tables by name and rows by content."""
    total = hashlib.sha256()
    for table in sorted(PROJECTIONS, key=lambda item: item.name):
        names = _columns(table)
        total.update(table.name.encode())
        query = f"SELECT {', '.join(names)} FROM {table.name} ORDER BY {', '.join(names)}"  # noqa: S608 - own names
        for row in streamed(connection, query):
            total.update(repr(tuple(row)).encode())
    return total.hexdigest()


def _entries(connection: Connection) -> Iterator[Entry]:
    """All that takes effect."""
    query = f"SELECT line FROM entry e WHERE {IN_EFFECT} ORDER BY lamport, stream, seq"  # noqa: S608 - own names
    return _read(connection, query)


def _read(connection: Connection, query: str) -> Iterator[Entry]:
    for (line,) in streamed(connection, query):
        yield stored_line(bytes(line))


def give_owners(connection: Connection, profile: Profile) -> None:
    """Note who owns the unbound ids of a journal from before there were owners: whose entry stands first. The order in
    which they arrived is not known any more."""
    items = _entries(connection)
    known = Admission(connection, profile)
    while batch := list(islice(items, _BATCH)):
        known.read_ahead(batch)
        for item in batch:
            known.took(item)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Entries and values refer to nothing in a circle; to look for circles among them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def rebuild(connection: Connection, progress: Progress) -> None:
    """Drop every projection row and project the whole journal again; all of it in the caller's transaction, so that
    whoever stops it, a full disk or a power cut leave what was."""
    total = sum(stream_heads(connection).values())
    note_places(connection)
    for table in PROJECTIONS:
        run(connection, f"DELETE FROM {table.name}")  # noqa: S608 - own names
    arrears.forget(connection)
    search.clear(connection)
    done = 0
    items = chain(_read(connection, _BY_CASE), _read(connection, _OF_NO_CASE))
    with _without_collector():
        while batch := list(islice(items, _BATCH)):
            progress.check()
            current = Current(connection)
            current.merge(batch)
            refresh(connection, current, batch)
            done += len(batch)
            progress.advance(done, total)
    run(connection, f"DROP TABLE {_PLACES}")


def refresh(connection: Connection, current: Current, items: Collection[Entry]) -> frozenset[str]:
    """Bring every projection up to date with ``items``, which were merged; returns the cases they touch."""
    cases = refresh_cases(connection, current, items)
    refresh_exchange(connection, current, items)
    return cases


def overreach(
    connection: Connection, profile: Profile, progress: Progress
) -> Iterator[tuple[Entry, Objection]]:
    """Entries that take effect and break a rule: what was taken in before the rule was kept, and whatever this device
    itself should not have said."""
    known = Admission(connection, profile, from_the_first=True)
    items = _entries(connection)
    while batch := list(islice(items, _BATCH)):
        progress.check()
        known.read_ahead(batch)
        for item in batch:
            found = judge(item, known)
            if found is None:
                known.took(item)
            else:
                known.objected(item, found)
                yield item, found


def problems(connection: Connection, progress: Progress) -> tuple[str, ...]:
    """Chain breaks, altered entries, and projections that are not what the journal says.

    Projects the journal again inside the caller's transaction, which the caller rolls back.
    """
    found = []
    streams = stream_heads(connection)
    for done, stream in enumerate(sorted(streams)):
        progress.check()
        progress.advance(done, len(streams))
        found += list(chain_problems(connection, stream))
    if found:
        return tuple(found)  # projecting a broken journal would say nothing more
    before = digest(connection)
    rebuild(connection, progress)
    after = digest(connection)
    return () if before == after else ("projections.differ",)
