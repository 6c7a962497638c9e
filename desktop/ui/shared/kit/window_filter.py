"""Look at what windows are sent before they are, without looking at every object."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class WindowFilter(QObject):
    """Its ``eventFilter`` is asked of each window that has or had the keyboard, dialogs among them, and of nothing
    else: one look at an event that a person caused."""

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.focusWindowChanged.connect(self._filter)

    def _filter(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # never twice
            window.installEventFilter(self)
