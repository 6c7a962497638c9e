"""A database whose projections an older program made."""

from __future__ import annotations

from desktop.domain.progress import SILENT
from desktop.storage.dialects import dialect_of
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_case, a_profile, a_store
from tests.support.clocks import HandClock
from tests.support.databases import Databases


def _reopened(databases: Databases) -> SqlStore:
    return SqlStore.open(databases.place("AAAA"), KEY, a_profile("AAAA"), HandClock())


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
        connection.exec_driver_sql("ALTER TABLE case_card DROP COLUMN conflicts")
        dialect_of(connection).mark_form(connection, 0)
    store.close()
    for _ in range(2):  # the second start finds nothing to do
        store = _reopened(databases)
        assert store.digest() == wanted
        assert store.verify(SILENT) == ()
        with store.read() as reader:
            assert [card.victim for card in reader.board()] == ["李秀兰"]
        store.close()
