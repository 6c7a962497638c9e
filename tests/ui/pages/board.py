"""The board as a person works it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget

from desktop.domain.cases.case import CaseState
from desktop.ui.board.board_screen import BoardScreen
from desktop.ui.board.lanes import ColumnView
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import Toast
from tests.ui.pages.window_page import WindowPage

_CONTROL = Qt.KeyboardModifier.ControlModifier


class BoardPage(WindowPage):
    """Columns, cards and filters by their names."""

    widget: BoardScreen

    def column(self, state: str) -> list[str]:
        """The names in a column, top to bottom."""
        model = self.widget.lanes.lane(CaseState(state)).model
        return [item.victim for item in model.items()]

    def view(self, state: str) -> ColumnView:
        """The list of a column."""
        return self.widget.lanes.lane(CaseState(state)).view

    def count(self, state: str) -> str:
        """The number beside a column's name."""
        return self.find(f"board_count_{state}", QLabel).text()

    def stand_on(self, victim: str) -> None:
        """Put the keyboard on a card."""
        for state in CaseState:
            for item in self.widget.lanes.lane(state).model.items():
                if item.victim == victim:
                    self.widget.lanes.focus_case(item.id)
                    return
        raise AssertionError(f"no card of {victim}")

    def current(self) -> str:
        """Whose card the keyboard is on, "" if on none."""
        item = self.widget.current()
        return item.victim if item is not None else ""

    def carry(self, key: Qt.Key) -> None:
        """Move the current case to the neighbouring column."""
        self.press(key, _CONTROL)

    def toast(self) -> str:
        """The word at the foot of the window that tells what was done."""
        told = self.widget.window().findChild(Toast)
        return told.accessibleName() if isinstance(told, Toast) else ""

    def chip(self, victim: str) -> str:
        """What the chip of a card says now."""
        for item in self.widget.items():
            if item.victim == victim:
                face = self.widget.cards.chip(item, self.widget.kit.ticks.now())
                return face.text if face is not None else ""
        raise AssertionError(f"no card of {victim}")

    def empty_text(self) -> str:
        """What an empty board says; "" while cards are shown."""
        stack = self.widget.findChild(QStackedWidget)
        assert stack is not None
        shown = stack.currentWidget()
        return shown.sentence.text() if isinstance(shown, EmptyState) else ""
