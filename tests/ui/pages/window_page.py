"""How tests work a window: by object names and with the keyboard, as a person would."""

from __future__ import annotations

from typing import TypeVar, overload

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


def compose(widget: QWidget, preedit: str) -> None:
    """Let an input method show unfinished text in ``widget``."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def type_text(widget: QWidget, text: str) -> None:
    """Type ``text``: keys for ASCII, an input method's commit for the rest.

    Key events with other characters abort the process (Qt 6 cannot map them to keys).
    """
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


class WindowPage:
    """A shown window or page. Subclasses add what can be done on it."""

    def __init__(self, qtbot: QtBot, widget: QWidget) -> None:
        self.qtbot = qtbot
        self.widget = widget

    def show(self, width: int = 1366, height: int = 768) -> None:
        """Show it at a size and give it the keyboard."""
        self.widget.resize(width, height)
        with self.qtbot.waitExposed(self.widget):
            self.widget.show()
        self.widget.activateWindow()

    @overload
    def find(self, name: str) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[W]) -> W: ...

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget with that object name, in this window or a dialog of it."""
        found = self.widget.findChild(kind, name)
        assert found is not None, f"no {kind.__name__} named {name}"
        return found

    def text(self, name: str) -> str:
        """The text of a label."""
        return self.find(name, QLabel).text()

    def fill(self, name: str, text: str) -> None:
        """Replace the text of an editor by typing, and leave it with Tab."""
        editor = self.find(name)
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        type_text(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)

    def type_here(self, text: str) -> None:
        """Type into whatever has the focus."""
        type_text(self.focused(), text)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(self.focused(), key, modifier)

    def click(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def focused(self) -> QWidget:
        """The widget with the keyboard."""
        return QApplication.focusWidget() or self.widget

    def closed(self, dialog: str) -> bool:
        """Whether no such dialog is open."""
        return not any(
            top.objectName() == dialog and top.isVisible() for top in QApplication.topLevelWidgets()
        )

    def dialog(self, name: str) -> WindowPage:
        """The open dialog with that object name."""
        for top in QApplication.topLevelWidgets():
            if top.objectName() == name and top.isVisible():
                return WindowPage(self.qtbot, top)
        raise AssertionError(f"no open dialog named {name}")
