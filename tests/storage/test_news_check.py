"""What is new since the last check is checked by itself, and found wrong by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.storage.store import SqlStore
from tests.storage.test_some_and_all import part
from tests.storage.test_store import KEY, a_case, a_profile, a_store
from tests.support.clocks import HandClock
from tests.support.databases import some_databases

DAMAGE = {
    "an entry": "UPDATE entry SET officer = '9' WHERE seq = 5",
    "an entry that is gone": "DELETE FROM entry WHERE seq = 4",
    "a value": "UPDATE value SET fields = '{}' WHERE subject = 'case/c3'",
    "a card": "UPDATE case_card SET victim = 'x' WHERE case_id = 'c3'",
    "an order of an old case": "UPDATE order_row SET number = 'x' WHERE order_id = '1'",
    "where the old part ended": "UPDATE entry SET hash = 'x' WHERE seq = 2",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Two cases that were checked; since then one of them has an order, and there is a third."""
    made = a_store(tmp_path, "AAAA")
    with made.write() as writing:
        writing.append_all("1", [a_case(case="c1"), a_case(case="c2")])
    assert made.verify(SILENT) == ()
    with made.write() as writing:
        writing.append_all("1", [part("order", 1, "c1"), a_case(case="c3")])
        writing.append("1", NewEntry("case.moved", "case/c3", {"state": "frozen"}))
    yield made
    made.close()


def _run(store: SqlStore, statement: str) -> None:
    """As nobody may: the journal itself refuses to be altered."""
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        guards = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (name,) in guards.fetchall():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)


def test_sound_news_are_found_sound_and_change_nothing(store: SqlStore) -> None:
    before = store.digest()
    assert store.verify_news(SILENT) == ()
    assert store.digest() == before
    assert store.verify_news(SILENT) == ()


@pytest.mark.parametrize("what", DAMAGE)
def test_what_was_altered_is_found(store: SqlStore, what: str) -> None:
    _run(store, DAMAGE[what])
    found = store.verify_news(SILENT)
    assert found != ()
    assert store.verify_news(SILENT) == found, "a check that found something notes nothing"


def test_what_stood_before_is_left_to_the_whole_check(store: SqlStore) -> None:
    _run(store, "UPDATE case_card SET victim = 'x' WHERE case_id = 'c2'")
    assert store.verify_news(SILENT) == ()
    assert store.verify(SILENT) == ("projections.differ",)


def test_where_nothing_was_checked_all_of_it_is(tmp_path: Path) -> None:
    store = a_store(tmp_path, "AAAA")
    with store.write() as writing:
        writing.append("1", a_case(case="c1"))
    _run(store, "UPDATE case_card SET victim = 'x'")
    assert store.verify_news(SILENT) == ("projections.differ",)
    store.close()


def test_what_another_seat_writes_while_the_check_ends_is_still_news(tmp_path: Path) -> None:
    with some_databases("postgresql", tmp_path) as databases:
        store = a_store(databases, "AAAA")
        place = databases.place("AAAA")
        other = SqlStore.open(place, KEY, a_profile("AAAA"), HandClock())
        undone: list[Connection] = []

        def write(*_statement: object) -> None:
            if undone:
                undone.clear()
                with other.write() as writing:
                    writing.append("1", a_case(case="c1"))

        event.listen(store._engine, "rollback", undone.append)
        event.listen(store._engine, "before_cursor_execute", write)
        assert store.verify_news(SILENT) == ()
        with (
            store._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            connection.exec_driver_sql("UPDATE case_card SET victim = 'x'")
        assert store.verify_news(SILENT) == ("projections.differ",)
        store.close()
        other.close()
