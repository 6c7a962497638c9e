"""A list that says what it is for while it is empty."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from desktop.ui.series.tables import Listing
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.label import Label

T = TypeVar("T")


class WordedList(QStackedWidget):
    """``key``: the words of the catalogue for an empty list."""

    def __init__(self, kit: Kit, table: Listing[T], key: str) -> None:
        super().__init__()
        words = Label(kit, key, ink="muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._model = table.rows
        self.addWidget(table)
        self.addWidget(words)
        self._model.modelReset.connect(self._turn)
        self._model.rowsInserted.connect(self._turn)
        self._model.rowsRemoved.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        self.setCurrentIndex(0 if self._model.rowCount() else 1)
