"""A database whose projections an older program made."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.progress import SILENT
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_case, a_profile, a_store
from tests.support.clocks import HandClock


def _reopened(folder: Path) -> SqlStore:
    return SqlStore.open(folder / "AAAA.db", KEY, a_profile("AAAA"), HandClock())


def test_projections_of_another_form_are_made_anew_and_the_journal_stays(tmp_path: Path) -> None:
    store = a_store(tmp_path, "AAAA")
    with store.write() as transaction:
        transaction.append("620134", a_case())
    wanted = store.digest()
    with store._engine.begin() as connection:  # an older program knew fewer tables and columns
        connection.exec_driver_sql("DROP TABLE task_row")
        connection.exec_driver_sql("ALTER TABLE case_card DROP COLUMN conflicts")
        connection.exec_driver_sql("PRAGMA application_id = 0")
    store.close()
    for _ in range(2):  # the second start finds nothing to do
        store = _reopened(tmp_path)
        assert store.digest() == wanted
        assert store.verify(SILENT) == ()
        with store.read() as reader:
            assert [card.victim for card in reader.board()] == ["李秀兰"]
        store.close()
