"""A centre on a server and three stations whose bundles wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.domain.installation.profile import FirstRun, InstallationRole, ServerChoice
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.storage.database.server_address import ServerAddress
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import CountingIds
from tests.support.databases import some_databases
from tests.support.installations import PASSWORD, machine
from tests.support.sessions import Seat, a_form, take_seat

UNITS = ("620102540000", "620103000000", "620104000000")


@dataclass
class City:
    """A centre on a server, and what three stations brought on sticks."""

    centre: Installation
    stations: list[Seat]
    sticks: list[Path]

    def whole(self, session: Session) -> None:
        """Nothing is lost, nothing came twice, and the rows are what the journal says."""
        with session.store.read() as reader:
            heads = reader.heads()
        for station in self.stations:
            with station.session.store.read() as reader:
                assert heads[station.keys.device_id] == self.last(station)
        assert session.store.verify(SILENT) == ()

    @staticmethod
    def last(station: Seat) -> int:
        """The last entry that was exported."""
        with station.session.store.read() as reader:
            return max(reader.exported(reader.peers()[0].card.device).values())


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with some_databases("postgresql", tmp_path) as server:
        place = server.place("centre")
        assert isinstance(place, ServerAddress)
        centre = Installation(tmp_path / "centre", machine(ids=CountingIds("cc")))
        centre.create(
            FirstRun(
                InstallationRole.CENTRE, "620100000000", "市反诈中心", "C", "620001", "李静",
                PASSWORD, server=ServerChoice(place.text, place.password),
            )
        )  # fmt: skip
        stations, sticks = [], []
        session = centre.sign_in("620001", PASSWORD)
        for number, unit in enumerate(UNITS):
            seat = take_seat(tmp_path / unit, "ABD"[number], unit_code=unit)
            trust_peer(seat.session, approve(session, own_card(seat.session)))
            for _ in range(4):
                issue_stop(seat.session, a_form(seat.session), 0, confirmed=True)
            stick = tmp_path / f"stick{number}"
            stick.mkdir()
            export_bundle(seat.session, stick, SILENT)
            stations.append(seat)
            sticks.append(stick)
        centre.close()
        yield City(centre, stations, sticks)
        for seat in stations:
            seat.session.store.close()
