"""The counts of late tasks and overdue clocks in the rail."""

from __future__ import annotations

from datetime import timedelta

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.nav_rail import RailItem
from desktop.ui.shell.window_host import DeskStatus
from tests.support.clocks import START, HandClock
from tests.ui.pages.shell import ShellPage


def test_the_rail_counts_what_is_late_and_follows_the_clock(shell: ShellPage, kit: Kit) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    item = shell.find("rail_board", RailItem)
    dues = (START - timedelta(hours=1), START + timedelta(minutes=5), START + timedelta(days=2))
    shell.window.set_status(DeskStatus(saved_at=START, task_dues=dues))
    assert "1 项待办已超时" in item.accessibleName()
    clock.advance(minutes=5)
    kit.ticks.tick()
    assert "2 项待办已超时" in item.accessibleName()
    kit.texts.set_language("en")
    assert "2 tasks overdue" in item.toolTip()
    shell.window.set_status(DeskStatus(saved_at=START))
    assert item.accessibleName() == "Cases"
