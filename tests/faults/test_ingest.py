"""What happens to the centre's data while bundles are taken in: full, locked, or told an old state once more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.look_up import board, case_file
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from tests.support.error_texts import assert_error
from tests.support.seat_fixtures import centre, centre_seat, seat, session
from tests.support.sessions import KEY, Seat, a_form

__all__ = ["centre", "centre_seat", "seat", "session"]
REPORTS = 30


def bring(session: Session, folder: Path) -> Path:
    folder.mkdir()
    export_bundle(session, folder, SILENT)
    return folder


def take_in(centre: Session, folder: Path) -> AppliedBundle:
    return ingest(centre, Quarantine(folder / "no"), [folder], SILENT)


@pytest.fixture
def stick(session: Session, centre: Session, quick_folder: Path) -> Path:
    """More than fits where nothing more fits."""
    assert board(centre) == ()
    for number in range(REPORTS):
        register_report(session, a_form(session, f"报案人{number}", narrative="长" * 4_000))
    return bring(session, quick_folder / "stick")


@contextmanager
def pragma(store: SqlStore, statement: str) -> Iterator[None]:
    """Every transaction of the store begins with ``statement``."""
    engine = store._engine  # there is no other way to fill a database

    def run_statement(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", run_statement)
    try:
        yield
    finally:
        event.remove(engine, "begin", run_statement)


def assert_refused_then_whole(
    centre: Session, stick: Path, refused: AppliedBundle, code: str
) -> None:
    """Nothing of it is here and nothing is in quarantine; the same bundle is then taken in once."""
    (problem,) = refused.problems
    assert_error(problem.error, code)
    assert not list((stick / "no").glob("*.fzb")), "the bundle is good, the disk was not"
    assert board(centre) == ()
    assert centre.store.verify(SILENT) == ()
    again = take_in(centre, stick)
    assert (again.problems, again.already) == ((), 0)
    assert len(board(centre)) == REPORTS
    assert take_in(centre, stick).applied == 0
    assert centre.store.verify(SILENT) == ()


def test_the_database_is_full_half_way(centre_seat: Seat, centre: Session, stick: Path) -> None:
    with centre.store._engine.connect() as connection:  # type: ignore[attr-defined]  # as above
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    assert isinstance(centre.store, SqlStore)
    with pragma(centre.store, f"PRAGMA max_page_count = {pages + 20}"):
        refused = take_in(centre, stick)
    with pragma(centre.store, "PRAGMA max_page_count = 4294967294"):
        assert_refused_then_whole(centre, stick, refused, "disk.full_plain")
    assert centre_seat.session is centre


def test_another_program_holds_the_database(
    centre_seat: Seat, centre: Session, stick: Path
) -> None:
    other = SqlStore.open(centre_seat.root / "desk.db", KEY, centre.profile, centre_seat.clock)
    assert isinstance(centre.store, SqlStore)
    for connection in [centre.store._engine.connect() for _ in range(3)]:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")  # nobody waits ten seconds here
        connection.close()
    with other.write():
        refused = take_in(centre, stick)
    other.close()
    assert_refused_then_whole(centre, stick, refused, "database.busy")


def test_a_station_sends_an_old_state_once_more(
    seat: Seat, session: Session, centre: Session, quick_folder: Path
) -> None:
    """The stick of yesterday after that of today: what was amended since stays."""
    case = register_report(session, a_form(session, narrative="起初这样说")).case
    old = bring(session, quick_folder / "old")
    seat.clock.advance(hours=5)
    register_report(session, replace(form_of(session, case), narrative="后来改口"))
    new = bring(session, quick_folder / "new")
    assert not take_in(centre, new).problems
    assert case_file(centre, case).case.narrative == "后来改口"
    told = take_in(centre, old)
    assert (told.problems, told.applied) == ((), 0)
    assert told.already > 0
    assert case_file(centre, case).case.narrative == "后来改口"
    assert take_in(centre, new).applied == 0
