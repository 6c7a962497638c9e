"""Where the day is: the centre with its seats on the server, and stations that it enrolled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.day.plan import DayPlan
from tests.day.worker import Document, Look, Worker
from tests.support.replicated_servers import ReplicatedServers

FIRST: Final = "620001"
_SECOND: Final = "620002"
_GIVEN: Final = "Chu-shi-mi-ma-2026"
ALL_ROLES: Final = "dispatcher,approver,administrator,auditor"


@dataclass(frozen=True, slots=True)
class Seat:
    """A PC of the centre with a data folder of its own, and who sits at it."""

    worker: Worker
    root: Path
    officer: str

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


def open_centre(folder: Path, servers: ReplicatedServers, plan: DayPlan) -> tuple[Seat, ...]:
    """A centre on the servers, with an officer for each seat; the PCs of the seats have its data folder each."""
    root, setting_up = folder / "centre", Worker.come("set-up", folder / "set-up")
    first = Seat(setting_up, root, FIRST)
    setting_up.do(
        root, FIRST, "centre", "init", "--unit-name", "兰州市反诈中心", "--name", "李静",
        "--db", servers.address("one", "two"),
    )  # fmt: skip
    officers = [FIRST, *(str(int(_SECOND) + number) for number in range(max(plan.seats - 1, 1)))]
    given = folder / "given.txt"
    given.write_text(_GIVEN, "utf-8")
    for number, officer in enumerate(officers[1:]):
        second = ("--second", _SECOND) if number else ()
        first.do("officer", "add", officer, "--name", "周强", "--roles", ALL_ROLES,
                 "--new-password-file", os.fspath(given), *second)  # fmt: skip
        first.worker.do(root, officer, "--password-file", os.fspath(given), "officer", "password")
    setting_up.forkery.close()
    seats = []
    for number, officer in enumerate(officers[: plan.seats]):
        own = shutil.copytree(root, folder / f"seat{number}")
        seats.append(Seat(Worker.come(f"seat {number}", folder / f"pc{number}"), own, officer))
    return tuple(seats)


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
