"""Which rows of a statement are shown: words, direction, amounts, days, and those that look like the case's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.statements.statement import MoneyDirection
from desktop.domain.statements.statement_filter import RowFilter
from desktop.domain.time.local_time import read_day
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.line_edit import LineEdit, Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Row

_REST_MS: Final = 120
"""A filter follows when the typing rests: a long statement is not searched at every letter."""
_ALL: Final = "all"


class StatementFilterBar(QWidget):
    """``changed``: ask for :meth:`value`."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._year = 0
        row = Row(kit, self, gap="space_s")
        self.text = self._line("text", 180)
        options = [Option(_ALL, "extraction.filter.all")]
        options += [Option(way, f"extraction.direction.{way}") for way in ("out", "in")]
        self.way = Segmented(kit, options, "reading_way", "extraction.way")
        self.least = self._line("least", 90)
        self.most = self._line("most", 90)
        self.since = self._line("since", 100)
        self.until = self._line("until", 100)
        self.likely = CheckBox(kit, "extraction.filter.likely", name="reading_likely")
        row.addWidget(self.text, 1)
        row.addWidget(self.way)
        for edit in (self.least, self.most, self.since, self.until):
            row.addWidget(edit)
        row.addWidget(self.likely)
        self.problems = CheckBox(kit, "extraction.filter.problems", name="reading_problems")
        self.problems.hide()
        row.addWidget(self.problems)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.changed)
        self.way.chosen.connect(self.changed)
        self.likely.toggled.connect(self.changed)
        self.problems.toggled.connect(self.changed)

    def set_year(self, year: int) -> None:
        """The year a day without one belongs to."""
        self._year = year

    def value(self, marked: frozenset[int]) -> RowFilter:
        """What is asked for; a field that cannot be read asks for nothing and is marked."""
        way = self.way.value()
        return RowFilter(
            text=self.text.text().strip(),
            direction=None if way == _ALL else MoneyDirection(way),
            least_fen=_fen(self.least),
            most_fen=_fen(self.most),
            since=self._day(self.since),
            until=self._day(self.until, days=1),
            marked_only=self.likely.isChecked(),
            problems_only=self.problems.isChecked(),
            marked=marked,
        )

    def _line(self, name: str, width: int) -> LineEdit:
        kit = self._kit
        edit = LineEdit(kit)
        edit.setObjectName(f"reading_{name}")
        edit.setMinimumWidth(width)
        kit.texts.bind(edit.setPlaceholderText, f"extraction.filter.{name}")
        kit.texts.bind(edit.setAccessibleName, f"extraction.filter.{name}")
        edit.textChanged.connect(self._typed)
        return edit

    def _typed(self) -> None:
        self._rest.start()

    def _day(self, edit: LineEdit, *, days: int = 0) -> datetime | None:
        text = edit.text().strip()
        found = read_day(text, self._year)
        set_look(edit, state="red" if text and found is None else "")
        return found + timedelta(days=days) if found is not None else None


def _fen(edit: LineEdit) -> int | None:
    text = edit.text().strip()
    if not text:
        set_look(edit, state="")
        return None
    try:
        fen = parse_yuan(text)
    except UserInputError:
        set_look(edit, state="red")
        return None
    set_look(edit, state="")
    return fen
