"""A person's hands: keys, clicks, an input method's commits, and patience until the work is done.

The demonstration works the real windows with these; nothing is reached around a window.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, overload

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shared.widgets.input.line_edit import Combo

W = TypeVar("W", bound=QWidget)

_PATIENCE_MS = 60_000
_BREATH_MS = 20


class DemoError(Exception):
    """A step found a window that is not as it must be."""


class Driver:
    """Works the windows of one program."""

    def __init__(self, runner: TaskRunner) -> None:
        self._runner = runner
        self.pressed = 0
        """Keys pressed so far that are no part of a fact."""

    def rest(self) -> None:
        """Wait until no background work is pending and what it brought is painted."""
        self.until(self._idle, "background work did not end")
        self._breathe()
        self.until(self._idle, "background work did not end")

    def _idle(self) -> bool:
        return not self._runner.busy

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Let the program run until ``holds``; raises :class:`DemoError` after a minute."""
        for _ in range(_PATIENCE_MS // _BREATH_MS):
            if holds():
                return
            self._breathe()
        raise DemoError(otherwise)

    def _breathe(self) -> None:
        loop = QEventLoop()
        QTimer.singleShot(_BREATH_MS, loop.quit)
        loop.exec()

    @overload
    def find(self, name: str) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[W]) -> W: ...

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The visible widget of that object name in any open window."""
        found = self.find_shown(name, kind)
        if found is None:
            raise DemoError(f"nothing visible is called {name}")
        return found

    def find_shown(self, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """Like :meth:`find`, None where there is none."""
        for window in reversed(QApplication.topLevelWidgets()):
            if not window.isVisible():
                continue
            if window.objectName() == name and isinstance(window, kind):
                return window
            for widget in window.findChildren(kind, name):
                if widget.isVisible():
                    return widget
        return None

    def fill(self, name: str, text: str) -> None:
        """Replace the text of a field by typing."""
        editor = self.find(name)
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        self.type(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)

    def fact(self, name: str, text: str) -> None:
        """Type a fact into the field with the keyboard, or choose it there; it must be the one called ``name``."""
        editor = self._keyboard()
        if editor.objectName() != name:
            raise DemoError(f"the keyboard is in {editor.objectName()}, not in {name}")
        if not isinstance(editor, Combo):
            self.type(editor, text)
            return
        QTest.keyClick(editor, Qt.Key.Key_Home)
        for _ in range(editor.count()):
            if editor.value() == text:
                return
            QTest.keyClick(editor, Qt.Key.Key_Down)
        raise DemoError(f"{name} has no choice {text}")

    def write(self, text: str) -> None:
        """Type where the keyboard is."""
        self.type(self._keyboard(), text)
        self.rest()

    def type(self, widget: QWidget, text: str) -> None:
        """Keys for ASCII, an input method's commit for the rest."""
        if text.isascii():
            QTest.keyClicks(widget, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    def click(self, name: str) -> None:
        """Click a button, then wait for what it started."""
        button = self.find(name)
        if not button.isEnabled():
            raise DemoError(f"{name} can not be pressed")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key wherever the focus is."""
        self.pressed += 1
        QTest.keyClick(self._keyboard(), key, modifier)
        self.rest()

    def _keyboard(self) -> QWidget:
        """What has the focus; when a closing dialog left nobody with it, the window behind gets it back."""
        target = QApplication.focusWidget()
        if target is not None:
            return target
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        if not windows:
            raise DemoError("no window has the keyboard")
        front = max(windows, key=lambda window: window.width() * window.height())
        front.activateWindow()
        self._breathe()
        return QApplication.focusWidget() or front.focusWidget() or front

    def choose(self, *paths: Path) -> None:
        """Choose files or a folder in the open file dialog."""
        dialog = self.find("file_chooser", QFileDialog)
        dialog.setDirectory(str(paths[0].parent))
        self._breathe()
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.reject()
        self.rest()

    def picture(self, path: Path) -> Path:
        """What is on the screen: the front window and every dialog over it, into a PNG."""
        self._breathe()
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.width() > 200]
        base = max(windows, key=lambda window: window.width() * window.height())
        sheet = QPixmap(base.size() * base.devicePixelRatioF())
        sheet.setDevicePixelRatio(base.devicePixelRatioF())
        base.render(sheet)
        painter = QPainter(sheet)
        for dialog in windows:
            if dialog is base:
                continue
            place = QRect(base.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0))), dialog.size())
            painter.fillRect(base.rect(), Qt.GlobalColor.transparent)
            painter.drawPixmap(place.topLeft(), dialog.grab())
        painter.end()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not sheet.save(str(path)):
            raise DemoError(f"{path.name} could not be written")
        return path
