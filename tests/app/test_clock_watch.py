"""Alarms in the whole program: from the journal to the strip, over restarts and jumps of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.app.notices import clock_watch
from desktop.app.pages.backup_card import Copies
from desktop.app.windows.screens import DeskWindow, Parts
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import WorldError
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.runtime.texts.settings import Settings
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.record_step import record_step, set_official_numbers
from desktop.ui.settings.settings_page import ChosenSettings
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.alarm_strip import AlarmStrip
from desktop.ui.shell.lock_screen import LockScreen
from desktop.ui.shell.nav_rail import RailItem
from desktop.ui.shell.status_bar import StatusBar
from tests.support.clocks import HandClock
from tests.support.installations import introduce
from tests.support.sessions import Seat, a_form, take_seat
from tests.support.texts import zh


def never(*_: object) -> NoReturn:
    """A call nobody makes here."""
    raise NotImplementedError


@dataclass
class Bench:
    """A station with one officer at it, whose window can be closed and opened again."""

    qtbot: QtBot
    kit: Kit
    seat: Seat
    window: DeskWindow | None = None

    def open(self) -> AlarmStrip:
        """Sign in: the window is there and its clocks are read."""
        parts = Parts(
            self.kit,
            self.seat.session,
            ChosenSettings(Settings()),
            (),
            never,
            never,
            Copies(never, never, never),
            never,
        )
        self.window = DeskWindow(parts)
        self.qtbot.addWidget(self.window.window)
        self.window.window.show()
        self.settle()
        strip = self.window.window.findChild(AlarmStrip)
        assert strip is not None
        return strip

    def tick(self, **later: float) -> None:
        """The machine's clock stands elsewhere when the second hand moves."""
        self.seat.clock.advance(**later)
        self.kit.ticks.tick()
        self.settle()

    def settle(self) -> None:
        """Timers of no length have run."""
        for _ in range(3):
            QApplication.processEvents()


@pytest.fixture
def bench(qtbot: QtBot, kit: Kit, tmp_path: Path) -> Bench:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    return Bench(qtbot, kit, take_seat(tmp_path / "desk", "A", clock=clock))


def test_a_machine_that_slept_over_a_term_tells_once_and_not_after_a_restart(bench: Bench) -> None:
    case = register_report(bench.seat.session, a_form(bench.seat.session)).case
    set_official_numbers(bench.seat.session, case, OfficialNumbers(incident="J620102261124"))
    strip = bench.open()
    assert not strip.isVisibleTo(strip.window())
    bench.tick(days=9)
    assert "立案审查已逾期" in strip.accessibleName()
    rail = strip.window().findChild(RailItem, "rail_orders")
    assert isinstance(rail, RailItem)
    assert "1 个时限已逾期" in rail.accessibleName()
    for later in (-8.5, 8.5, 30.0):
        bench.tick(days=later)
    assert bench.window is not None
    bench.window.window.close()
    again = bench.open()
    assert not again.isVisibleTo(again.window())
    item = again.window().findChild(RailItem, "rail_orders")
    assert isinstance(item, RailItem)
    assert "1 个时限已逾期" in item.accessibleName(), "overdue stays, though nothing is raised"


def test_a_look_that_failed_is_taken_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    case = register_report(bench.seat.session, a_form(bench.seat.session)).case
    set_official_numbers(bench.seat.session, case, OfficialNumbers(incident="J620102261124"))
    strip = bench.open()
    with monkeypatch.context() as full:
        full.setattr(clock_watch, "watch_clocks", _full)
        bench.tick(days=9)
    assert not strip.isVisibleTo(strip.window())
    bench.tick(seconds=61)
    assert "立案审查已逾期" in strip.accessibleName()


def _full(*_: object) -> NoReturn:
    raise WorldError("disk.full")


def test_what_is_recorded_while_the_window_is_open_is_watched_too(bench: Bench) -> None:
    strip = bench.open()
    session = bench.seat.session
    case = register_report(session, a_form(session)).case
    set_official_numbers(session, case, OfficialNumbers(incident="J620102261124"))
    record_step(session, case, StepKind.FILED, session.clock.now())
    record_step(session, case, StepKind.NOT_OURS, session.clock.now())
    assert bench.window is not None
    bench.window.navigator.changed()
    bench.settle()
    bench.tick(hours=23, minutes=1)
    assert "移送管辖即将到期，还剩 59:00" in strip.accessibleName()
    bench.tick(hours=1)
    assert "移送管辖已逾期" in strip.accessibleName()
    locked = bench.window.window
    locked.lock()
    bench.settle()
    record_step(session, case, StepKind.TRANSFERRED, session.clock.now())
    bench.window.navigator.changed()
    bench.settle()
    rail = strip.window().findChild(RailItem, "rail_orders")
    assert isinstance(rail, RailItem)
    assert "逾期" not in rail.accessibleName()


def test_the_status_bar_follows_what_the_sync_page_did(bench: Bench) -> None:
    bench.open()
    assert bench.window is not None
    bar = bench.window.window.findChild(StatusBar)
    assert isinstance(bar, StatusBar)
    centre = take_seat(bench.seat.root.parent / "centre", "C", role=InstallationRole.CENTRE).session
    introduce(bench.seat.session, centre)
    bench.window.sync.changed.emit()
    bench.settle()
    assert "未同步" in bar.line.text()


def lock_texts(bench: Bench) -> list[str]:
    """What the lock says, in its order."""
    assert bench.window is not None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    screen = bench.window.window.findChild(LockScreen)
    assert screen is not None
    return [label.text() for label in screen.findChildren(QLabel) if label.text()]


def test_a_missed_chance_stays_on_the_lock_for_an_hour(bench: Bench) -> None:
    """Near the top, and saying that it is over; the desk is locked all the while."""
    register_report(bench.seat.session, a_form(bench.seat.session))
    bench.open()
    assert bench.window is not None
    bench.window.window.show_page("board")
    bench.tick(minutes=5)
    bench.window.window.lock()
    bench.settle()
    running = lock_texts(bench)
    bench.tick(minutes=30)
    missed = lock_texts(bench)
    bench.tick(hours=1)
    later = lock_texts(bench)
    golden = [[t for t in texts if "黄金止付时间 1124" in t] for texts in (running, missed, later)]
    assert [len(texts) for texts in golden] == [1, 1, 0]
    assert not any(text.startswith("已过") for text in running)
    after = missed[missed.index(golden[1][0]) + 1]
    assert after.startswith("已过")
    clocks = [text.split(" ")[0] for text in missed if " 1124" in text]
    assert clocks == [
        zh("deadlines.revoke"),
        zh("deadlines.entry"),
        zh("deadlines.golden"),
        zh("deadlines.filing"),
    ], "as everywhere"


def test_money_that_is_held_has_missed_nothing(bench: Bench) -> None:
    session = bench.seat.session
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    now = session.clock.now()
    ends = now + timedelta(hours=48)
    held = OrderReply(ReplyResult.DONE, 9_800_000, 0, now, ends, "农行", "", "", now)
    record_reply(session, issued.order.id, held)
    bench.open()
    assert bench.window is not None
    bench.window.window.show_page("board")
    bench.tick(minutes=45)
    bench.window.window.lock()
    bench.settle()
    assert not any("黄金止付时间 1124" in text for text in lock_texts(bench))
