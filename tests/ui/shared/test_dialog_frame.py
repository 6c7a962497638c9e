"""A dialog follows its contents, and its buttons stay on the screen however much there is to say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.dialogs.dialog_frame import BodyRoom, DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.texts.label import Label


class _Told:
    """A dialog with one text, a last field and a button, and the host it stands on."""

    def __init__(self, qtbot: QtBot, kit: Kit) -> None:
        self.host = QWidget()
        self.host.resize(1000, 600)
        qtbot.addWidget(self.host)
        self.host.show()
        self.dialog = DialogFrame(kit, self.host, "shared.close")
        self.text = Label(kit)
        self.text.setWordWrap(True)
        self.text.setText("有")
        self.last = QLineEdit()
        self.dialog.body.addWidget(self.text)
        self.dialog.body.addWidget(self.last)
        self.button: Button = self.dialog.add_button("shared.close", variant=Variant.PRIMARY)
        self.dialog.open()
        room = self.dialog.findChild(BodyRoom)
        assert room is not None
        self.room = room

    def place(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self.dialog, QPoint(0, 0)), widget.size())


@pytest.fixture
def told(qtbot: QtBot, kit: Kit) -> _Told:
    return _Told(qtbot, kit)


def test_it_grows_with_a_text_that_breaks_into_lines(told: _Told, qtbot: QtBot) -> None:
    before = told.dialog.height()
    told.text.setText("很长的说明，" * 40)
    qtbot.waitUntil(lambda: told.dialog.height() > before + 40)
    assert told.room.verticalScrollBar().maximum() == 0
    assert told.place(told.text).bottom() < told.place(told.last).top()
    told.text.setText("有")
    qtbot.waitUntil(lambda: told.dialog.height() == before)


def test_more_than_the_screen_holds_is_scrolled_above_its_buttons(
    told: _Told, qtbot: QtBot
) -> None:
    screen = told.dialog.screen().availableGeometry()
    told.text.setText("很长的说明，" * 4000)
    qtbot.waitUntil(lambda: told.room.verticalScrollBar().maximum() > 0)
    assert told.dialog.height() <= screen.height()
    assert told.dialog.rect().contains(told.place(told.button))
    told.button.setFocus()
    told.last.setFocus()
    qtbot.waitUntil(lambda: told.room.verticalScrollBar().value() > 0)
    assert told.room.rect().contains(
        QRect(told.last.mapTo(told.room, QPoint(0, 0)), told.last.size())
    )


def test_it_stays_on_the_screen_where_its_window_does_not(told: _Told, qtbot: QtBot) -> None:
    screen = told.dialog.screen().availableGeometry()
    told.dialog.hide()
    told.host.resize(screen.width(), told.host.height())
    told.host.move(0, screen.bottom() - 300)
    told.dialog = DialogFrame(told.dialog.kit, told.host, "shared.close")
    hint = Label(told.dialog.kit)
    hint.setWordWrap(True)
    told.dialog.body.addWidget(hint)
    told.dialog.open()
    hint.setText("很长的说明，" * 60)
    qtbot.waitUntil(lambda: told.dialog.height() > 200)
    assert told.dialog.frameGeometry().bottom() <= screen.bottom()


def test_it_stands_in_the_middle_of_a_window_without_a_display(told: _Told, qtbot: QtBot) -> None:
    told.dialog.hide()
    told.host.resize(2 * told.host.screen().availableGeometry().width(), told.host.height())
    told.dialog = DialogFrame(told.dialog.kit, told.host, "shared.close")
    told.dialog.open()
    qtbot.waitExposed(told.dialog)
    middle, wanted = told.dialog.frameGeometry().center(), told.host.frameGeometry().center()
    assert abs(middle.x() - wanted.x()) <= 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_key_held_since_the_window_behind_does_not_answer(told: _Told, key: Qt.Key) -> None:
    answers: list[int] = []
    told.dialog.finished.connect(answers.append)
    told.dialog.set_default(told.button)
    for held in (True, False):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", held)
        QCoreApplication.sendEvent(told.dialog, event)
        assert len(answers) == (0 if held else 1)


def test_a_key_drawn_on_a_button_presses_it(told: _Told, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = told.dialog.add_button("shared.close", closes=False, keys="Ctrl+S")
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.waitUntil(lambda: told.dialog.isActiveWindow() and button.isVisible())
    QTest.keyClick(told.last, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(pressed) == 1
    for forbid in (button.setDisabled, button.setHidden):
        forbid(True)
        QTest.keyClick(told.last, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        forbid(False)
    assert len(pressed) == 1
