"""The way into the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.errors import WorldError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.support.held_runner import HeldRunner
from tests.support.texts import zh
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.sign_in import SignInPage
from tests.ui.pages.window_page import compose
from tests.ui.sign_in.conftest import CODE, KeyFile


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, key_file: KeyFile) -> SignInPage:
    window = SignInWindow(kit, key_file.calls, unit_name="兰州市公安局城关分局张掖路派出所")
    qtbot.addWidget(window)
    shown = SignInPage(qtbot, window)
    shown.show()
    return shown


def _window(page: SignInPage) -> SignInWindow:
    assert isinstance(page.widget, SignInWindow)
    return page.widget


def test_by_keyboard_alone(page: SignInPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(_window(page).signed_in) as told:
        page.sign_in("620134", "Right-word-7")
    assert told.args == [{"officer": "620134"}]
    assert page.find("password", QLineEdit).text() == ""


def test_full_width_digits_of_an_input_method_are_the_same_number(
    page: SignInPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(_window(page).signed_in):
        page.sign_in("６２０１３４", "Right-word-7")


def test_who_has_no_six_digits_signs_in_too(
    page: SignInPage, qtbot: QtBot, key_file: KeyFile
) -> None:
    """An administrator, or station IT, may have enrolled an auxiliary officer (辅警) under FJ20261."""
    key_file.number = "FJ20261"
    with qtbot.waitSignal(_window(page).signed_in):
        page.sign_in("FJ20261", "Right-word-7")


def test_the_first_sign_in_asks_for_a_password_of_ones_own(
    page: SignInPage, qtbot: QtBot, key_file: KeyFile
) -> None:
    key_file.initial = True
    page.sign_in("620134", "Right-word-7")
    assert page.find("own_new_password").hasFocus()
    page.type_here("short")
    for _ in range(2):
        page.press(Qt.Key.Key_Return)
    assert page.find("own_new_password").hasFocus(), "too weak"
    page.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page.type_here("Only-mine-7-qqq")
    page.press(Qt.Key.Key_Return)
    page.type_here("Only-mine-7-qqq")
    with qtbot.waitSignal(_window(page).signed_in):
        page.press(Qt.Key.Key_Return)
    assert (key_file.password, key_file.initial) == ("Only-mine-7-qqq", False)


def test_who_gives_up_an_own_password_is_asked_again(
    page: SignInPage, qtbot: QtBot, key_file: KeyFile
) -> None:
    key_file.initial = True
    page.sign_in("620134", "Right-word-7")
    page.press(Qt.Key.Key_Escape)
    assert page.find("password").hasFocus()
    page.type_here("Right-word-7")
    page.press(Qt.Key.Key_Return)
    assert page.find("own_new_password").hasFocus()


def test_a_wrong_password_tells_what_is_left_and_empties_the_field(page: SignInPage) -> None:
    page.sign_in("620134", "wrong")
    assert "还可以试 4 次" in page.message()
    field = page.find("password", QLineEdit)
    assert field.hasFocus()
    assert field.text() == ""


def test_what_is_typed_anew_before_the_refusal_comes_stays(
    kit: Kit, qtbot: QtBot, key_file: KeyFile
) -> None:
    runner = HeldRunner()
    window = SignInWindow(replace(kit, runner=runner), key_file.calls)
    qtbot.addWidget(window)
    page = SignInPage(qtbot, window)
    page.show()
    page.sign_in("620134", "wrong")
    page.type_here("Right-wo")
    runner.run_all()
    assert "还可以试 4 次" in page.message()
    page.type_here("rd-7")
    with qtbot.waitSignal(window.signed_in):
        page.press(Qt.Key.Key_Return)
        runner.run_all()


def test_an_opening_that_takes_long_is_not_taken_for_dead(
    kit: Kit, qtbot: QtBot, key_file: KeyFile
) -> None:
    runner = HeldRunner()
    window = SignInWindow(replace(kit, runner=runner), key_file.calls)
    qtbot.addWidget(window)
    page = SignInPage(qtbot, window)
    page.show()
    page.sign_in("620134", "Right-word-7")
    assert window.form.patience.isActive()
    window.form.patience.timeout.emit()
    assert page.message() == kit.texts.text("sign_in.takes_long")
    with qtbot.waitSignal(window.signed_in):
        runner.run_all()
    assert page.message() == ""
    assert not window.form.patience.isActive()


def test_making_old_data_anew_tells_how_far_it_is_and_can_be_stopped(
    kit: Kit, qtbot: QtBot, key_file: KeyFile
) -> None:
    runner = HeldRunner()
    window = SignInWindow(replace(kit, runner=runner), key_file.calls)
    qtbot.addWidget(window)
    page = SignInPage(qtbot, window)
    page.show()
    key_file.renews = 4
    page.sign_in("620134", "Right-word-7")
    (task,) = runner.tasks
    task.advance(1, 4)
    assert window.form.progress.isVisible()
    assert "25 %" in page.text("sign_in_progress_status")
    QTest.mouseClick(page.find("sign_in_progress_cancel"), Qt.MouseButton.LeftButton)
    runner.run_all()
    assert page.message() == kit.texts.text("sign_in.renewing_stopped")
    assert not window.form.progress.isVisible()
    page.type_here("Right-word-7")  # the keyboard is back where it goes on
    with qtbot.waitSignal(window.signed_in):
        page.press(Qt.Key.Key_Return)
        runner.run_all()
    assert not window.form.progress.isVisible()


def test_the_lock_tells_how_long(page: SignInPage, kit: Kit, key_file: KeyFile) -> None:
    key_file.tries = 1
    page.sign_in("620134", "wrong")
    assert page.message() == kit.texts.text("errors.password.locked.what", minutes=15)


def test_an_unknown_number_returns_to_the_number(page: SignInPage) -> None:
    page.sign_in("999999", "x")
    assert page.find("officer_number").hasFocus()
    assert page.find("officer_number", QLineEdit).text() == "999999", (
        "a slip of one digit is mended"
    )


@pytest.mark.parametrize("typed", ["Their-own-Kx7-word", "TheirownKx7"])
def test_a_password_typed_for_the_number_does_not_stay_on_the_screen(
    page: SignInPage, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    page.sign_in(typed, "x")
    assert page.find("officer_number").hasFocus()
    assert page.find("officer_number", QLineEdit).text() == ""
    assert typed not in caplog.text


def test_a_number_that_cannot_be_one_is_not_even_asked(page: SignInPage, key_file: KeyFile) -> None:
    key_file.error = WorldError("keyfile.damaged")
    page.find("officer_number").setFocus()
    page.type_here("62-0134")
    page.find("password").setFocus()
    page.type_here("x")
    page.press(Qt.Key.Key_Return)
    assert page.text("officer_number_hint") == zh("sign_in.check.number")
    assert page.message() == ""


@pytest.mark.parametrize("code", ["keyfile.damaged", "keyfile.missing"])
def test_files_that_cannot_be_opened_are_explained(page: SignInPage, kit: Kit, code: str) -> None:
    _window(page).show_startup_error(WorldError(code))
    assert page.message() == kit.texts.text(f"errors.{code}.what")
    assert kit.texts.text(f"errors.{code}.do") in page.text("sign_in_banner_detail")


def test_enter_during_a_composition_does_not_sign_in(page: SignInPage, key_file: KeyFile) -> None:
    number = page.find("officer_number")
    number.setFocus()
    compose(number, "liu")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert number.hasFocus()
    assert key_file.tries == 5


def test_the_known_officer_types_the_password_only(
    kit: Kit, qtbot: QtBot, key_file: KeyFile
) -> None:
    window = SignInWindow(kit, key_file.calls, number="620134")
    qtbot.addWidget(window)
    page = SignInPage(qtbot, window)
    page.show()
    qtbot.waitUntil(page.find("password").hasFocus)
    with qtbot.waitSignal(window.signed_in):
        page.type_here("Right-word-7")
        page.press(Qt.Key.Key_Return)


def test_the_recovery_code_lets_an_officer_set_a_new_password(
    page: SignInPage, qtbot: QtBot, key_file: KeyFile
) -> None:
    page.click("use_recovery_code")
    page.type_here("7QK2 wrong")
    for text in ("620134", "Another-word-8", "Another-word-8"):
        page.press(Qt.Key.Key_Tab)
        page.type_here(text)
    page.press(Qt.Key.Key_Return)
    assert "恢复码抄写有误" in page.text("recover_banner_message")
    page.fill("recovery_code", CODE)
    page.press(Qt.Key.Key_Return)
    assert page.message() == zh("sign_in.recover.done")
    assert page.find("officer_number", QLineEdit).text() == "620134"
    with qtbot.waitSignal(_window(page).signed_in):
        page.type_here("Another-word-8")
        page.press(Qt.Key.Key_Return)
    assert key_file.password == "Another-word-8"


def test_rules_of_a_new_password_are_said_while_typing(page: SignInPage, key_file: KeyFile) -> None:
    page.click("use_recovery_code")
    page.fill("recovery_code", CODE)
    page.fill("recover_number", "620134")
    page.find("new_password").setFocus()
    page.type_here("short")
    assert "至少 10 位" in page.text("new_password_hint")
    page.fill("new_password", "my-620134-word")
    assert zh("sign_in.field.number") in page.text("new_password_hint")
    page.fill("new_password", "Another-word-8")
    page.fill("repeat_password", "Another-word-9")
    page.press(Qt.Key.Key_Return)
    assert key_file.password == "Right-word-7"
    page.click("recover_submit")
    assert page.text("repeat_password_hint") == zh("shared.password.not_the_same")
    page.find("repeat_password").setFocus()
    page.press(Qt.Key.Key_Escape)
    assert page.find("officer_number").isVisible()
    assert page.find("password").isVisible()


def test_language_and_theme_are_at_hand(page: SignInPage, kit: Kit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(_window(page).look_chosen) as told:
        page.click("switch_language")
    assert told.args == ["en", "light"]
    with qtbot.waitSignal(_window(page).look_chosen) as told:
        page.click("switch_theme")
    assert told.args == ["en", "dark"]
    assert kit.theme.dark
    assert page.widget.windowTitle() == "Sign in · Fanzha Desk"


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(
    page: SignInPage, kit: Kit, language: str, scheme: Scheme, qtbot: QtBot
) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    page.sign_in("620134", "wrong")
    qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
    assert overlaps(page.widget) == []
    page.click("use_recovery_code")
    page.fill("new_password", "short")
    qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
    assert overlaps(page.widget) == []
    _window(page).form.own_asked.emit("620134", "given")
    page.fill("own_new_password", "short")
    qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
    assert overlaps(page.widget) == []


@pytest.mark.parametrize(("on_server", "where"), [(False, "只保存在本机"), (True, "数据库服务器")])
def test_it_says_where_the_data_are(
    qtbot: QtBot, kit: Kit, key_file: KeyFile, on_server: bool, where: str
) -> None:
    window = SignInWindow(kit, key_file.calls, on_server=on_server)
    qtbot.addWidget(window)
    words = [label.text() for label in window.findChildren(QLabel)]
    assert [where in text for text in words if "本机" in text] == [True]
