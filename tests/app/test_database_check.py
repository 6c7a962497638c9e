"""Once a day, while nobody works, the whole database is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.app.pages.database_check import DatabaseWatch
from desktop.domain.progress import Progress
from desktop.ui.settings.data import DatabaseCard
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk


class Room:
    """A signed-in desk; ``looks`` counts."""

    def __init__(self, kit: Kit, qtbot: QtBot, root: Path) -> None:
        self.clock = HandClock()
        self.made = make_desk(root / "desk", own=machine(self.clock))
        self.session = self.made.sign_in(OFFICER, PASSWORD)
        self.idle = timedelta(0)
        self.looks = 0
        self.host = QWidget()
        qtbot.addWidget(self.host)
        card = DatabaseCard(kit, self._check, self.session.store.file_checked_at, self.host)
        self.watch = DatabaseWatch(kit, self.session, lambda: card, lambda: self.idle, self.host)

    def _check(self, progress: Progress) -> None:
        self.looks += 1
        self.session.store.check_file(progress)

    def wait(self, idle: timedelta, **amount: int) -> int:
        """After so long, during which somebody worked until ``idle`` ago."""
        self.clock.advance(**amount)
        self.idle = idle
        self.watch.look()
        return self.looks


@pytest.fixture
def room(kit: Kit, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(kit, qtbot, tmp_path)
    yield made
    made.made.close()


def test_a_quiet_moment_of_each_day_is_taken(room: Room) -> None:
    quiet = timedelta(minutes=5)
    assert room.wait(timedelta(0), minutes=1) == 0, "somebody works"
    assert room.wait(quiet, minutes=5) == 1
    assert room.session.store.file_checked_at() == room.clock.now()
    assert room.wait(quiet, hours=23) == 1
    assert room.wait(quiet, hours=1) == 2


def test_where_somebody_always_works_it_is_looked_at_after_a_week(room: Room) -> None:
    assert room.wait(timedelta(0), days=5) == 0
    assert room.wait(timedelta(0), days=1) == 1
    assert room.wait(timedelta(0), days=6) == 1
    assert room.wait(timedelta(0), days=1) == 2


def test_a_clock_that_was_ahead_keeps_it_from_no_look(room: Room) -> None:
    quiet = timedelta(minutes=5)
    assert room.wait(quiet, days=400) == 1
    assert room.wait(quiet, days=-399) == 2
    assert room.session.store.file_checked_at() == room.clock.now()
    assert room.wait(quiet, hours=23) == 2
