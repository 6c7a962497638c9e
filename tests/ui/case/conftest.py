"""A case page over an invented case."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner
from tests.ui.case import samples
from tests.ui.case.fakes import SETUP, FakeCase, FakePane, FakeWindow
from tests.ui.pages.case import CasePage

WIDTH, HEIGHT = 1366 - 72, 768 - 48 - 28


@dataclass
class Bench:
    """Everything a test of the page holds in its hands."""

    page: CasePage
    port: FakeCase
    window: FakeWindow
    runner: HeldRunner
    clock: HandClock
    kit: Kit

    def done(self) -> list[tuple[object, ...]]:
        """Let everything queued happen; what the desk was asked for."""
        self.runner.run_all()
        return self.port.calls

    def show(self, sheet: CaseSheet) -> None:
        """The database holds something else; the page reads it."""
        self.port.sheet = sheet
        self.page.widget.reload()
        self.runner.run_all()


@pytest.fixture
def bench(kit: Kit, qtbot: QtBot) -> Bench:
    """The page with the sample case, on its overview."""
    return make_bench(kit, qtbot)


def make_bench(kit: Kit, qtbot: QtBot, *, writes: bool = True, orders: bool = True) -> Bench:
    """The page for an officer who writes, or only reads."""
    FakePane.made.clear()
    runner = HeldRunner()
    held = replace(kit, runner=runner)
    port, window = FakeCase(), FakeWindow()
    names = {"zh_CN": "刷单返利", "en": "Task rebate"}
    setup = replace(
        SETUP, type_name=lambda _type: names[held.texts.language], writes=writes, orders=orders
    )
    screen = CaseScreen(held, port, window, setup)
    qtbot.addWidget(screen)
    page = CasePage(qtbot, screen)
    screen.open_case(samples.CASE)
    page.show(WIDTH, HEIGHT)
    runner.run_all()
    clock = held.ticks.clock
    assert isinstance(clock, HandClock)
    return Bench(page, port, window, runner, clock, held)
