"""The own password changed by keyboard: the old one proves who it is, and a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import AppError, UserInputError
from desktop.ui.settings.officers_card import PasswordCard
from desktop.ui.shared.kit.kit import Kit
from tests.ui.pages.window_page import WindowPage

OLD, NEW = "Gan-su-1126-xyz", "Only-mine-7-qqq"


class Officer:
    def __init__(self) -> None:
        self.password = OLD

    def change(self, old: str, new: str) -> None:
        if old != self.password:
            raise UserInputError("password.wrong", tries=4)
        self.password = new

    def faults(self, password: str, number: str) -> Sequence[AppError]:
        return (UserInputError("password.has_number"),) if number in password else ()


def test_the_own_password_is_changed_by_keyboard(kit: Kit, qtbot: QtBot) -> None:
    officer = Officer()
    host = QWidget()
    qtbot.addWidget(host)
    card = PasswordCard(kit, officer.change, officer.faults, "620134")
    card.setParent(host)
    page = WindowPage(qtbot, host)
    page.show()
    page.fill("own_old_password", "wrong")
    page.fill("own_new_password", "my-620134-word")
    page.fill("own_repeat_password", "my-620134-word")
    page.press(Qt.Key.Key_Return)
    assert page.find("own_new_password").hasFocus(), "it holds the number"
    page.fill("own_new_password", NEW)
    page.fill("own_repeat_password", NEW)
    page.press(Qt.Key.Key_Return)
    assert page.text("own_password_banner_message") == kit.texts.text(
        "errors.password.wrong.what", tries=4
    )
    assert (officer.password, card.new.value()) == (OLD, NEW)
    assert page.find("own_old_password").hasFocus()
    page.fill("own_old_password", OLD)
    page.find("own_repeat_password").setFocus()
    page.press(Qt.Key.Key_Return)
    assert officer.password == NEW
    assert page.text("own_password_banner_message") == kit.texts.text("settings.password.done")
    assert (card.old.value(), card.new.value()) == ("", "")
