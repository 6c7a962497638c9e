"""Pages, keys, search, status: the frame around every screen."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme, Tone
from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import KeyCap
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.nav_rail import RailItem
from desktop.ui.shell.window_host import DeskStatus
from tests.support.clocks import START, HandClock
from tests.support.texts import zh
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.shell import ShellPage
from tests.ui.shell.conftest import HIT, Answers, SamplePage

_CTRL = Qt.KeyboardModifier.ControlModifier
_FULL = DeskStatus(
    saved_at=START,
    pending_cases=12,
    pending_entries=214,
    pending_bytes=1_932_735_283,
    last_receipt=START - timedelta(hours=16, minutes=29),
)


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped_at_1366_by_768(
    shell: ShellPage, kit: Kit, language: str, scheme: Scheme, qtbot: QtBot
) -> None:
    shell.window.set_status(_FULL)
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    qtbot.waitUntil(lambda: clipped_texts(shell.widget) == [])
    assert overlaps(shell.widget) == []
    assert (shell.widget.width(), shell.widget.height()) == (1366, 768)


def test_the_status_bar_speaks_as_on_the_drawing(shell: ShellPage, kit: Kit) -> None:
    shell.window.set_status(_FULL)
    assert shell.status() == (
        "本机已保存 10:31:07　·　未同步 12 案 / 214 项 / 1.8 GB　·　上次回执 昨天 18:02"
    )
    kit.texts.set_language("en")
    assert "12 cases / 214 records / 1.8 GB" in shell.status()
    shell.window.set_status(DeskStatus(saved_at=START))
    assert "Everything synchronised" in shell.status()
    shell.window.set_status(DeskStatus(saved_at=START, sends=False))
    assert "synchronised" not in shell.status(), "a centre has no centre to have sent everything to"
    shell.window.set_status(DeskStatus(saved_at=START, enrolled=False))
    assert "Not yet enrolled" in shell.status()
    shell.window.set_status(DeskStatus())
    assert shell.status() == "Reading what is on this PC…", "nothing is known before it was read"


def test_a_shared_folder_that_does_not_work_is_reported_on_every_page(shell: ShellPage) -> None:
    label = shell.find("status_share_stuck")
    assert isinstance(shell.widget, MainWindow)
    for stuck in (True, False):
        shell.widget.set_share_stuck(stuck)
        assert label.isVisible() is stuck


def test_today_becomes_yesterday_on_the_tick(shell: ShellPage, kit: Kit) -> None:
    shell.window.set_status(replace(_FULL, last_receipt=START))
    assert "上次回执 10:31" in shell.status()
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    clock.advance(days=1, minutes=1)
    kit.ticks.tick()
    assert "上次回执 昨天 10:31" in shell.status()


def test_pages_are_reached_by_rail_and_by_keys(shell: ShellPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.window.page_changed) as told:
        shell.open("board")
    assert told.args == ["board"]
    assert shell.heading() == zh("shell.page.case")
    shell.shortcut(Qt.Key.Key_1, _CTRL)
    assert shell.window.current_page == "intake"
    page = shell.window.page("intake")
    assert isinstance(page, SamplePage)
    assert page.editor.hasFocus()
    assert page.times_opened == 2


def test_while_a_page_is_being_read_nothing_beside_it_has_the_keyboard(shell: ShellPage) -> None:
    """Qt gave the keyboard of what is shut to the next that takes it: letters began a search, Enter turned a page."""
    window = shell.widget
    assert isinstance(window, MainWindow)
    page = window.page("board")
    page.setDisabled(True)
    window.show_page("board")
    assert QApplication.focusWidget() is window
    page.setDisabled(False)
    window.show_page("board")
    assert QApplication.focusWidget() is page.first_focus()


def test_a_page_under_another_marks_that_one(shell: ShellPage) -> None:
    shell.window.show_page("case")
    assert shell.find("rail_board", RailItem).isChecked()
    assert shell.heading() == zh("shell.page.case")
    with pytest.raises(KeyError):
        shell.window.show_page("flow")


def test_escape_leaves_a_page_under_another_for_the_one_it_was_opened_from(
    shell: ShellPage,
) -> None:
    shell.window.show_page("intake")
    shell.window.show_page("case")
    shell.press(Qt.Key.Key_Escape)
    assert shell.window.current_page == "case", "first out of the field that is typed in"
    shell.press(Qt.Key.Key_Escape)
    assert shell.window.current_page == "intake"
    shell.press(Qt.Key.Key_Escape)
    assert shell.window.current_page == "intake"


def test_escape_leaves_a_case_for_a_page_that_is_under_another_itself(shell: ShellPage) -> None:
    window = shell.window
    for key in ("intake", "briefing", "case", "briefing"):
        window.show_page(key)
    window.show_page("case")
    left = []
    for _ in range(3):
        window.setFocus()
        shell.press(Qt.Key.Key_Escape)
        left.append(window.current_page)
    assert left == ["briefing", "intake", "intake"]
    for key in ("board", "case", "intake", "case"):
        window.show_page(key)
    window.setFocus()
    shell.press(Qt.Key.Key_Escape)
    assert window.current_page == "intake"


def test_a_page_may_change_its_heading(shell: ShellPage) -> None:
    page = shell.window.page("intake")
    page.set_heading("shell.page.sync", mark=("shared.save", Tone.WARN))
    assert shell.heading() == zh("shell.page.sync")
    shell.open("board")
    page.set_heading("shell.page.intake")
    assert shell.heading() == zh("shell.page.case")
    assert shell.text("page_subtitle").startswith("兰州市公安局")


def test_pages_that_do_not_exist_are_not_shown(shell: ShellPage) -> None:
    words = [item.text() for item in shell.widget.findChildren(RailItem)]
    assert words == [zh("shell.page.intake"), zh("shell.page.case"), zh("shell.page.settings")]


def test_the_rail_by_arrows_and_its_keys_while_ctrl_is_held(shell: ShellPage) -> None:
    first = shell.find("rail_intake", RailItem)
    first.setFocus()
    shell.press(Qt.Key.Key_Down)
    assert shell.find("rail_board").hasFocus()
    shell.press(Qt.Key.Key_Return)
    assert shell.window.current_page == "board"
    calm = first.grab().toImage()
    QTest.keyPress(shell.focused(), Qt.Key.Key_Control)
    assert first.grab().toImage() != calm
    QTest.keyRelease(shell.focused(), Qt.Key.Key_Control)
    assert first.grab().toImage() == calm
    assert "Ctrl 1" in first.toolTip()


def test_search_is_one_key_away_and_gives_the_target(
    shell: ShellPage, answers: Answers, qtbot: QtBot
) -> None:
    shell.shortcut(Qt.Key.Key_K, _CTRL)
    field = shell.find("global_search", QLineEdit)
    assert field.hasFocus()
    shell.type_here("李秀兰")
    qtbot.waitUntil(lambda: answers.searches == ["李秀兰"])
    with qtbot.waitSignal(shell.window.search_opened) as told:
        shell.press(Qt.Key.Key_Return)
    assert told.args == [HIT.target]
    shell.shortcut(Qt.Key.Key_K, _CTRL)
    shell.press(Qt.Key.Key_Escape)
    assert not field.hasFocus()


def test_typing_on_asks_once(shell: ShellPage, answers: Answers, qtbot: QtBot) -> None:
    field = shell.find("global_search")
    field.setFocus()
    QTest.keyClicks(field, "6230")
    qtbot.waitUntil(lambda: bool(answers.searches))
    assert answers.searches == ["6230"]


def test_the_overview_lists_every_action_with_its_key(shell: ShellPage, kit: Kit) -> None:
    shell.shortcut(Qt.Key.Key_F1)
    overview = shell.dialog("keys_overlay")
    words = {label.text() for label in overview.widget.findChildren(QLabel)}
    for _heading, actions in kit.actions.groups():
        for action in actions:
            assert kit.texts.text(action.name_key) in words
            assert action.cap in words
    assert len(overview.widget.findChildren(KeyCap)) == 9
    assert clipped_texts(overview.widget) == []
    overview.press(Qt.Key.Key_Escape)
    assert not overview.widget.isVisible()


def test_the_overview_lists_pages_that_nobody_wanted_yet_and_in_the_order_of_the_rail(
    shell: ShellPage, kit: Kit
) -> None:
    made: list[str] = []

    def make(key: str) -> SamplePage:
        made.append(key)
        page = SamplePage(kit, f"shell.page.{key}")
        kit.actions.add(
            page, f"shell.page.{key}", "Ctrl+S", page.opened, group_key=f"shell.page.{key}"
        )
        return page

    for key in ("orders", "sync"):
        shell.window.add_page(key, "clock", f"shell.page.{key}", partial(make, key))
    assert made == []
    shell.window.show_page("sync")
    assert made == ["sync"]
    shell.shortcut(Qt.Key.Key_F1)
    labels = shell.dialog("keys_overlay").widget.findChildren(QLabel)
    headings = [label.text() for label in labels]
    assert made == ["sync", "orders"]
    assert headings.index(zh("shell.page.orders")) < headings.index(zh("shell.page.sync"))


def test_a_page_is_made_in_a_pause_and_never_under_the_hands_of_who_types(
    shell: ShellPage, kit: Kit
) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    made: list[str] = []

    class PartedPage(SamplePage):
        def make_one(self) -> bool:
            made.append("part")
            return len(made) < 3

    def make() -> SamplePage:
        made.append("late")
        return PartedPage(kit, "shell.page.orders")

    shell.window.add_page("late", "", "", make, under="board")
    shell.window.make_in_a_pause("late")
    kit.ticks.tick()
    assert made == []
    clock.advance(seconds=2)
    shell.press(Qt.Key.Key_A)
    kit.ticks.tick()
    assert made == []
    clock.advance(seconds=2)
    kit.ticks.tick()
    assert made == ["late"], "one thing a pause"
    shell.press(Qt.Key.Key_A)
    kit.ticks.tick()
    assert made == ["late"]
    clock.advance(seconds=2)
    for _ in range(4):
        kit.ticks.tick()
    assert made == ["late", "part", "part"]


def test_actions_of_a_page_live_only_while_it_is_in_front(shell: ShellPage, kit: Kit) -> None:
    page = shell.window.page("board")
    presses: list[str] = []
    action = kit.actions.add(
        page, "shared.save", "Ctrl+S", lambda: presses.append("save"), group_key="shell.page.board"
    )
    shell.shortcut(Qt.Key.Key_S, _CTRL)
    assert presses == []
    shell.window.show_page("board")
    shell.shortcut(Qt.Key.Key_S, _CTRL)
    assert presses == ["save"]
    action.set_enabled(enabled=False)
    shell.shortcut(Qt.Key.Key_S, _CTRL)
    action.trigger()
    assert presses == ["save"]


class _Sink(QObject):
    def take(self, _result: object) -> None:
        pass


def test_closing_lets_saving_finish_and_stops_the_rest(
    kit: Kit, make_shell: Callable[[Kit], ShellPage], qtbot: QtBot
) -> None:
    runner = TaskRunner()
    shell = make_shell(replace(kit, runner=runner))
    saved: list[str] = []
    hold = threading.Event()
    sink = _Sink()

    def save(_progress: Progress) -> None:
        hold.wait(10)
        saved.append("saved")

    def copy(progress: Progress) -> None:
        for _ in itertools.repeat(None):
            progress.check()

    def save_what_is_typed() -> None:
        runner.start("db", save, sink.take, sink.take)

    runner.start("files", copy, sink.take, sink.take)
    shell.window.closing.connect(save_what_is_typed)
    shell.widget.close()
    assert shell.widget.isVisible()
    assert not shell.widget.isEnabled()
    with qtbot.waitSignal(shell.window.closed):
        hold.set()
    assert saved == ["saved"]
    assert not shell.widget.isVisible()
    runner.shutdown()


def test_closing_an_idle_window_is_immediate(shell: ShellPage, qtbot: QtBot) -> None:
    with qtbot.waitSignals([shell.window.closing, shell.window.closed], order="strict"):
        shell.widget.close()
    assert not shell.widget.isVisible()


def test_what_cannot_be_saved_keeps_the_window_until_it_is_given_up(shell: ShellPage) -> None:
    shell.window.watch_unsaved(lambda: True)
    for answer in ("confirm_cancel", "confirm_accept"):
        shell.widget.close()
        assert shell.widget.isVisible()
        assert shell.widget.isEnabled()
        shell.dialog("confirm_dialog").click(answer)
    assert not shell.widget.isVisible()


def test_the_overview_of_keys_is_read_on_by_key(shell: ShellPage, kit: Kit) -> None:
    page = shell.window.page("board")
    for number in range(40):
        kit.actions.add(page, "shared.save", f"Ctrl+Alt+F{number}", page.update)
    shell.shortcut(Qt.Key.Key_F1)
    overview = shell.dialog("keys_overlay")
    (area,) = overview.widget.findChildren(ScrollArea)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    overview.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
