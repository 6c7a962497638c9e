"""A primary is killed under load and the server that stood by is promoted: seats go on, and nothing is missing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.session import Session
from desktop.storage.database.server_address import ServerAddress, server_address
from desktop.storage.store import SqlStore
from tests.support.clocks import CountingIds
from tests.support.replicated_servers import ReplicatedServers, replicated_servers
from tests.support.sessions import KEY, Seat, a_form, take_seat

SEATS = 3


@pytest.fixture(scope="module")
def servers() -> Iterator[ReplicatedServers]:
    with replicated_servers() as found:
        yield found


@dataclass
class Clerk:
    """Registers reports until told to end, and tries one again that the server did not acknowledge."""

    session: Session
    acknowledged: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    ending: threading.Event = field(default_factory=threading.Event)
    went_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def work(self) -> None:
        while not self.ending.is_set():
            form = a_form(self.session)
            try:
                register_report(self.session, form)
            except WorldError as error:
                self.refused.add(error.code)
            else:
                self.acknowledged.append(form.case_id)
                self.went_on.release()

    def wait_for(self, reports: int) -> None:
        for _ in range(reports):
            assert self.went_on.acquire(timeout=60)


def test_a_standby_takes_over(servers: ReplicatedServers, tmp_path: Path) -> None:
    both = server_address(servers.address("one", "two"))
    seat = take_seat(
        tmp_path / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
        role=InstallationRole.CENTRE, where=both,
    )  # fmt: skip
    *clerks, resting = (Clerk(session) for session in seats(seat, both))
    with ThreadPoolExecutor(SEATS) as pool:
        working = [pool.submit(clerk.work) for clerk in clerks]
        try:
            for clerk in clerks:
                clerk.wait_for(3)
            servers.kill("one")
            servers.promote("two")
            for clerk in clerks:
                while clerk.went_on.acquire(blocking=False):
                    pass
                clerk.wait_for(3)
        finally:
            for clerk in clerks:
                clerk.ending.set()
        for work in working:
            work.result()
    assert {code for clerk in clerks for code in clerk.refused} <= {
        "database.server_gone",
        "database.server_read_only",
    }
    with seat.session.store.read() as reader:
        cases = {card.id for card in reader.board()}
    assert cases.issuperset(case for clerk in clerks for case in clerk.acknowledged)
    assert seat.session.store.verify(SILENT) == ()
    assert_the_former_primary_is_not_written_to(servers, seat, clerks[0], resting)


def assert_the_former_primary_is_not_written_to(
    servers: ReplicatedServers, seat: Seat, clerk: Clerk, resting: Clerk
) -> None:
    """Started again it would take every word, and no other server would hear of it: of a program that is started after
    that, and of one that was ``resting`` all the time."""
    servers.start("one")
    before = len(clerk.acknowledged)
    fresh = SqlStore.open(
        server_address(servers.address("one", "two")), KEY, seat.session.profile, seat.clock
    )
    for session in (replace(clerk.session, store=fresh), resting.session):
        form = a_form(session)
        register_report(session, form)
        with seat.session.store.read() as reader:
            assert form.case_id in {card.id for card in reader.board()}
    fresh.close()
    servers.kill("two")
    for _ in range(2):  # lines that were open first
        with pytest.raises(WorldError, match=r"^database\.server_(former|gone)$") as caught:
            register_report(clerk.session, a_form(clerk.session))
    assert caught.value.code == "database.server_former"
    assert len(clerk.acknowledged) == before


def seats(seat: Seat, address: ServerAddress) -> Iterator[Session]:
    """The seats of the centre, each with a program of its own, and one more."""
    for number in range(SEATS + 1):
        store = SqlStore.open(address, KEY, seat.session.profile, seat.clock)
        yield replace(seat.session, store=store, ids=CountingIds(f"e{number}"))
