"""A centre on a PostgreSQL database, its PCs with keys of their own, and a station."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from desktop.app.installation import Installation
from desktop.app.seats.enrol_seat import enrol_seat
from desktop.app.windows.sign_in_calls import sign_in_calls
from desktop.bundles.signed_files.cards import parse_card
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.installation.new_seat import NewSeat
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.domain.progress import SILENT
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, apply_bundle
from desktop.services.exchange.take_in.verify_origin import verify_origin
from desktop.services.officers.second_officer import SecondOfficer
from desktop.services.session import Session
from tests.app.test_server_centre import BOSS, choice, on_server
from tests.support.ceremony import colleague
from tests.support.clocks import CountingIds, HandClock
from tests.support.databases import Databases
from tests.support.installations import OFFICER, PASSWORD, introduce, machine, make_desk

CENTRE: Final = "620100000000"


@dataclass
class City:
    """The first PC of a centre, a station, and whatever seats join."""

    folder: Path
    first: Installation
    station: Installation
    seats: list[Installation] = field(default_factory=list)
    sticks: int = 0
    clock: HandClock | None = None
    """Of all PCs of the centre; None: each has its own."""

    @property
    def root(self) -> Session:
        return self.first.session

    def new_seat(self, unit: str = CENTRE) -> tuple[Installation, str]:
        name = f"s{len(self.seats)}"
        seat = Installation(self.folder / name, machine(self.clock, CountingIds(name)))
        self.seats.append(seat)
        facts, card = (
            NewSeat(unit, "兰州市反诈中心", "D", "620009", PASSWORD),
            self.folder / f"{name}.card",
        )
        sign_in_calls(seat).seat.make(facts, card)
        return seat, card.read_text("utf-8")

    def joined(
        self, number: str = BOSS, password: str = PASSWORD, second: SecondOfficer | None = None
    ) -> Session:
        """A seat that was let in and where an officer of the centre signed in."""
        seat, card = self.new_seat()
        _, approval = enrol_seat(self.first, card, second or colleague(self.root))
        file, calls = self.folder / "approval", sign_in_calls(seat).seat
        file.write_text(approval, "utf-8")
        assert calls.waiting() == grouped(parse_card(card).fingerprint)
        found, read = calls.look(file, "620009", PASSWORD)
        assert found.fingerprint == self.root.cards.fingerprint()
        assert calls.join(read, "620009", PASSWORD, "") == found
        assert calls.waiting() == ""
        session = seat.sign_in(number, password)
        assert seat.warnings == ()
        return session

    def stick(self) -> Path:
        self.sticks += 1
        made = self.folder / f"stick{self.sticks}"
        made.mkdir()
        return made

    def up(self, to: Session) -> None:
        stick = self.stick()
        export_bundle(self.station.session, stick, SILENT)
        assert ingest(to, to.quarantine, [stick], SILENT).problems == ()

    def down(self, of: Session) -> AppliedBundle:
        stick = self.stick()
        (bundle,) = write_replies(of, stick, SILENT)
        if bundle.error is not None:
            raise bundle.error
        return apply_bundle(self.station.session, [stick], SILENT)

    def close(self) -> None:
        for one in (self.first, self.station, *self.seats):
            one.close()


@contextmanager
def city_at(folder: Path, server: Databases, clock: HandClock | None = None) -> Iterator[City]:
    """A centre with one PC, at which its founder sits, and a station that knows it."""
    first = on_server(folder / "first", choice(server), clock)
    station = make_desk(folder / "station")
    made = City(folder, first, station, clock=clock)
    try:
        first.sign_in(BOSS, PASSWORD)
        station.sign_in(OFFICER, PASSWORD)
        introduce(station.session, first.session)
        yield made
    finally:
        made.close()


def answer(session: Session, number: str) -> None:
    now = session.clock.now()
    ends = now + timedelta(hours=48)
    reply(
        session,
        number,
        OrderReply(ReplyResult.DONE, 100, 0, now, ends, "中国农业银行", "", "", now),
    )


def answer_all(session: Session, numbers: list[str]) -> None:
    for number in numbers:
        answer(session, number)


def sound(session: Session) -> None:
    assert session.store.verify(SILENT) == ()
    assert session.store.overreach(SILENT) == ()
    assert verify_origin(session, SILENT).faults == ()
