"""The lock: no data in sight, clocks that run on, the way back in."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shell.window_host import LockClock
from tests.support.clocks import START, HandClock
from tests.ui.pages.shell import ShellPage
from tests.ui.shell.conftest import Answers, SamplePage


def _shown_text() -> str:
    """Every text in any visible window."""
    return " ".join(
        label.text()
        for top in QApplication.topLevelWidgets()
        for label in top.findChildren(QLabel)
        if label.isVisible()
    )


def test_f12_hides_data_and_leaves_the_clocks(shell: ShellPage, kit: Kit) -> None:
    shell.shortcut(Qt.Key.Key_F12)
    assert shell.locked()
    page = shell.window.page("intake")
    assert not page.isVisible()
    assert "11:28" in _shown_text()
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    clock.advance(seconds=10)
    kit.ticks.tick()
    assert "11:18" in _shown_text()
    assert clipped_texts(shell.widget) == []
    assert overlaps(shell.widget) == []


def test_a_clock_that_came_behind_the_lock_is_seen_on_it(
    shell: ShellPage, answers: Answers
) -> None:
    shell.window.lock()
    later = ClockSpan(START + timedelta(hours=2), timedelta(hours=6), timedelta(hours=24))
    answers.running = (LockClock("冻结 1124-A-0018", later),)
    shell.window.show_clocks((), ())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert "1124-A-0018" in _shown_text()
    assert "1124-A-0017" not in _shown_text()
    assert shell.find("lock_password").hasFocus()


def test_unlocking_returns_to_where_one_was(shell: ShellPage, qtbot: QtBot) -> None:
    page = shell.window.page("intake")
    assert isinstance(page, SamplePage)
    shell.shortcut(Qt.Key.Key_F12)
    assert shell.find("lock_password").hasFocus()
    shell.type_here("wrong")
    shell.press(Qt.Key.Key_Return)
    assert shell.locked()
    assert "还可以试 4 次" in shell.text("lock_banner_message")
    shell.type_here("Right-word-7")
    with qtbot.waitSignal(shell.window.lock_changed) as told:
        shell.press(Qt.Key.Key_Return)
    assert told.args == [False]
    assert page.isVisible()
    assert page.editor.hasFocus()


def test_unlocking_works_when_the_place_one_was_in_is_gone(
    shell: ShellPage, answers: Answers, qtbot: QtBot
) -> None:
    """Work begun before may read a page anew behind the lock."""
    page = shell.window.page("intake")
    assert isinstance(page, SamplePage)
    shell.window.lock()
    delete(page.editor)
    page.editor = QLineEdit()
    page.body.addWidget(page.editor)
    with qtbot.waitSignal(shell.window.lock_changed):
        shell.unlock(answers.password)
    assert page.editor.hasFocus()


def test_no_key_of_the_desk_works_while_locked(shell: ShellPage) -> None:
    shell.window.lock()
    for key in (Qt.Key.Key_2, Qt.Key.Key_K):
        shell.shortcut(key, Qt.KeyboardModifier.ControlModifier)
    shell.shortcut(Qt.Key.Key_F1)
    assert shell.window.current_page == "intake"
    assert shell.locked()
    assert not any(top.objectName() == "keys_overlay" for top in QApplication.topLevelWidgets())


def test_dialogs_and_confirmations_vanish_with_the_data(
    shell: ShellPage, kit: Kit, answers: Answers, qtbot: QtBot
) -> None:
    dialog = DialogFrame(kit, shell.widget, "shared.save")
    secret = Label(kit)
    secret.set_text("6230 5200 1003 7788 994")
    dialog.body.addWidget(secret)
    dialog.open()
    toast(kit, shell.widget, "shared.save")
    qtbot.waitUntil(dialog.isVisible)
    handle = dialog.windowHandle()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(handle, Qt.Key.Key_F12)
    assert shell.locked()
    assert "6230" not in _shown_text()
    assert not shell.find("toast").isVisible()
    shell.widget.activateWindow()
    shell.unlock(answers.password)
    assert dialog.isVisible()
    dialog.close()


def test_what_opens_after_the_lock_waits_for_the_password(
    shell: ShellPage, kit: Kit, answers: Answers
) -> None:
    shell.window.lock()
    dialog = DialogFrame(kit, shell.widget, "shared.save")  # a reading begun before ends now
    secret = Label(kit)
    secret.set_text("6230 5200 1003 7788 994")
    dialog.body.addWidget(secret)
    dialog.open()
    toast(kit, shell.widget, "shared.save")
    assert "6230" not in _shown_text()
    assert not shell.find("toast").isVisible()
    assert QApplication.activeModalWidget() is None
    shell.unlock(answers.password)
    assert "6230" in _shown_text()
    dialog.close()


def test_the_question_of_the_lock_itself_is_in_sight(shell: ShellPage) -> None:
    shell.window.watch_unsaved(lambda: True)
    shell.window.lock()
    assert shell.window.hold_back(shell.window.close)
    shell.dialog("confirm_dialog").click("confirm_cancel")
    assert shell.locked()


def test_an_idle_desk_locks_itself_also_through_sleep(shell: ShellPage, kit: Kit) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    clock.advance(minutes=9)
    kit.ticks.tick()
    assert not shell.locked()
    shell.shortcut(Qt.Key.Key_A)
    clock.advance(minutes=9)
    kit.ticks.tick()
    assert not shell.locked()
    clock.advance(hours=8)
    kit.ticks.tick()
    assert shell.locked()


def test_a_clock_set_back_does_not_keep_the_desk_open(shell: ShellPage, kit: Kit) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    clock.advance(days=-2)
    kit.ticks.tick()
    clock.advance(minutes=10)
    kit.ticks.tick()
    assert shell.locked()


def test_the_idle_limit_follows_the_settings(shell: ShellPage, kit: Kit) -> None:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    shell.window.set_idle_minutes(3)
    clock.advance(minutes=3)
    kit.ticks.tick()
    assert shell.locked()


def test_somebody_else_may_sign_in(shell: ShellPage, qtbot: QtBot) -> None:
    shell.window.lock()
    with qtbot.waitSignal(shell.window.leave_asked):
        shell.click("lock_leave")


def test_nothing_is_locked_before_there_is_a_page(shell: ShellPage) -> None:
    shell.window.lock()
    shell.window.lock()
    assert isinstance(shell.find("lock_screen"), QWidget)


def test_a_locked_desk_is_unattended(shell: ShellPage) -> None:
    assert shell.window.unattended() < timedelta(minutes=1)
    shell.window.lock()
    assert shell.window.unattended() == timedelta.max
    shell.unlock("Right-word-7")
    assert shell.window.unattended() < timedelta(minutes=1)
