"""A rebuild makes cases by themselves and side by side, and leaves the rows that entries left one by one."""

from __future__ import annotations

import random  # noqa: TID251 - repeatable, no secret
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import Cancelled, TrustError
from desktop.domain.progress import SILENT
from desktop.journal.entry import Entry
from desktop.runtime.processes import helper_process
from desktop.storage.database.memory_database import memory_database
from desktop.storage.database.statements import run
from desktop.storage.store import SqlStore
from desktop.storage.upkeep import rebuild_order, row_makers
from desktop.storage.upkeep.case_rows import rows_of_cases
from desktop.storage.upkeep.row_process import _answer, answered, question
from tests.storage.test_batches import some_entries, taken
from tests.storage.test_store import a_store, all_entries
from tests.support.databases import Databases
from tests.support.sweep import examples

_SEED = 5


def some_cases(folder: Path, seed: int = _SEED) -> list[Entry]:
    """Of two desks, with reports that were merged, amended, parted, and parts that moved."""
    return some_entries(random.Random(seed), folder)  # noqa: S311 - no secret


def one_by_one(store: SqlStore, entries: Sequence[Entry]) -> str:
    return taken(store, entries, together=False)


def in_small_batches(monkeypatch: pytest.MonkeyPatch, size: int = 3, *, processors: int) -> None:
    monkeypatch.setattr(rebuild_order, "_AT_ONCE", size)
    monkeypatch.setattr(row_makers, "_FEW", 0)
    monkeypatch.setattr("os.cpu_count", lambda: processors)


@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), size=st.integers(1, 40), forgotten=st.integers(0, 9))
def test_a_rebuild_leaves_the_rows_of_the_slow_way(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int, forgotten: int
) -> None:
    """Whatever was said, however it is cut, and whatever the projections of before knew of where it belongs."""
    folder = tmp_path_factory.mktemp("cases")
    with (
        pytest.MonkeyPatch.context() as patched,
        a_store(folder, "CCCC").closing() as store,
    ):
        patched.setattr(rebuild_order, "_AT_ONCE", size)
        expected = one_by_one(store, some_cases(folder, seed))
        with store.write() as writing:
            run(writing._connection, "DELETE FROM subject WHERE subject LIKE ?", (f"%{forgotten}",))
            run(
                writing._connection,
                "UPDATE subject SET case_id = 'c9' WHERE subject = ?",
                (f"order/{forgotten}",),
            )
            run(writing._connection, "DELETE FROM case_card WHERE case_id = ?", (f"c{forgotten}",))
        assert store.rebuild(SILENT) == expected
        assert store.verify(SILENT) == ()


def test_processes_make_the_same_rows(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_batches(monkeypatch, processors=2)
    with a_store(databases, "CCCC").closing() as store:
        expected = one_by_one(store, some_cases(tmp_path))
        assert store.rebuild(SILENT) == expected


def test_a_process_that_does_not_begin_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_batches(monkeypatch, processors=2)
    with a_store(tmp_path, "CCCC").closing() as store:
        expected = one_by_one(store, some_cases(tmp_path))
        for command in (["/nonexistent/程序"], ["false"], ["echo", "x"]):
            monkeypatch.setattr(
                helper_process, "helper_command", lambda _name, given=command: given
            )
            assert store.rebuild(SILENT) == expected


def test_who_stops_it_does_not_wait_for_a_process_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_batches(monkeypatch, processors=2)
    monkeypatch.setattr(helper_process, "helper_command", lambda _name: ["sleep", "600"])
    with a_store(tmp_path, "CCCC").closing() as store:
        before = one_by_one(store, some_cases(tmp_path))
        with pytest.raises(Cancelled):
            store.rebuild(_Stops(1))
        assert store.digest() == before


def test_two_databases_can_be_made_anew_at_once(tmp_path: Path) -> None:
    """As when a restored copy is tried while somebody checks his own."""
    lines = [entry.line() for entry in some_cases(tmp_path)]
    expected = rows_of_cases(lines)
    assert expected is not None
    with memory_database() as connection, ThreadPoolExecutor(1) as other:
        run(connection, "INSERT INTO case_link (case_id, into_id) VALUES ('x', 'y')")
        assert other.submit(rows_of_cases, lines).result() == expected
        assert run(connection, "SELECT case_id FROM case_link").scalars().all() == ["x"]


class _Stops:
    """Asked to stop after so many batches."""

    def __init__(self, after: int) -> None:
        self.left = after

    def advance(self, done: int, total: int) -> None:
        """Nobody watches."""

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_who_stops_it_anywhere_finds_what_was(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_batches(monkeypatch, 10, processors=1)
    with a_store(databases, "CCCC").closing() as store:
        before = one_by_one(store, some_cases(tmp_path))
        after = 0
        while True:
            try:
                store.rebuild(_Stops(after))
            except Cancelled:
                assert store.digest() == before
                after += 1
            else:
                break
        assert after > 1
        assert store.verify(SILENT) == ()
        entries = all_entries(store)
    with a_store(databases, "DDDD").closing() as other:  # indexes and words are as they were
        assert taken(other, entries, together=True) == before


def test_a_process_finds_altered_entries_as_the_program_does(tmp_path: Path) -> None:
    (line, *_) = [entry.line() for entry in some_cases(tmp_path)]
    with pytest.raises(TrustError, match=r"entry\.altered"):
        answered(_answer(question([line.replace(b'"wall":"2026', b'"wall":"2027')])))
    assert answered(_answer(question([line]))) is not None
