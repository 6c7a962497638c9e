"""Making the projections anew, and proving that they are what the journal says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from itertools import chain, islice
from typing import Final

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress, Tally
from desktop.journal.entry import Entry, stored_line
from desktop.journal.judgement import judge
from desktop.journal.objection import Objection
from desktop.runtime.processes.without_collector import without_collector
from desktop.storage.columns import columns_of
from desktop.storage.current_values.values import Current
from desktop.storage.database.statements import IN_EFFECT, add, run, run_among
from desktop.storage.database.statements import stream as streamed
from desktop.storage.dialects import dialect_of
from desktop.storage.journal.admission import Admission
from desktop.storage.journal.journal_table import chain_problems, stream_heads
from desktop.storage.projections import search
from desktop.storage.projections.exchange_projection import refresh_exchange
from desktop.storage.projections.refresh_projections import refresh_cases
from desktop.storage.reckoning import bases
from desktop.storage.tables import PROJECTIONS, search_row
from desktop.storage.upkeep.case_rows import FOUND_BY, OF_CASES, TOUCHED, Rows
from desktop.storage.upkeep.rebuild_order import (
    batches_by_case,
    forget_places,
    lines_again,
    lines_of_no_case,
    note_places,
)
from desktop.storage.upkeep.row_makers import with_rows

_BATCH: Final = 5000
"""Entries that are merged and projected together: a case that they speak of several times is written once."""


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
    return (stored_line(bytes(line)) for (line,) in streamed(connection, query))


def give_owners(connection: Connection, profile: Profile) -> None:
    """Note who owns the unbound ids of a journal from before there were owners: whose entry stands first. The order in
    which they arrived is not known any more."""
    items = _entries(connection)
    known = Admission(connection, profile)
    while batch := list(islice(items, _BATCH)):
        known.read_ahead(batch)
        for item in batch:
            known.took(item)
        known.write_down()


def rebuild(connection: Connection, progress: Progress, *, for_trial: bool = False) -> None:
    """Drop every projection row and project the whole journal again; all of it in the caller's transaction, so that
    whoever stops it, a full disk or a power cut leave what was.

    Cases of which nothing is known yet are made by themselves, several processes at once; what is left over is merged
    into what stands, as if it came in now. ``for_trial``: it is undone, so that the index of words, which no row tells
    of, is left empty."""
    tally = Tally(progress, sum(stream_heads(connection).values()))
    note_places(connection)
    for table in PROJECTIONS:
        run(connection, f"DELETE FROM {table.name}")  # noqa: S608 - own names
    bases.forget(connection)
    search.clear(connection)
    with without_collector():
        left = lines_again(
            connection, _make_alone(connection, tally, progress, by_words=not for_trial)
        )
        items = map(stored_line, chain(left, lines_of_no_case(connection)))
        while batch := list(islice(items, _BATCH)):
            progress.check()
            current = Current(connection)
            current.merge(batch)
            refresh(connection, current, batch)
            tally.add(len(batch))
    forget_places(connection)


def _make_alone(
    connection: Connection, tally: Tally, progress: Progress, *, by_words: bool
) -> list[tuple[int, int]]:
    """Add the rows of all cases that can be made by themselves; returns from which place to which the others stand."""
    left: list[tuple[int, int]] = []
    batches = batches_by_case(connection)
    with _filling(connection), closing(with_rows(batches, progress)) as every:
        for batch, rows in every:
            alone = rows is not None and _add_cases(connection, rows, by_words=by_words)
            if not alone:
                left.append((batch.first, batch.last))
            tally.add(len(batch.lines) if alone else 0)
    return left


@contextmanager
def _filling(connection: Connection) -> Iterator[None]:
    """Indexes come last where nobody reads by them meanwhile."""
    dialect = dialect_of(connection)
    indexes = [index for table in OF_CASES for index in table.indexes if dialect.indexes_last]
    for index in indexes:
        index.drop(connection, checkfirst=True)
    dialect.gather_words(connection, many=True)
    yield
    dialect.gather_words(connection, many=False)
    for index in indexes:
        index.create(connection)


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
    rebuild(connection, progress, for_trial=True)
    after = digest(connection)
    return () if before == after else ("projections.differ",)


_SPOKEN_OF: Final = (
    "SELECT case_id FROM case_span WHERE case_id AMONG ?",
    "SELECT case_id FROM case_link WHERE case_id AMONG ?",
    "SELECT into_id FROM case_link WHERE into_id AMONG ?",
)


def _add_cases(connection: Connection, rows: Rows, *, by_words: bool) -> bool:
    """Add ``rows``, and what finds them ``by_words``; False, and nothing, where what stands already speaks of one of
    their cases, as then they are not all there is to say of it."""
    touched = [case for (case,) in rows[TOUCHED]]
    if _are_known(connection, touched):
        return False
    for table in OF_CASES:
        add(connection, table.name, columns_of(table), rows[table.name])
    search.add_all(connection, rows[FOUND_BY], by_words=by_words)
    return True


def _are_known(connection: Connection, cases: Collection[str]) -> bool:
    return any(run_among(connection, question, cases) for question in _SPOKEN_OF)
