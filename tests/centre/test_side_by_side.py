"""Several processes take bundles in at one centre on a server; and what becomes of them when it goes away."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from desktop.app.installation import Installation
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.errors import WorldError
from desktop.domain.progress import SILENT
from desktop.journal.entry import Entry
from desktop.journal.touching import Touched
from desktop.storage.projections import refresh_projections
from tests.centre.cities import UNITS, City
from tests.support.clocks import CountingIds
from tests.support.databases import server_of_tests
from tests.support.installations import PASSWORD, machine
from tests.support.sessions import Seat

ROOT = Path(__file__).resolve().parents[2]


def child(city: City, name: str, sticks: list[Path]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.centre.ingest_child", str(city.centre.paths.root), name]
        + [str(stick) for stick in sticks],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_side_by_side_lose_nothing_and_take_nothing_twice(city: City) -> None:
    orders = list(permutations(city.sticks))[::2]
    children = [child(city, f"c{number}", list(order)) for number, order in enumerate(orders)]
    for process in children:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    told = [json.loads(process.communicate("go\n")[0]) for process in children]
    assert [item["problems"] for item in told] == [[]] * len(children)
    assert sum(item["applied"] for item in told) == sum(map(city.last, city.stations))
    session = city.centre.sign_in("620001", PASSWORD)
    city.whole(session)
    with session.store.read() as reader:
        own = [name for name in reader.heads() if name.startswith(session.profile.device)]
        received = [row for row in reader.bundles() if not row.outgoing]
    assert len(own) == 1 + len(UNITS)
    assert len(received) == len(UNITS)
    again = ingest(session, Quarantine(city.centre.paths.quarantine), city.sticks, SILENT)
    assert (again.applied, again.problems) == (0, ())
    city.centre.close()


def entries_of(station: Seat) -> list[Entry]:
    with station.session.store.read() as reader:
        return list(reader.entries(station.keys.device_id, 1, City.last(station)))


def test_who_touches_nothing_of_another_need_not_wait(city: City) -> None:
    """Two transactions at once over two connections; were one to wait for the other, neither would ever end."""
    first, second = (
        city.centre.sign_in("620001", PASSWORD),
        Installation(city.centre.paths.root, machine(ids=CountingIds("dd"))),
    )
    other = second.sign_in("620001", PASSWORD)
    some, more = (entries_of(station) for station in city.stations[:2])
    scopes = []
    for number, entries in enumerate((some, more)):
        touched = Touched()
        for entry in entries:
            touched.note(entry)
        scopes.append(
            touched.with_own(
                frozenset({f"{first.profile.device}.{UNITS[number]}"}), f"bundle/{number}"
            )
        )
    with first.store.write(scopes[0]) as one, other.store.write(scopes[1]) as two:
        assert one.apply(some).applied == len(some)
        assert two.apply(more).applied == len(more)
    assert first.store.verify(SILENT) == ()
    second.close()
    city.centre.close()


def test_a_server_that_goes_away_in_the_middle_leaves_nothing_half(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = city.centre.sign_in("620001", PASSWORD)
    quarantine = Quarantine(city.centre.paths.quarantine)
    before = session.store.digest()
    with monkeypatch.context() as going:
        going.setattr(refresh_projections, "take_links", cut_off)
        done = ingest(session, quarantine, city.sticks[:1], SILENT)
    assert [problem.error.code for problem in done.problems] == ["database.server_gone"]
    assert isinstance(done.problems[0].error, WorldError)
    assert session.store.digest() == before
    assert quarantine.rows() == ()  # nothing is wrong with the bundle
    for _ in range(2):
        assert not ingest(session, quarantine, city.sticks, SILENT).problems
        city.whole(session)
    city.centre.close()


def cut_off(connection: object, *_: object) -> frozenset[str]:
    """The server is stopped: it ends the connection, and what was begun on it is gone."""
    run = connection.exec_driver_sql  # type: ignore[attr-defined]
    process = run("SELECT pg_backend_pid()").scalar()
    engine = create_engine(server_of_tests(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as stopping:
        stopping.exec_driver_sql(f"SELECT pg_terminate_backend({process})")
    engine.dispose()
    run("SELECT 1")
    return frozenset()
