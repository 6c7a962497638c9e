"""How much a bundle asks the database follows neither from its entries nor from what the centre holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import event

from desktop.domain.progress import SILENT
from desktop.journal.entry import Entry, NewEntry
from desktop.services.ports import Applied
from desktop.storage.store import SqlStore
from tests.storage.test_store import a_case, a_store, all_entries
from tests.support.databases import KINDS, Databases, some_databases

_CASES = 60
_MOST = 60
"""Statements for one batch, whatever it holds."""
_BY_NOBODY = {"unit_code": "", "accepted_by": "1"}
"""A unit that the centre does not know holds nothing for another one."""
_APART = 3
"""Batches may differ by what one of them finds to ask more."""


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    with some_databases(request.param, tmp_path) as found:
        yield found


def _spoken() -> Iterator[NewEntry]:
    """Cases, and of each a payment with an amount in words, which is refused."""
    for number in range(100_000):
        case = f"c{number}"
        made = a_case(case=case, serial=number + 1)
        yield NewEntry(made.kind, made.subject, {**made.fields, **_BY_NOBODY})
        yield NewEntry(
            "transfer.recorded", f"transfer/x{number}", {"case": case, "amount_fen": "many"}
        )


def _applied(store: SqlStore, entries: Sequence[Entry]) -> tuple[int, Applied]:
    """How many statements it took, and what came of it."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        with store.write() as writing:
            applied = writing.apply(entries)
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
    return len(asked), applied


def test_neither_entries_nor_a_growing_centre_take_more_statements(databases: Databases) -> None:
    spoken = _spoken()
    with (
        a_store(databases, "AAAA").closing() as desk,
        a_store(databases, "CCCC").closing() as centre,
    ):
        taken = 0
        counted = []
        for cases in (_CASES // 3, _CASES, 5 * _CASES, _CASES):
            with desk.write() as writing:
                writing.append_all("1", list(islice(spoken, 2 * cases)))
            entries = all_entries(desk)[taken:]
            taken += len(entries)
            steps, applied = _applied(centre, entries)
            assert (applied.applied, len(applied.refused)) == (cases, cases), applied.refused[
                0
            ].error
            counted.append(steps)
        small, usual, large, later = counted
        assert max(counted) <= _MOST
        assert later - usual <= _APART, "the centre has grown fivefold"
        assert large - small <= _APART, "fifteen times as many entries"
        assert centre.digest() == centre.rebuild(SILENT)
