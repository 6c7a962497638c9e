"""What every screen with a list has: it reads, says why it could not, and forgets what nobody waits for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QStackedWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RuleError, WorldError
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty, nothing_listed
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner


class Numbers(ListPage[tuple[int, ...]]):
    """Lists numbers."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "orders.title", "numbers", "orders.keys.title")
        column: TableColumn[int] = TableColumn("number", "orders.column.target", str)
        self.table = Listing[int](kit, "numbers", "orders.title", (column,), int, {})
        none = nothing_listed(kit, "orders.none")
        self.list = ListOrEmpty(self.table, none, self.table.rows)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.list)
        self.answers: list[tuple[int, ...] | Exception] = []
        self.shown: list[tuple[int, ...]] = []

    def work(self) -> Callable[[Progress], tuple[int, ...]]:
        answer = self.answers.pop(0)

        def read(_progress: Progress) -> tuple[int, ...]:
            if isinstance(answer, Exception):
                raise answer
            return answer

        return read

    def show_view(self, view: tuple[int, ...]) -> None:
        self.shown.append(view)
        self.table.show_rows(view)


@pytest.fixture
def runner() -> HeldRunner:
    return HeldRunner()


@pytest.fixture
def stack(kit: Kit, qtbot: QtBot) -> QStackedWidget:
    """Where one page stands before the others."""
    made = QStackedWidget()
    made.addWidget(nothing_listed(kit, "orders.none"))
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


@pytest.fixture
def page(kit: Kit, runner: HeldRunner, stack: QStackedWidget) -> Numbers:
    made = Numbers(replace(kit, runner=runner))
    stack.addWidget(made)
    stack.setCurrentWidget(made)
    return made


def test_what_could_not_be_read_can_be_tried_again(
    page: Numbers, runner: HeldRunner, qtbot: QtBot
) -> None:
    page.answers = [WorldError("database.server_gone"), (1, 2)]
    page.opened()
    runner.run_all()
    again = page.banner.findChild(QAbstractButton, "numbers_banner_again")
    assert isinstance(again, QAbstractButton)
    assert page.banner.message.text()
    assert page.banner.detail.text()
    assert again.isVisible()
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    runner.run_all()
    assert page.shown == [(1, 2)]
    assert not page.banner.isVisible()
    page.fail(WorldError("disk.failed", errno=5))
    assert not again.isVisible(), "only reading is tried again by it"


def test_an_answer_is_forgotten_once_the_page_was_left_and_asked_for_on_coming_back(
    page: Numbers, runner: HeldRunner, stack: QStackedWidget
) -> None:
    page.answers = [(1,), (2,)]
    page.opened()
    stack.setCurrentIndex(0)
    runner.run_all()
    assert page.shown == []
    stack.setCurrentIndex(1)
    runner.run_all()
    assert page.shown == [(2,)]
    stack.setCurrentIndex(0)
    stack.setCurrentIndex(1)
    assert not runner.busy, "nothing was waited for"


def test_only_the_latest_reading_is_shown(page: Numbers, runner: HeldRunner) -> None:
    page.answers = [(1,), WorldError("database.server_gone"), (3,)]
    for _ in range(3):
        page.reload()
    runner.run_all()
    assert page.shown == [(3,)]
    assert not page.banner.isVisible()


def test_a_page_asks_by_itself_once_somebody_looks_and_seldom_after_it_failed(
    page: Numbers, runner: HeldRunner, stack: QStackedWidget
) -> None:
    clock = page.kit.ticks.clock
    assert isinstance(clock, HandClock)

    def asked() -> int:
        before = len(page.answers)
        page.reload_by_itself()
        runner.run_all()
        return before - len(page.answers)

    page.answers = [
        WorldError("database.server_gone"),
        (1,),
        WorldError("database.busy"),
        (2,),
        (3,),
    ]
    stack.setCurrentIndex(0)
    assert asked() == 0, "nobody looks"
    stack.setCurrentIndex(1)
    assert asked() == 1
    assert asked() == 0, "it has just failed"
    clock.advance(minutes=1)
    assert asked() == 1
    assert asked() == 1
    clock.advance(hours=-1)
    assert asked() == 1, "the clock was set back"
    page.reload()
    page.reload_by_itself()
    runner.run_all()
    assert page.shown == [(1,), (2,), (3,)], "it is asked for already"


def test_what_is_chosen_and_scrolled_to_stays_where_it_is(page: Numbers) -> None:
    table = page.table
    page.show_view(tuple(range(100)))
    table.select_key(60)
    table.scrollTo(table.rows.index(50, 0), table.ScrollHint.PositionAtTop)
    page.show_view(tuple(range(-5, 100)))
    assert table.selected() == 60
    assert table.rows.row_at(table.rowAt(0)) == 50
    page.show_view(tuple(range(45, 400)))
    assert table.selected() == 60
    assert table.rows.row_at(table.rowAt(0)) == 50, "also where every row is laid anew"


def test_what_is_chosen_is_followed_where_another_order_puts_it(page: Numbers) -> None:
    table = page.table
    page.show_view(tuple(range(100)))
    for order, asked in (((*range(1, 100), 0), 0), ((*range(1, 100), 0), 7), (range(100), 7)):
        table.select_key(asked)
        table.scrollTo(table.currentIndex())
        page.show_view(tuple(order))
        assert table.selected() == asked
        assert table.in_sight(table.currentIndex())
    table.scrollTo(table.rows.index(90, 0))
    page.show_view((99, *range(99)))
    assert not table.in_sight(table.currentIndex()), "who has scrolled away is left where they are"


def test_an_empty_list_says_so_once_it_was_read(page: Numbers) -> None:
    assert page.list.currentWidget() is page.table
    page.show_view(())
    assert page.list.currentWidget() is not page.table
    page.show_view((1,))
    assert page.list.currentWidget() is page.table
    page.table.show_rows((1, 2), choose=True)
    assert page.table.selected() == 1


def test_what_went_well_is_no_news_to_who_comes_back_and_what_did_not_still_is(
    page: Numbers, runner: HeldRunner, stack: QStackedWidget
) -> None:
    page.answers = [(1,)] * 4
    page.opened()
    runner.run_all()
    for tone, left in ((Tone.OK, False), (Tone.WARN, True)):
        page.banner.show_lines(tone, lambda: ("已写好",))
        stack.setCurrentIndex(0)
        stack.setCurrentIndex(1)
        assert page.banner.isVisible() is left


def test_what_failed_is_no_news_once_something_was_done(page: Numbers, runner: HeldRunner) -> None:
    page.answers = [(1,)] * 3
    page.opened()
    runner.run_all()
    page.fail(RuleError("order.over"))
    page.reload()
    runner.run_all()
    assert page.banner.isVisible(), "a list that is read by itself takes no word away"
    page.recorded()
    assert not page.banner.isVisible()
    page.banner.show_lines(Tone.OK, lambda: ("已写好",))
    page.banner.acted()
    assert page.banner.isVisible()


class Waiting(Numbers):
    """Lists what has to be reckoned first."""

    of_reckoned_cases = True


def test_a_page_that_waits_says_how_many_cases_are_still_reckoned(
    kit: Kit, runner: HeldRunner, stack: QStackedWidget
) -> None:
    held = replace(kit, runner=runner)
    page = Waiting(held)
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    page.answers = [(1,), (2,), (3,), (4,)]
    held.catching_up.advance(200, 5000)
    assert not page.progress.isVisible(), "it waits for nothing"
    page.opened()
    held.catching_up.advance(200, 300)
    assert not page.progress.isVisible(), "that is done in a moment"
    held.catching_up.advance(200, 5000)  # reckoned for the clocks, before this page has its turn
    assert page.progress.isVisible()
    assert page.body.indexOf(page.progress) == page.body.indexOf(page.banner) + 1
    runner.tasks[0].advance(5000, 5000)
    runner.run_all()
    assert not page.progress.isVisible()
    assert page.shown == [(1,)]
    page.reload()
    held.catching_up.advance(200, 5000)
    cancel = page.progress.findChild(QAbstractButton, "numbers_catching_up_cancel")
    assert isinstance(cancel, QAbstractButton)
    cancel.click()
    assert not page.progress.isVisible()
    assert runner.tasks[0].cancelled
    runner.run_all()
    page.reload()
    held.catching_up.advance(200, 5000)
    stack.setCurrentIndex(0)
    assert runner.tasks[0].cancelled, "who left waits for nothing"
    assert page.progress.isHidden()
