"""The line in which one types what a list below is to show."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import LineEdit

_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class ListFinder(LineEdit):
    """Arrows move in ``table`` while the hand stays on the letters; ``page`` is how many rows it shows."""

    def __init__(self, kit: Kit, table: QTableView, page: int) -> None:
        super().__init__(kit)
        self._table = table
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down, and by pages."""
        key = Qt.Key(event.key())
        step = _STEPS.get(key, 0) + _PAGES.get(key, 0) * self._page
        if step == 0 or self.composing:
            super().keyPressEvent(event)
            return
        model = self._table.model()
        last = model.rowCount() - 1
        if last >= 0:
            row = min(max(self._table.currentIndex().row() + step, 0), last)
            self._table.setCurrentIndex(model.index(row, 0))
