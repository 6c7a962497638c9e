"""The whole board works without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.cases.case import CaseState
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from tests.support.texts import zh
from tests.ui.board.conftest import Bench

_LEFT, _RIGHT, _UP, _DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
_LIU = CaseId("case-1123-A-0009")


def test_arrows_walk_within_and_between_columns(bench: Bench) -> None:
    page = bench.page
    page.stand_on("李秀兰")
    page.press(_UP)
    assert page.current() == "马强"
    page.press(_RIGHT)
    assert page.current() in page.column("stopping")
    page.press(_RIGHT)
    assert page.current() in page.column("frozen")
    for _ in range(9):
        page.press(_RIGHT)
    assert page.current() in page.column("closed")
    page.press(Qt.Key.Key_Home)
    page.press(_DOWN)
    assert page.current() == page.column("closed")[1]


def test_empty_columns_are_stepped_over(bench: Bench) -> None:
    bench.show(tuple(i for i in bench.work.items if i.state is not CaseState.STOPPING))
    bench.page.stand_on("李秀兰")
    bench.page.press(_RIGHT)
    assert bench.page.current() in bench.page.column("frozen")


def test_enter_opens_the_case_and_takes_up_the_draft(bench: Bench) -> None:
    for victim in ("刘芳", "陈志远"):
        bench.page.stand_on(victim)
        bench.page.press(Qt.Key.Key_Return)
    assert bench.window.calls == [("open", _LIU), ("draft", "case-draft-1")]


def test_letters_lead_to_a_name_wherever_it_stands(bench: Bench) -> None:
    bench.page.stand_on("李秀兰")
    for letter in (Qt.Key.Key_Y, Qt.Key.Key_Y):
        bench.page.press(letter)
    assert bench.page.current() == "杨洋"


def test_a_move_shows_at_once_and_the_keyboard_goes_along(bench: Bench) -> None:
    page = bench.page
    page.stand_on("刘芳")
    page.carry(_RIGHT)
    assert "刘芳" in page.column("frozen")
    assert page.current() == "刘芳"
    assert not bench.work.moves
    bench.runner.run_all()
    assert bench.work.moves == [(_LIU, CaseState.FROZEN)]
    assert (page.count("stopping"), page.count("frozen")) == ("5", "4")
    page.carry(_LEFT)
    bench.runner.run_all()
    assert bench.work.moves[-1] == (_LIU, CaseState.STOPPING)
    assert page.current() == "刘芳"


def test_a_refused_move_is_taken_back_and_explained(bench: Bench) -> None:
    page = bench.page
    before = page.column("stopping")
    page.stand_on("刘芳")
    bench.work.error = WorldError("database.busy")
    page.carry(_RIGHT)
    bench.runner.run_all()
    assert page.column("stopping") == before
    assert page.current() == "刘芳"
    assert page.text("board_banner_message")


@pytest.mark.parametrize("first_fails", [True, False])
def test_a_second_move_is_not_undone_by_the_answer_to_the_first(
    bench: Bench, first_fails: bool
) -> None:
    page = bench.page
    page.stand_on("刘芳")
    bench.work.error = WorldError("database.busy") if first_fails else None
    page.carry(_RIGHT)
    page.carry(_RIGHT)
    bench.runner.run_next()
    assert "刘芳" in page.column("investigating")
    bench.runner.run_all()
    assert "刘芳" in page.column("investigating")


def test_a_reload_under_way_does_not_undo_a_move(bench: Bench) -> None:
    bench.page.stand_on("刘芳")
    bench.page.widget.reload()
    bench.page.carry(_RIGHT)
    bench.runner.run_next()
    assert "刘芳" in bench.page.column("frozen")
    bench.runner.run_all()
    assert "刘芳" in bench.page.column("frozen")


def test_drafts_and_the_outermost_columns_do_not_move(bench: Bench) -> None:
    for victim, key in (("陈志远", _RIGHT), ("李秀兰", _LEFT), ("谢军", _RIGHT)):
        bench.page.stand_on(victim)
        bench.page.carry(key)
    assert not bench.runner.tasks


@pytest.mark.parametrize("state", ["closed", "frozen"])
def test_a_card_can_be_dropped_on_another_column(bench: Bench, state: str) -> None:
    bench.show(tuple(item for item in bench.work.items if item.state is not CaseState.FROZEN))
    source, target = bench.page.view("stopping"), bench.page.view(state)
    row = bench.page.column("stopping").index("刘芳")
    data = source.column.mimeData([source.column.index(row)])
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    place = QPoint(20, 40)
    enter = QDragEnterEvent(place, move, data, left, none)
    QApplication.sendEvent(target.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target.viewport(), QDropEvent(place, move, data, left, none))
    bench.runner.run_all()
    assert bench.work.moves == [(_LIU, CaseState(state))]
    assert "刘芳" in bench.page.column(state)


def test_the_table_opens_and_moves_the_same_cases(bench: Bench) -> None:
    page = bench.page
    page.stand_on("刘芳")
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.widget.table.isVisible()
    assert page.current() == "刘芳"
    page.widget.table.setFocus()
    page.press(Qt.Key.Key_Return)
    page.carry(_RIGHT)
    bench.runner.run_all()
    assert bench.window.calls == [("open", _LIU)]
    assert bench.work.moves == [(_LIU, CaseState.FROZEN)]
    assert page.current() == "刘芳"
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.current() == "刘芳"


def test_an_emptied_column_hands_the_keyboard_on(bench: Bench) -> None:
    everything = bench.work.items
    bench.page.stand_on("李秀兰")
    bench.show(tuple(item for item in everything if item.state is CaseState.CLOSED))
    assert bench.page.current() == bench.page.column("closed")[0]
    bench.show(everything)
    assert bench.page.current() in bench.page.column("closed")


def test_a_column_entered_before_its_cards_came_stands_on_the_first(bench: Bench) -> None:
    everything = bench.work.items
    bench.show(tuple(item for item in everything if item.state is not CaseState.NEW))
    bench.page.view("new").setFocus()
    assert bench.page.current() == ""
    bench.show(everything)
    assert bench.page.current() == bench.page.column("new")[0]


def test_escape_clears_the_filter_and_then_leaves_it(bench: Bench) -> None:
    text = bench.page.widget.filters.text
    text.setFocus()
    text.setText("没有这个人")
    bench.page.press(Qt.Key.Key_Escape)
    assert not text.text()
    assert text.hasFocus()
    bench.page.press(Qt.Key.Key_Escape)
    assert bench.page.view("new").hasFocus()


def test_whoever_calls_a_case_frozen_hears_that_no_freeze_is_recorded(bench: Bench) -> None:
    """A hand moved it; the stop goes on running out, and the card goes on saying so."""
    page = bench.page
    before = page.chip("刘芳")
    page.stand_on("刘芳")
    page.carry(_RIGHT)
    bench.runner.run_all()
    assert "刘芳" in page.column("frozen")
    assert "没有冻结记录" in page.toast()
    assert page.chip("刘芳") == before == zh("board.chip.stop", time="05:12:36")
    bench.tick(hours=6)
    assert page.chip("刘芳") == zh("board.chip.no_freeze")
    page.stand_on("欧阳文静")
    page.carry(_LEFT)
    page.carry(_RIGHT)
    bench.runner.run_all()
    assert page.toast() == zh("board.moved.frozen")
