"""A held key counts once, though X11 sends it as releases and presses of the same time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from desktop.ui.shared.kit.held_keys import HeldKeys

_F9 = Qt.Key.Key_F9


class _Window(QWindow):
    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[bool] = []
        """Whether each press was a repeated one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pressed.append(event.isAutoRepeat())


@pytest.fixture
def window(qapp: QApplication, qtbot):
    held = HeldKeys(qapp)
    window = _Window()
    window.show()
    window.requestActivate()
    qtbot.waitUntil(lambda: qapp.focusWindow() is window)
    yield window
    window.destroy()
    held.deleteLater()


def _send(window: QWindow, kind: QEvent.Type, time: int, key: Qt.Key = _F9) -> bool:
    """Whether somebody took it."""
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(time)
    event.ignore()
    QCoreApplication.sendEvent(window, event)
    return event.isAccepted()


def test_a_press_at_the_time_of_the_release_is_a_repetition(window):
    _send(window, QEvent.Type.KeyPress, 1000)
    for time in (1660, 1700):
        _send(window, QEvent.Type.KeyRelease, time)
        assert _send(window, QEvent.Type.ShortcutOverride, time)  # so that no shortcut hears it
        _send(window, QEvent.Type.KeyPress, time)
    assert window.pressed == [False, True, True]


def test_pressing_again_is_pressing_again(window):
    _send(window, QEvent.Type.KeyPress, 1000)
    _send(window, QEvent.Type.KeyRelease, 1050)
    assert not _send(window, QEvent.Type.ShortcutOverride, 1090)
    _send(window, QEvent.Type.KeyPress, 1090)
    _send(window, QEvent.Type.KeyPress, 1090, Qt.Key.Key_F8)
    assert window.pressed == [False, False, False]
