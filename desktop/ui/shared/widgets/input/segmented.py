"""A switch of a few choices side by side; arrow keys move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Row

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Segment(Button):
    """Leaves the arrow keys to the switch, and Enter to the form around it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS or event.key() in _ENTER:
            event.ignore()
            return
        super().keyPressEvent(event)


class Segmented(QWidget):
    """``chosen(value)`` follows each choice by the person. Buttons are named ``<name>_<value>``. One is always chosen,
    or with ``open_choice`` none until somebody does."""

    chosen = Signal(str)

    def __init__(
        self,
        kit: Kit,
        options: Sequence[Option],
        name: str,
        label_key: str = "",
        *,
        open_choice: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._options = tuple(options)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = Row(kit, self)
        for index, option in enumerate(self._options):
            segment = _Segment(kit, option.key, name=f"{name}_{option.value}")
            if option.text:
                segment.set_text(option.text)
            segment.setCheckable(True)
            self._group.addButton(segment, index)
            row.addWidget(segment)
        self._group.buttonToggled.connect(self._let_tab)
        self._group.button(0).setChecked(not open_choice)
        self._group.idClicked.connect(self._clicked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if label_key:
            kit.texts.bind(self.setAccessibleName, label_key)

    def value(self) -> str:
        """The chosen value; "" while none is."""
        chosen = self._group.checkedId()
        return self._options[chosen].value if chosen >= 0 else ""

    def chosen_button(self) -> QWidget:
        """The button of the choice, for the focus; the first while there is none."""
        return self._group.checkedButton() or self._group.button(0)

    def set_value(self, value: str) -> None:
        """Choose without a signal; an unknown value changes nothing."""
        for index, option in enumerate(self._options):
            if option.value == value:
                self._group.button(index).setChecked(True)

    def set_words(self, value: str, text: str) -> None:
        """Say another text for a choice; as it is, whatever the language."""
        for index, option in enumerate(self._options):
            if option.value == value:
                self._group.button(index).setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the choice."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        chosen = self._group.checkedId()
        # The first step leads to the first or the last.
        before = chosen if chosen >= 0 or step > 0 else 0
        index = (before + step) % len(self._options)
        button = self._group.button(index)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _let_tab(self) -> None:
        """Tab comes to the choice. Qt itself moves that on only once a button has had the keyboard."""
        target = self.chosen_button()
        for button in self._group.buttons():
            tab = button is target
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, index: int) -> None:
        self.chosen.emit(self._options[index].value)
