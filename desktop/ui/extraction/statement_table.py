"""The rows of a statement: the keyboard walks, Space picks."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.statements.packed_rows import place_of
from desktop.domain.statements.statement import StatementRow
from desktop.services.extraction.mark_rows import RowMark
from desktop.services.extraction.statement_transfers import in_other_money, may_be_transfer
from desktop.ui.extraction import row_texts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.tables.rows_model import Keeps, RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table


class LongRows(RowsModel[StatementRow]):
    """``show`` takes the rows as they are: no look at each of them on the GUI thread."""

    def show(self, rows: Sequence[StatementRow]) -> None:
        """Show ``rows``, whose numbers rise."""
        self.beginResetModel()
        self._rows = cast("tuple[StatementRow, ...]", rows)  # asked by place and length only
        self.endResetModel()

    def row_of(self, key: Hashable) -> int:
        """The place of a row by its number, -1 if it is not shown."""
        return place_of(self._rows, key) if isinstance(key, int) else -1

    def marks_changed(self) -> None:
        """What the program knows of rows changed, not the rows."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


_WIDTHS: Final = {
    "mark": 78,
    "row": 58,
    "time": 152,
    "direction": 52,
    "amount": 132,
    "account": 190,
    "about": 186,
    "status": 92,
    "reference": 132,
}
_COINS: Final = 216
"""Width of amounts that are written with their unit and many decimals."""
_LOOKED_AT: Final = 5_000
"""Rows by which a column is judged to be empty; the line below the table tells every cell of any row."""
_TONES: Final = {RowMark.RECORDED: Tone.INFO, RowMark.LIKELY: Tone.WARN}


class StatementTable(QWidget):
    """``picks_changed``: other rows are picked. ``current_changed(row | None)`` follows the keyboard."""

    picks_changed = Signal()
    current_changed = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._picked: dict[int, StatementRow] = {}
        self._marks: Mapping[int, RowMark] = {}
        self.model = LongRows(kit, self._columns(), _row_number, self)
        self.table = Table[StatementRow](kit, self.model, "reading_rows")
        self.table.set_widths(_WIDTHS, stretch="counterparty")
        self.table.verticalHeader().setDefaultSectionSize(kit.theme.space("table_row_tight"))
        kit.texts.bind(self.table.setAccessibleName, "extraction.rows")
        self.table.activated_row.connect(self.toggle)
        self.table.current_changed.connect(self._tell_current)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle_current)
        Column(kit, self).addWidget(self.table)
        self.setFocusProxy(self.table)

    @property
    def picked(self) -> tuple[StatementRow, ...]:
        """The picked rows, shown or not, in the order of the file."""
        return tuple(self._picked[number] for number in sorted(self._picked))

    def hide_empty(self, rows: Sequence[StatementRow]) -> None:
        """No column for what the whole statement does not tell, as wallets tell no account; room for coins."""
        texts = {"account": row_texts.account, "status": _status, "counterparty": _counterparty}
        rows = rows[:_LOOKED_AT]
        for place, column in enumerate(self.model.columns):
            text = texts.get(column.name)
            if text is not None:
                self.table.setColumnHidden(place, not any(map(text, rows)))
            if column.name == "amount" and any(map(in_other_money, rows)):
                self.table.setColumnWidth(place, _COINS)
        if not any(map(_counterparty, rows)):  # then the purpose says with whom, at length
            self.table.set_widths({}, stretch="about")

    def show_rows(self, rows: Sequence[StatementRow]) -> None:
        """Show these; what is picked stays picked."""
        self.model.show(rows)
        if self.table.selected() is None and rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._tell_current()

    def set_marks(self, marks: Mapping[int, RowMark]) -> None:
        """Which rows look like payments of the case; picked ones that are in it now are let go."""
        self._marks = marks
        for row in [row for row in self._picked if marks.get(row) is RowMark.RECORDED]:
            del self._picked[row]
        self.model.marks_changed()
        self.picks_changed.emit()

    def go_to_first_likely(self) -> None:
        """Bring the first row that looks like a payment of the case into sight."""
        likely = [row for row, mark in self._marks.items() if mark is RowMark.LIKELY]
        for row in likely[:1]:
            self.table.select_key(row)

    def toggle(self, row: StatementRow) -> None:
        """Pick the row, or let it go; one that is in the case or is no payment cannot be picked."""
        if self._picked.pop(row.row, None) is None:
            if not may_be_transfer(row) or self._marks.get(row.row) is RowMark.RECORDED:
                return
            self._picked[row.row] = row
        at = self.model.row_of(row.row)
        if at >= 0:
            last = self.model.columnCount() - 1
            self.model.dataChanged.emit(self.model.index(at, 0), self.model.index(at, last))
        self.picks_changed.emit()

    def _toggle_current(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.toggle(row)

    def _tell_current(self) -> None:
        self.current_changed.emit(self.table.selected())

    def _columns(self) -> tuple[TableColumn[StatementRow], ...]:
        words = row_texts
        return (
            TableColumn("mark", "extraction.mark", self._mark, chip=True, tone=self._mark_tone),
            TableColumn("row", "extraction.number", words.number, align_right=True),
            TableColumn("time", "extraction.time", words.time),
            TableColumn("direction", "extraction.way", self._direction, tone=words.direction_tone),
            TableColumn("amount", "extraction.amount", words.amount, align_right=True, digits=True,
                        tone=words.amount_tone),
            TableColumn("counterparty", "extraction.counterparty", _counterparty),
            TableColumn("account", "extraction.account", words.account, tone=words.number_tone),
            TableColumn("about", "extraction.about", words.about),
            TableColumn("status", "extraction.status", _status, tone=words.status_tone),
            TableColumn("reference", "extraction.reference", words.reference, keeps=Keeps.END,
                        tone=words.number_tone),
        )  # fmt: skip

    def _direction(self, row: StatementRow) -> str:
        return self._kit.texts.text(f"extraction.direction.{row.direction}")

    def _mark(self, row: StatementRow) -> str:
        if row.row in self._picked:
            return self._kit.texts.text("extraction.marks.picked")
        mark = self._marks.get(row.row)
        return self._kit.texts.text(f"extraction.marks.{mark}") if mark else ""

    def _mark_tone(self, row: StatementRow) -> Tone:
        if row.row in self._picked:
            return Tone.OK
        mark = self._marks.get(row.row)
        return _TONES[mark] if mark else Tone.NEUTRAL


def _counterparty(row: StatementRow) -> str:
    return row.counterparty


def _status(row: StatementRow) -> str:
    return row.status


def _row_number(row: StatementRow) -> int:
    return row.row
