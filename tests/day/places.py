"""Where the day is: the centre with its seats on the server, and stations that it enrolled."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.day.plan import DayPlan
from tests.day.worker import DayFailedError, Document, Look, Worker
from tests.support.replicated_servers import ReplicatedServers

FIRST: Final = "620001"
_SECOND: Final = "620002"
_GIVEN: Final = "Chu-shi-mi-ma-2026"
_CENTRE: Final = "620100000000"
_NAME: Final = "兰州市反诈中心"
ALL_ROLES: Final = "dispatcher,approver,administrator,auditor"


@dataclass(frozen=True, slots=True)
class Seat:
    """A PC of the centre with keys of its own, and who sits at it. ``key``: the fingerprint of its own pair; "" at the
    first PC, which has the centre's."""

    worker: Worker
    root: Path
    officer: str
    key: str = ""

    def do(self, *words: str, look: Look | None = None, refused: str = "") -> Document:
        """A command until it is acknowledged, or refused with this code."""
        return self.worker.do(self.root, self.officer, *words, look=look, refused=refused)


@dataclass(frozen=True, slots=True)
class Station:
    """A station's PC."""

    number: int
    unit: str
    root: Path

    @property
    def name(self) -> str:
        """Of its unit."""
        return f"第{self.number + 1}派出所"

    @property
    def officer(self) -> str:
        """Its only one."""
        return f"62{self.number:04d}"


def open_centre(folder: Path, servers: ReplicatedServers, plan: DayPlan) -> tuple[Seat, list[str]]:
    """The first PC of a centre on the servers, and its officers, one for each seat, with passwords of their own."""
    worker = Worker.come("seat 0", folder / "pc0")
    first = Seat(worker, folder / "seat0", FIRST)
    first.do("centre", "init", "--unit-code", _CENTRE, "--unit-name", _NAME, "--name", "李静",
             "--db", servers.address("one", "two"))  # fmt: skip
    officers = [FIRST, *(str(int(_SECOND) + number) for number in range(max(plan.seats - 1, 1)))]
    given = folder / "given.txt"
    given.write_text(_GIVEN, "utf-8")
    for number, officer in enumerate(officers[1:]):
        second = ("--second", _SECOND) if number else ()
        first.do("officer", "add", officer, "--name", "周强", "--roles", ALL_ROLES,
                 "--new-password-file", os.fspath(given), *second)  # fmt: skip
        worker.do(first.root, officer, "--password-file", os.fspath(given), "officer", "password")
    return first, officers


def open_seats(folder: Path, first: Seat, officers: Iterable[str]) -> Iterator[Seat]:
    """Further PCs: each brings its card, two officers let it in at the first one, and it joins by what comes back."""
    for number, officer in enumerate(officers, 1):
        worker, root = (
            Worker.come(f"seat {number}", folder / f"pc{number}"),
            folder / f"seat{number}",
        )
        card, approval = (
            os.fspath(folder / f"seat{number}.{what}") for what in ("card", "approval")
        )
        made = worker.do(root, officer, "centre", "seat-card", "--unit-code", _CENTRE,
                         "--unit-name", _NAME, "--to", card)  # fmt: skip
        first.do("centre", "add-device", card, "--approval", approval, "--second", _SECOND)
        joined = worker.do(root, officer, "centre", "join", approval)
        if joined["fingerprint"] == made["fingerprint"]:
            raise DayFailedError(f"{worker.name} has the keys of the centre")
        yield Seat(worker, root, officer, made["fingerprint"])


def take_away(first: Seat, seat: Seat) -> None:
    """At the first PC: a seat works for the centre no longer."""
    left = first.do("centre", "remove-device", seat.key, "--second", _SECOND)["devices"]
    if seat.key in {row["fingerprint"] for row in left}:
        raise DayFailedError(f"{seat.worker.name} is still there")


def open_stations(
    folder: Path, numbers: Iterable[int], worker: Worker, centre: Seat
) -> Iterator[Station]:
    """Stations that were set up and enrolled at the centre, one after the other."""
    (folder / "cards").mkdir(parents=True, exist_ok=True)
    for number in numbers:
        station = Station(number, DayPlan.unit(number), folder / f"station{number}")
        card, approved = (
            os.fspath(folder / "cards" / f"{number}.{what}") for what in ("card", "approved")
        )
        at, officer = station.root, station.officer
        worker.do(at, officer, "init", "--unit-code", station.unit, "--unit-name",
                  station.name, "--device", "A", "--name", "王建国")  # fmt: skip
        worker.do(at, officer, "trust", "card", "--to", card)
        second = FIRST if centre.officer == _SECOND else _SECOND
        centre.do("centre", "enrol", card, "--to", approved, "--second", second)
        worker.do(at, officer, "trust", "add", approved)
        yield station
