"""The building blocks of a page: cards, titles, lines, rows of key and value, token spacing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.texts.label import Label


class Column(QVBoxLayout):
    """Things below each other, ``gap`` (a size token) apart, without outer margins."""

    def __init__(self, kit: Kit, parent: QWidget | None = None, *, gap: str = "space_m") -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(kit.theme.space(gap))


class Row(QHBoxLayout):
    """Things beside each other, ``gap`` (a size token) apart, without outer margins."""

    def __init__(self, kit: Kit, parent: QWidget | None = None, *, gap: str = "space_s") -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(kit.theme.space(gap))


def let_go(layout: QLayout, *widgets: QWidget) -> None:
    """Take widgets out of their layout and off the screen at once; Qt deletes them when it comes round."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


class Card(QFrame):
    """A white panel with a border. ``panel``: card, red, amber, green, blue, grey or drop.

    ``body`` takes the contents, ``header`` (right of the title) chips and buttons.
    """

    def __init__(self, kit: Kit, title_key: str = "", *, panel: str = "card") -> None:
        super().__init__()
        set_look(self, panel=panel)
        padding = kit.theme.space("card_padding")
        self._kit = kit
        self._header: Row | None = None
        self._outer = Column(kit, self, gap="space_s")
        self._outer.setContentsMargins(padding, padding, padding, padding)
        self.title = Label(kit, role="section")
        self.title.setParent(self)  # one that is never placed would outlive the window
        self.title.hide()
        self.body = Column(kit, gap="space_s")
        self._outer.addLayout(self.body, 1)
        if title_key:
            self.set_title(title_key)

    @property
    def header(self) -> Row:
        """The row above the contents: the title, then what is added to its right end."""
        if self._header is None:  # a card without title or buttons gives no room to them
            self._header = Row(self._kit)
            self._header.addWidget(self.title)
            self._header.addStretch(1)
            self._outer.insertLayout(0, self._header)
        return self._header

    def set_title(self, key: str, **params: str | int) -> None:
        """Show a title."""
        self.title.set_key(key, **params)
        self._kit.texts.bind(self.setAccessibleName, key, **params)
        self.header.update()
        self.title.show()

    def set_panel(self, panel: str) -> None:
        """Give it another ground."""
        set_look(self, panel=panel)


def centred(kit: Kit, widget: QWidget) -> Row:
    """``widget`` in the middle of the width.

    A layout's own alignment would ask wrapped texts for their height at the full width.
    """
    row = Row(kit)
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


def divider(kit: Kit) -> QFrame:
    """A thin line across."""
    line = QFrame()
    set_look(line, panel="line")
    line.setFixedHeight(kit.theme.space("border"))
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line


class KeyValues(QWidget):
    """Rows of a muted name on the left and its value on the right (or beside it)."""

    def __init__(self, kit: Kit, *, right: bool = True) -> None:
        super().__init__()
        self._kit = kit
        self._right = right
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_s"))
        self._grid.setColumnStretch(1, 1)

    def add_row(
        self, key: str, value: str = "", *, role: str = "body", tone: Tone | None = None
    ) -> Label:
        """Add a row; keep the returned label to change the value later."""
        row = self._grid.rowCount()
        name = Label(self._kit, key, ink="muted")
        shown = Label(self._kit, role=role, wrap=True)
        shown.set_text(value)
        if tone is not None:
            shown.set_tone(tone)
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        shown.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(shown, row, 1)
        self._kit.texts.bind(shown.setAccessibleName, key)
        return shown
