"""A board over invented cases, with a database that can be slow or refuse."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.cases.case import CaseState
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.services.page_board import ListRest
from desktop.services.ports import BoardList, BoardOrder, BoardPlace
from desktop.ui.board.board_asking import Asked, BoardReading, ListName, More
from desktop.ui.board.board_filter import COLUMNS, passing
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_screen import BoardScreen
from desktop.ui.board.board_work import BoardWork
from desktop.ui.board.deck import placed
from desktop.ui.board.desk_mark import is_elsewhere, is_offered
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner
from tests.ui.board import samples
from tests.ui.pages.board import BoardPage

WIDTH, HEIGHT = 1366 - 72, 768 - 48 - 28


@dataclass
class HeldWork(BoardWork):
    """Holds the cases, and gives ``page`` of each list at a time; ``error`` is raised by the next move; ``waiting``
    cases are reckoned by whoever waits for them; ``unread`` is raised by readings; ``next_change``: when the order of
    cards that were not read changes."""

    items: tuple[BoardItem, ...]
    error: AppError | None = None
    moves: list[tuple[CaseId, CaseState]] = field(default_factory=list)
    waiting: int = 0
    page: int = 500
    asked: list[Asked] = field(default_factory=list)
    unread: AppError | None = None
    next_change: datetime | None = None

    def load(self, asked: Asked, progress: Progress = SILENT) -> BoardReading:
        self.asked.append(asked)
        if self.unread is not None:
            raise self.unread
        self.waiting = 0 if asked.wait else self.waiting
        through = passing(self.items, asked.wanted, samples.NOW, samples.type_name)
        counts = Counter(item.state for item in through if item.card is not None)
        found, rests = {item.id: item for item in self.items if item.card is None}, {}
        for name, wanted in asked.lists.items():
            every = [
                item
                for item in self.items
                if item.card and item.state in wanted.states and _has_part(item, wanted)
            ]
            most = max(self.page, asked.shown.get(name, 0))
            found |= {item.id: item for item in every[:most]}
            if len(every) > most:
                rests[name] = _rest(wanted, most)
        own = asked.wanted.own
        return BoardReading(
            tuple(found.values()),
            asked.wanted,
            {state: counts[state] for state in COLUMNS},
            frozenset(item.type for item in self.items if item.type),
            some=bool(self.items),
            several=any(is_elsewhere(i, own) or is_offered(i, own) for i in self.items),
            rests=rests,
            next_change=self.next_change,
            waiting=self.waiting,
        )

    def more(self, name: ListName, rest: ListRest) -> More:
        first = rest.last.part
        every = [item for item in self.items if item.card and item.state in rest.asked.states]
        goes_on = len(every) > first + self.page
        after = _rest(rest.asked, first + self.page) if goes_on else None
        return More(name, tuple(every[first : first + self.page]), after)

    def move(self, case: CaseId, state: CaseState) -> None:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.moves.append((case, state))
        self.items = tuple(placed(i, state) if i.id == case else i for i in self.items)


def _has_part(item: BoardItem, wanted: BoardList) -> bool:
    return wanted.order is not BoardOrder.TYPE or item.type in wanted.types


def _rest(asked: BoardList, first: int) -> ListRest:
    return ListRest(asked, BoardPlace(CaseId(""), first, ()), samples.NOW, basis=0)


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
