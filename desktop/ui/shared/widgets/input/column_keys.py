"""The keys of buttons that stand in a column: Up and Down go from one to the next, Enter presses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnButton(QAbstractButton):
    """Enter presses it; Up and Down are left to the column it stands in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _MOVES:
            event.ignore()
        else:
            super().keyPressEvent(event)


def move_focus(event: QKeyEvent, column: Sequence[QWidget], *, around: bool) -> bool:
    """Do what Up or Down asks within ``column``; False: it asks nothing of it.

    ``around``: from the last to the first, and back; else it stops at the ends.
    """
    move = _MOVES.get(Qt.Key(event.key()), 0)
    place = next((index for index, item in enumerate(column) if item.hasFocus()), None)
    if not move or place is None:
        return False
    last = len(column) - 1
    target = (place + move) % len(column) if around else min(max(place + move, 0), last)
    column[target].setFocus(Qt.FocusReason.TabFocusReason)
    return True
