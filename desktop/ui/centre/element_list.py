"""The elements of an order, below each other, to be read out or copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.ui.centre.order_elements import Element, as_text, element_key
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label

_DIGITS = frozenset({"payee_account", "payer_account", "order_number", "serial", "number", "about"})


def copy_elements(kit: Kit, page: QWidget, elements: tuple[Element, ...]) -> None:
    """Put them on the clipboard, one a line, for the bank's own system, and say so on ``page``."""
    QGuiApplication.clipboard().setText(as_text(kit, elements))
    toast(kit, page, "centre.copied")


class ElementList(QWidget):
    """Shows other elements as often as it is told."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_xs"))
        self._grid.setColumnStretch(1, 1)
        self._pool: list[tuple[Label, Label]] = []

    def show_elements(self, elements: tuple[Element, ...]) -> None:
        """Show ``elements``; labels are used again."""
        while len(self._pool) < len(elements):
            self._pool.append(self._make(len(self._pool)))
        for place, (name, value) in enumerate(self._pool):
            shown = place < len(elements)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                self._fill(name, value, elements[place])

    def _make(self, row: int) -> tuple[Label, Label]:
        name = Label(self._kit, ink="muted", parent=self)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        value = Label(self._kit, wrap=True, parent=self)
        # May shrink to one line, else the scroll area reserves room for lines that are not needed.
        value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        return name, value

    def _fill(self, name: Label, value: Label, element: Element) -> None:
        key, text = element
        name.set_key(element_key(key))
        value.setObjectName(f"element_{key.rpartition('.')[2]}")
        value.setFont(self._kit.theme.font("digits" if key in _DIGITS else "body"))
        value.set_text(text)
        self._kit.texts.bind(value.setAccessibleName, element_key(key))
