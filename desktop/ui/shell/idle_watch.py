"""Notices that nobody is at the desk, and the lock key wherever it is pressed."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from desktop.ui.shared.kit.ticks import TickSource

_ACTIVE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
LOCK_KEY = Qt.Key.Key_F12


class IdleWatch(QObject):
    """``idle`` is emitted when nothing was touched for the limit. It is compared with the clock at
    each tick, so that time asleep counts.

    ``lock_pressed`` comes from dialogs too, where the shortcuts of the window behind do not reach.
    Only windows are watched, not every object: one look at an event that a person caused.
    """

    idle = Signal()
    lock_pressed = Signal()

    def __init__(self, app: QApplication, ticks: TickSource, limit: timedelta) -> None:
        super().__init__()
        self._ticks = ticks
        self._limit = limit
        self._touched = ticks.now()
        self._idle = False
        app.focusWindowChanged.connect(self._watch)
        # An input method takes the keys before the window sees them; the moving caret shows it.
        app.inputMethod().cursorRectangleChanged.connect(self.touch)
        ticks.ticked.connect(self._tick)

    def set_limit(self, limit: timedelta) -> None:
        """Change how long the desk may stand idle."""
        self._limit = limit

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = self._ticks.now()
        self._idle = False

    def untouched(self) -> timedelta:
        """For how long nobody was here."""
        return max(self._ticks.now() - self._touched, timedelta())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key, click and move counts; the lock key is taken."""
        if event.type() not in _ACTIVE:
            return False
        self.touch()
        if isinstance(event, QKeyEvent) and event.key() == LOCK_KEY:
            self.lock_pressed.emit()
            return True
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # never twice
            window.installEventFilter(self)

    def _tick(self, now: datetime) -> None:
        # Where the system clock was set back, begin anew instead of waiting for it to catch up.
        self._touched = min(self._touched, now)
        if not self._idle and now - self._touched >= self._limit:
            self._idle = True
            self.idle.emit()
