"""Keys that mean one thing in the pane and another outside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.actions import Action


class ClaimedKeys(QObject):
    """``claimed`` tells the action that has a key; what it tells none of goes on to the window."""

    def __init__(self, pane: QWidget, claimed: Callable[[QKeySequence], Action | None]) -> None:
        super().__init__(pane)
        self._claimed = claimed
        pane.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the key from the window's shortcuts, then do what it means."""
        if not isinstance(event, QKeyEvent) or event.type() is QEvent.Type.KeyRelease:
            return False
        action = self._claimed(QKeySequence(event.keyCombination()))
        if action is None:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            action.trigger()
        return True
