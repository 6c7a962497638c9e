"""A database whose projections an older program made."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import inspect

from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import SILENT, Progress
from desktop.services.ports import ReckonedCases
from desktop.storage.dialects import dialect_of
from desktop.storage.store import SqlStore
from desktop.storage.upkeep import rebuild_order, upgrade
from desktop.storage.upkeep.upgrade import projected_form
from tests.storage.test_store import KEY, a_case, a_profile, a_store
from tests.support.clocks import HandClock
from tests.support.databases import Databases


def _reopened(databases: Databases, progress: Progress = SILENT) -> SqlStore:
    return SqlStore.open(databases.place("AAAA"), KEY, a_profile("AAAA"), HandClock(), progress)


def test_projections_of_another_form_are_made_anew_and_the_journal_stays(
    databases: Databases,
) -> None:
    store = a_store(databases, "AAAA")
    with store.write() as transaction:
        transaction.append("620134", a_case())
    wanted = store.digest()
    with (  # an older program knew fewer tables and columns
        store._engine.connect().execution_options(write=True) as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql("DROP TABLE task_row")
        connection.exec_driver_sql("ALTER TABLE case_card DROP COLUMN at_odds")
        dialect_of(connection).mark_form(connection, 0)
    store.close()
    for _ in range(2):  # the second start finds nothing to do
        store = _reopened(databases)
        assert store.digest() == wanted
        assert store.verify(SILENT) == ()
        with store.read() as reader:
            assert [card.victim for card in reader.board()] == ["李秀兰"]
        store.close()


def test_indexes_of_another_version_are_changed_without_making_anything_anew(
    databases: Databases,
) -> None:
    store = a_store(databases, "AAAA")
    with store.write() as transaction:
        transaction.append("620134", a_case())
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        stood = frozenset(upgrade._indexes_of(connection))
        connection.exec_driver_sql("DROP INDEX board_row_victim")
        connection.exec_driver_sql("CREATE INDEX board_row_former ON board_row (letter)")
    store.close()
    told = _StopsAt(2.0)
    store = _reopened(databases, told)
    with store._engine.connect() as connection:
        assert upgrade._indexes_of(connection) == stood
    assert told.told == []
    store.close()


class _StopsAt:
    """Asks to stop when so much is done."""

    def __init__(self, share: float) -> None:
        self.told: list[tuple[int, int]] = []
        self._share = share

    def advance(self, done: int, total: int) -> None:
        self.told.append((done, total))

    def check(self) -> None:
        if self.told and self.told[-1][0] >= self._share * self.told[-1][1]:
            raise Cancelled


def test_whoever_stops_it_leaves_what_was_and_the_next_start_goes_through(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild_order, "_AT_ONCE", 3)
    store = a_store(databases, "AAAA")
    with store.write() as writing:
        for serial in range(1, 20):
            writing.append("1", a_case(case=f"c{serial}", serial=serial))
    expected, stood = store.digest(), projected_form()
    store.close()
    monkeypatch.setattr(upgrade, "PROJECTING", upgrade.PROJECTING + 1)
    stopping = _StopsAt(0.5)
    with pytest.raises(Cancelled):
        _reopened(databases, stopping)
    assert stopping.told
    with monkeypatch.context() as older:  # who goes back to the older program finds what was
        older.setattr(upgrade, "PROJECTING", upgrade.PROJECTING - 1)
        older.setattr(upgrade, "rebuild", None)
        assert projected_form() == stood
        store = _reopened(databases)
        assert store.digest() == expected
        store.close()
    going = _StopsAt(2)
    store = _reopened(databases, going)
    assert going.told[-1] == (19, 19)
    assert store.digest() == expected
    store.close()


def test_room_is_looked_for_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    store = SqlStore.create(path, KEY, a_profile("AAAA"), HandClock())
    with store.write() as writing:
        writing.append("1", a_case())
    expected = store.digest()
    store.close()
    monkeypatch.setattr(upgrade, "PROJECTING", upgrade.PROJECTING + 1)
    free = path.stat().st_size - 1
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
        with pytest.raises(WorldError) as caught:
            SqlStore.open(path, KEY, a_profile("AAAA"), HandClock())
    assert caught.value.code == "disk.not_enough"
    store = SqlStore.open(path, KEY, a_profile("AAAA"), HandClock())
    assert store.digest() == expected
    store.close()


def test_clocks_that_an_older_program_kept_are_reckoned_anew(databases: Databases) -> None:
    store = a_store(databases, "AAAA")
    now = HandClock().now()
    with store.write() as transaction:
        transaction.append("620134", a_case(case="c1"))
        transaction.project()
        basis = transaction.put_basis_in_order("rules", now)
        transaction.keep_reckoned(transaction.arrears(basis, 1), ReckonedCases(), now)
        assert transaction.waiting(basis) == 0
    with (
        store._engine.connect().execution_options(write=True) as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql("ALTER TABLE reckoning DROP COLUMN idle")
        connection.exec_driver_sql("CREATE TABLE clock_basis (basis TEXT, reckoned INTEGER)")
        connection.exec_driver_sql("DROP TABLE case_clock")
        dialect_of(connection).mark_form(connection, 0)
    store.close()
    store = _reopened(databases)
    with store.write() as transaction:
        assert transaction.waiting(basis) is None
        basis = transaction.put_basis_in_order("rules", now)
        assert list(transaction.arrears(basis, 1).cases) == ["c1"]
    assert not inspect(store._engine).has_table("clock_basis")
    store.close()
