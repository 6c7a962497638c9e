"""A board over invented cases, with a database that can be slow or refuse."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.cases.case import CaseState
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_screen import BoardScreen, placed
from desktop.ui.board.board_work import BoardWork
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner
from tests.ui.board import samples
from tests.ui.pages.board import BoardPage

WIDTH, HEIGHT = 1366 - 72, 768 - 48 - 28


@dataclass
class HeldWork(BoardWork):
    """Holds the cases; ``error`` is raised by the next move; ``reckoned`` is what the clocks
    make of them, once."""

    items: tuple[BoardItem, ...]
    error: AppError | None = None
    moves: list[tuple[CaseId, CaseState]] = field(default_factory=list)
    reckoned: tuple[BoardItem, ...] | None = None

    def load(self) -> tuple[BoardItem, ...]:
        return self.items

    def reckon(self) -> tuple[BoardItem, ...] | None:
        reckoned, self.reckoned = self.reckoned, None
        return reckoned

    def move(self, case: CaseId, state: CaseState) -> None:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.moves.append((case, state))
        self.items = tuple(placed(i, state) if i.id == case else i for i in self.items)


@dataclass
class FakeWindow:
    """The ways out, as a list."""

    calls: list[tuple[str, str]] = field(default_factory=list)

    def open_case(self, case: CaseId) -> None:
        self.calls.append(("open", case))

    def new_intake(self) -> None:
        self.calls.append(("new", ""))

    def continue_draft(self, case: CaseId) -> None:
        self.calls.append(("draft", case))


@dataclass
class Bench:
    """Everything a test of the board holds in its hands."""

    page: BoardPage
    work: HeldWork
    window: FakeWindow
    runner: HeldRunner
    clock: HandClock
    kit: Kit

    def tick(self, **amount: float) -> None:
        """Let time pass unseen, then let one tick come."""
        self.clock.advance(**amount)
        self.kit.ticks.tick()

    def show(self, items: tuple[BoardItem, ...]) -> None:
        """The database holds something else; the board reads it."""
        self.work.items = items
        self.page.widget.reload()
        self.runner.run_all()


@pytest.fixture
def bench(kit: Kit, qtbot: QtBot) -> Bench:
    """The board with the sample cases, shown, the keyboard on no card."""
    runner = HeldRunner()
    held = replace(kit, runner=runner)
    rules = replace(samples.RULES, type_name=_type_names(held))
    work, window = HeldWork(samples.items()), FakeWindow()
    screen = BoardScreen(held, work, window, rules)
    qtbot.addWidget(screen)
    page = BoardPage(qtbot, screen)
    page.show(WIDTH, HEIGHT)
    screen.opened()
    runner.run_all()
    clock = held.ticks.clock
    assert isinstance(clock, HandClock)
    return Bench(page, work, window, runner, clock, held)


def _type_names(kit: Kit):
    def name(type_: str) -> str:
        return samples.TYPES[type_][0 if kit.texts.language == "zh_CN" else 1]

    return name
