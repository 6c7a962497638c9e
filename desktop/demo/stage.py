"""The stage of the demonstration: a station's PC, the centre's PC, a stick, and where pictures go."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app.installation import Machine
from desktop.app.windows.window import Program
from desktop.demo.driver import DemoError, Driver
from desktop.domain.case_file.views import OrderView
from desktop.domain.time.clock import Clock
from desktop.runtime.files.resources import resource_path
from desktop.runtime.id_source import UuidSource
from desktop.runtime.system_clock import SystemClock
from desktop.services.look_up import orders
from desktop.services.session import Session
from desktop.ui.shared.kit.thread_runner import TaskRunner

STATION_UNIT = ("620102540000", "兰州市公安局城关分局张掖路派出所")
CENTRE_UNIT = ("620100000000", "兰州市反诈中心")
STATION_OFFICER = ("620134", "王建国", "Zhang-ye-lu-2026")
CENTRE_OFFICER = ("620001", "李静", "Fan-zha-2026-96110")
SAMPLES = (
    "转账凭证.png",
    "聊天记录.png",
    "微信账单.csv",
    "工行流水.csv",
    "收款码.png",
    "建行回单.pdf",
)

_BEFORE = timedelta(days=21)
"""How long before today both PCs were started for the first time."""


class SetClock:
    """Runs like ``real``, behind it by as much as it was set back. It never goes backwards."""

    def __init__(self, real: Clock, behind: timedelta) -> None:
        self._real = real
        self._behind = behind

    def now(self) -> datetime:
        """See :class:`desktop.domain.time.clock.Clock`."""
        return self._real.now() - self._behind

    def real(self) -> datetime:
        """The time it will show once it is set right."""
        return self._real.now()

    def set(self, now: datetime) -> None:
        """Put it forward to ``now``; an earlier time changes nothing."""
        self._behind = min(self._behind, self._real.now() - now)

    def set_right(self) -> None:
        """The real time from here on."""
        self._behind = timedelta()


@dataclass
class DemoComputer:
    """One PC: its program and the hands that work it."""

    program: Program
    driver: Driver


@dataclass
class DemoStage:
    """Everything the steps share."""

    app: QApplication
    out: Path
    files: list[Path] = field(default_factory=list)
    places: dict[str, DemoComputer] = field(default_factory=dict)
    keystrokes: int = 0
    """Keys beyond the facts themselves, from an empty form to the issued stop."""
    clock: SetClock = field(default_factory=lambda: SetClock(SystemClock(), _BEFORE))
    """That of both PCs; it begins three weeks ago."""

    @property
    def stick(self) -> Path:
        """The stick that is carried."""
        return self.out / "stick"

    @property
    def desk_card(self) -> Path:
        """The station's enrolment card."""
        return self.out / "cards" / "station.fanzha-card.txt"

    @property
    def approval_card(self) -> Path:
        """The centre's approval card."""
        return self.out / "cards" / "approval.fanzha-card.txt"

    def sample(self, name: str) -> Path:
        """A sample file, copied to where a victim's phone would have put it."""
        target = self.out / "phone" / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(resource_path(f"samples/{name}"), target)
        return target

    def switch_on(self, name: str) -> DemoComputer:
        """Start the program of a PC, with threads and windows as ever."""
        runner = TaskRunner()
        program = Program(
            self.app,
            self.out / "profiles" / name,
            machine=Machine(self.clock, UuidSource(self.clock)),
            runner=runner,
        )
        place = DemoComputer(program, Driver(runner))
        self.places[name] = place
        program.start()
        place.driver.rest()
        return place

    def close(self) -> None:
        """Close every program."""
        for place in self.places.values():
            if place.program.front is not None:
                place.program.front.close()
            place.driver.rest()
            place.program.shut_down()

    def front(self, name: str) -> Driver:
        """Bring one PC's window to the front and the other's away."""
        for other, place in self.places.items():
            window = place.program.front
            if window is not None and other != name:
                window.hide()
        place = self.places[name]
        if place.program.front is None:
            raise DemoError(f"{name} has no window")
        place.program.front.show()
        place.program.front.activateWindow()
        place.driver.rest()
        return place.driver

    def session(self, name: str) -> Session:
        """The services behind a window, to look whether what was done there is in the journal."""
        session = self.places[name].program.session
        if session is None:
            raise DemoError(f"nobody is signed in at the {name}")
        return session

    def newest_order(self, name: str) -> OrderView:
        """The order that was given last: the one this day is about."""
        found = orders(self.session(name))
        if not found:
            raise DemoError(f"there is no order at the {name}")
        return max(found, key=lambda view: view.order.issued_at)

    def picture(self, driver: Driver, name: str) -> None:
        """Keep what is on the screen."""
        self.files.append(driver.picture(self.out / "screens" / f"{name}.png"))

    def keep(self, name: str, data: bytes) -> Path:
        """Keep a file the demonstration made."""
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files.append(path)
        return path
