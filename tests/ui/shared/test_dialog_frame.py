"""A dialog follows its contents, and its buttons stay on the screen however much there is to say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.dialogs.dialog_frame import BodyRoom, DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.texts.label import Label
from tests.support.dialog_widths import wider_than_shown


class _FramedDialog:
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
def framed(qtbot: QtBot, kit: Kit) -> _FramedDialog:
    return _FramedDialog(qtbot, kit)


def test_it_grows_with_a_text_that_breaks_into_lines(framed: _FramedDialog, qtbot: QtBot) -> None:
    before = framed.dialog.height()
    framed.text.setText("很长的说明，" * 40)
    qtbot.waitUntil(lambda: framed.dialog.height() > before + 40)
    assert framed.room.verticalScrollBar().maximum() == 0
    assert framed.place(framed.text).bottom() < framed.place(framed.last).top()
    framed.text.setText("有")
    qtbot.waitUntil(lambda: framed.dialog.height() == before)


def test_more_than_the_screen_holds_is_scrolled_above_its_buttons(
    framed: _FramedDialog, qtbot: QtBot
) -> None:
    screen = framed.dialog.screen().availableGeometry()
    framed.text.setText("很长的说明，" * 4000)
    qtbot.waitUntil(lambda: framed.room.verticalScrollBar().maximum() > 0)
    assert framed.dialog.height() <= screen.height()
    assert framed.dialog.rect().contains(framed.place(framed.button))
    framed.button.setFocus()
    framed.last.setFocus()
    qtbot.waitUntil(lambda: framed.room.verticalScrollBar().value() > 0)
    assert framed.room.rect().contains(
        QRect(framed.last.mapTo(framed.room, QPoint(0, 0)), framed.last.size())
    )


def test_it_stays_on_the_screen_where_its_window_does_not(
    framed: _FramedDialog, qtbot: QtBot
) -> None:
    screen = framed.dialog.screen().availableGeometry()
    framed.dialog.hide()
    framed.host.resize(screen.width(), framed.host.height())
    framed.host.move(0, screen.bottom() - 300)
    framed.dialog = DialogFrame(framed.dialog.kit, framed.host, "shared.close")
    hint = Label(framed.dialog.kit)
    hint.setWordWrap(True)
    framed.dialog.body.addWidget(hint)
    framed.dialog.open()
    hint.setText("很长的说明，" * 60)
    qtbot.waitUntil(lambda: framed.dialog.height() > 200)
    assert framed.dialog.frameGeometry().bottom() <= screen.bottom()


def test_it_stands_in_the_middle_of_a_window_without_a_display(
    framed: _FramedDialog, qtbot: QtBot
) -> None:
    framed.dialog.hide()
    framed.host.resize(2 * framed.host.screen().availableGeometry().width(), framed.host.height())
    framed.dialog = DialogFrame(framed.dialog.kit, framed.host, "shared.close")
    framed.dialog.open()
    qtbot.waitExposed(framed.dialog)
    middle, wanted = framed.dialog.frameGeometry().center(), framed.host.frameGeometry().center()
    assert abs(middle.x() - wanted.x()) <= 1


def test_it_stays_where_it_stands_when_the_corner_is_said_late(framed: _FramedDialog) -> None:
    corner = framed.dialog.screen().geometry().topLeft()
    framed.dialog.move(corner + QPoint(120, 90))
    framed.dialog.move(corner)
    assert framed.dialog.pos() == corner + QPoint(120, 90)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_key_held_since_the_window_behind_does_not_answer(
    framed: _FramedDialog, key: Qt.Key
) -> None:
    answers: list[int] = []
    framed.dialog.finished.connect(answers.append)
    framed.dialog.set_default(framed.button)
    for held in (True, False):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", held)
        QCoreApplication.sendEvent(framed.dialog, event)
        assert len(answers) == (0 if held else 1)


def test_a_key_drawn_on_a_button_presses_it(framed: _FramedDialog, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = framed.dialog.add_button("shared.close", closes=False, keys="Ctrl+S")
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.waitUntil(lambda: framed.dialog.isActiveWindow() and button.isVisible())
    QTest.keyClick(framed.last, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(pressed) == 1
    for forbid in (button.setDisabled, button.setHidden):
        forbid(True)
        QTest.keyClick(framed.last, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        forbid(False)
    assert len(pressed) == 1


def test_a_text_is_finished_by_ctrl_enter(framed: _FramedDialog) -> None:
    text = QPlainTextEdit()
    framed.dialog.body.addWidget(text)
    framed.dialog.set_default(framed.button)
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert framed.dialog.isVisible(), "a line more"
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not framed.dialog.isVisible()


def test_contents_wider_than_a_dialog_are_noticed(
    framed: _FramedDialog, cut_dialogs: list[str]
) -> None:
    assert wider_than_shown(framed.dialog) == []
    framed.last.setMinimumWidth(framed.room.viewport().width())
    assert len(wider_than_shown(framed.dialog)) == 1
    framed.dialog.reject()
    assert len(cut_dialogs) == 1
    cut_dialogs.clear()
