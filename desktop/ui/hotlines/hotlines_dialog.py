"""Banks and payment institutions: typed letters or the first digits of a card find the number to call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.reference.directories import Hotline
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.tables.list_finder import ListFinder
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Chip, Label

_LINES: Final = 5
_BANK: Final = ("revoke", "report")
_PAYMENT: Final = ("complain", "order")


class WhatToSay(QWidget):
    """Changes with the institution."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        whole = Column(kit, self, gap="space_s")
        head = Row(kit, gap="space_m")
        self._number = Label(kit, role="figure_large")
        self._number.setObjectName("hotlines_number")
        self._name = Label(kit, role="strong")
        self._state = Chip(kit)
        head.addWidget(self._number)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._state)
        whole.addLayout(head)
        self._note = Label(kit, role="small", ink="muted", wrap=True)
        whole.addWidget(self._note)
        sides = Row(kit, gap="card_gap")
        self._words = tuple(self._side(sides) for _ in _BANK)
        whole.addLayout(sides)

    def _side(self, sides: Row) -> tuple[Label, Label]:
        card = Card(self._kit, panel="grey")
        title = Label(self._kit, role="small_strong", ink="muted", wrap=True)
        line = Label(self._kit, wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for the longest words in either language: the window must not jump from bank to bank.
        line.setMinimumHeight(_LINES * line.fontMetrics().lineSpacing())
        card.body.addWidget(title)
        card.body.addWidget(line)
        card.body.addStretch(1)
        sides.addWidget(card, 1)
        return title, line

    def show_hotline(self, item: Hotline, state: str, tone: Tone) -> None:
        """Show ``item``; ``state`` says whether somebody has called the number."""
        if item.numbers:
            self._number.set_text(item.numbers[0])
        else:
            self._number.set_key("hotlines.unknown")
        self._name.set_text(item.name)
        self._note.set_text(item.note)
        self._note.setVisible(bool(item.note))
        self._state.set_text(state)
        self._state.set_tone(tone)
        for (title, line), topic in zip(
            self._words, _PAYMENT if item.payment else _BANK, strict=True
        ):
            title.set_key(f"hotlines.say.{topic}.title")
            line.set_key(f"hotlines.say.{topic}.text")


Find = Callable[[str], tuple[Hotline, ...]]
"""Answers at once: the tables are small and in memory."""

_WIDTHS: Final = {"number": 200, "state": 110}
_ROWS: Final = 5


class HotlinesDialog(DialogFrame):
    """Opens with the keyboard in the search; Enter and Esc close it."""

    def __init__(self, kit: Kit, parent: QWidget, find: Find) -> None:
        super().__init__(kit, parent, "hotlines.title", wide=True)
        self.setObjectName("hotlines_dialog")
        self._find = find
        self._model = RowsModel[Hotline](kit, self._columns(), _name, self)
        self._table = Table[Hotline](kit, self._model, "hotlines_list")
        self._table.set_widths(_WIDTHS, stretch="name")
        self._table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        kit.texts.bind(self._table.setAccessibleName, "hotlines.list")
        space = kit.theme.space
        self._table.setFixedHeight(
            space("table_header") + _ROWS * space("table_row") + space("space_xs")
        )
        self._table.current_changed.connect(self._tell)
        self._search = ListFinder(kit, self._table, _ROWS)
        self._search.setObjectName("hotlines_search")
        kit.texts.bind(self._search.setPlaceholderText, "hotlines.search")
        kit.texts.bind(self._search.setAccessibleName, "hotlines.search")
        self._search.textChanged.connect(self._show)
        self._nothing = Label(kit, "hotlines.nothing", ink="muted", wrap=True)
        self._say = WhatToSay(kit)
        self.body.addWidget(self._search)
        self.body.addWidget(self._table)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._say)
        close = self.add_button(
            "shared.close", variant=Variant.PRIMARY, name="hotlines_close", keys="Esc"
        )
        self.set_default(close)
        self._show("")
        self._search.setFocus()

    def _columns(self) -> tuple[TableColumn[Hotline], ...]:
        return (
            TableColumn("name", "hotlines.name", _name),
            TableColumn("number", "hotlines.number", self._numbers, digits=True),
            TableColumn("state", "hotlines.state", self._state, chip=True, tone=_tone),
        )

    def _numbers(self, item: Hotline) -> str:
        return " / ".join(item.numbers) or self.kit.texts.text("hotlines.unknown")

    def _state(self, item: Hotline) -> str:
        return self.kit.texts.text("hotlines.verified" if item.verified else "hotlines.unverified")

    def _show(self, typed: str) -> None:
        found = self._find(typed)
        self._model.set_rows(found)
        self._nothing.setVisible(not found)
        self._say.setVisible(bool(found))
        if found:
            self._table.setCurrentIndex(self._model.index(0, 0))
        self._tell()

    def _tell(self) -> None:
        item = self._table.selected()
        if item is not None:
            self._say.show_hotline(item, self._state(item), _tone(item))


def _name(item: Hotline) -> str:
    return item.name


def _tone(item: Hotline) -> Tone:
    return Tone.OK if item.verified else Tone.WARN
