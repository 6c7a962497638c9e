"""The names of the page's parts, with counts; arrow keys move, Alt and a digit jumps."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Row

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Tab(Enum):
    """The parts of the page, left to right."""

    OVERVIEW = "overview"
    TIMELINE = "timeline"
    MONEY = "money"
    FLOW = "flow"
    LEADS = "leads"
    EVIDENCE = "evidence"
    ORDERS = "orders"
    PAPERS = "papers"
    HISTORY = "history"
    PEOPLE = "people"


class _TabButton(Button):
    """Leaves the arrow keys to the strip."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
            return
        super().keyPressEvent(event)


COUNTED: Final = (Tab.LEADS, Tab.EVIDENCE, Tab.ORDERS, Tab.PEOPLE)
"""Parts whose name says how much there is."""


class TabStrip(QWidget):
    """``chosen(Tab)`` follows each choice by the person."""

    chosen = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("case_tabs")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = Row(kit, self, gap="space_xxs")
        for place, tab in enumerate(Tab):
            button = _TabButton(
                kit,
                f"case.tab.{tab.value}",
                variant=Variant.QUIET,
                size=Size.COMPACT,
                name=f"case_tab_{tab.value}",
            )
            button.setCheckable(True)
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(self._clicked)

    def value(self) -> Tab:
        """The chosen part."""
        return tuple(Tab)[self._group.checkedId()]

    def choose(self, tab: Tab) -> None:
        """Choose as the person would; the keyboard comes along if it was on another name."""
        button = self._group.button(tuple(Tab).index(tab))
        if any(other.hasFocus() for other in self._group.buttons()):
            button.setFocus()
        button.click()

    def set_count(self, tab: Tab, count: int) -> None:
        """Show how much there is; nothing is not counted."""
        button = self._group.button(tuple(Tab).index(tab))
        if isinstance(button, Button):
            key = f"case.tab.{tab.value}"
            if count:
                button.set_key(f"{key}_count", count=count)
            else:
                button.set_key(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the choice."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        place = (self._group.checkedId() + step) % len(Tab)
        button = self._group.button(place)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self, place: int) -> None:
        self.setFocusProxy(self._group.button(place))
        self.chosen.emit(tuple(Tab)[place])
