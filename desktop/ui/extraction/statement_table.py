"""A statement: whose it is, what it covers and what to mind, and below it its rows: the keyboard walks, Space picks."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.packed_rows import place_of
from desktop.domain.statements.statement import (
    MoneyDirection,
    StatedTotal,
    Statement,
    StatementFinding,
    StatementRow,
)
from desktop.domain.time.local_time import CHINA
from desktop.services.extraction.mark_rows import RowMark
from desktop.services.extraction.statement_transfers import in_other_money, may_be_transfer
from desktop.ui.extraction import row_texts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.tables.rows_model import Keeps, RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_SUMS: Final = ("sum_", "count_")
"""Findings that the totals say themselves."""
_JUDGED_BY: Final = 5_000
"""Rows by which it is judged what the whole covers, and whether there are sums that are no yuan, such as coins."""


class StatementSummary(QWidget):
    """Two lines and as many warnings as there are."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._statement: Statement | None = None
        self._foreign = False
        column = Column(kit, self, gap="space_xs")
        first = Row(kit, gap="space_s")
        self.source = Label(kit, role="section")
        self.source.setObjectName("reading_source")
        self.holder = ElidedLabel(kit, ink="muted")
        self.holder.setObjectName("reading_holder")
        first.addWidget(self.source)
        first.addWidget(self.holder, 1)
        column.addLayout(first)
        second = Row(kit, gap="space_s")
        self.totals = {
            way: Chip(kit)
            for way in (MoneyDirection.OUT, MoneyDirection.IN, MoneyDirection.NEUTRAL)
        }
        for way, chip in self.totals.items():
            chip.setObjectName(f"reading_total_{way}")
            second.addWidget(chip)
        second.addStretch(1)
        column.addLayout(second)
        self.warnings = Label(kit, role="small", wrap=True)
        self.warnings.setObjectName("reading_warnings")
        self.warnings.set_tone(Tone.WARN)
        column.addWidget(self.warnings)
        kit.texts.changed.connect(self._show)

    def show_statement(self, statement: Statement) -> None:
        """Show what was read."""
        self._statement = statement
        looked_at = statement.rows[:_JUDGED_BY]
        self._foreign = any(map(in_other_money, looked_at))
        self._show()

    def _show(self) -> None:
        statement = self._statement
        if statement is None:
            return
        words = self._kit.texts.text
        self.source.set_text(statement.head.source or words("statement.unnamed"))
        self.holder.set_text(" · ".join(filter(None, self._about(statement))))
        stated = {total.direction: total for total in statement.stated}
        counted = {total.direction: total for total in statement.counted}
        wrong = {finding.code for finding in statement.findings}
        for way, chip in self.totals.items():
            found = counted.get(way)
            chip.setVisible(found is not None or way in stated)
            if chip.isVisibleTo(self):
                bad = any(f"{kind}{way}" in wrong for kind in _SUMS)
                self._show_total(chip, way, found, stated.get(way), bad=bad)
        findings = [item for item in statement.findings if not item.code.startswith(_SUMS)]
        self.warnings.set_text("　".join(self._finding(item) for item in findings))
        self.warnings.setVisible(bool(findings))

    def _about(self, statement: Statement) -> tuple[str, ...]:
        words, head = self._kit.texts.text, statement.head
        looked_at = (*statement.rows[:_JUDGED_BY], statement.rows[-1])  # card bills are in no order
        times = sorted(row.time.astimezone(CHINA) for row in looked_at if row.time is not None)
        period = head.period
        if not period and times:
            period = f"{times[0]:%Y-%m-%d} – {times[-1]:%Y-%m-%d}"
        return (
            words("extraction.holder", name=head.owner) if head.owner else "",
            words("extraction.own_account", account=head.account) if head.account else "",
            period,
            words("extraction.size", rows=len(statement.rows), container=head.container),
        )

    def _show_total(
        self,
        chip: Chip,
        way: MoneyDirection,
        found: StatedTotal | None,
        stated: StatedTotal | None,
        *,
        bad: bool,
    ) -> None:
        words = self._kit.texts.text
        count, fen = (found.count or 0, found.amount_fen or 0) if found else (0, 0)
        name = words(f"extraction.total.{way}")
        if bad and stated is not None:
            chip.set_tone(Tone.BAD)
            chip.set_key(
                "extraction.total.differs",
                way=name,
                count=count,
                amount=format_yuan(fen),
                stated=self._stated(stated),
            )
            return
        chip.set_tone(Tone.OK if stated is not None else Tone.NEUTRAL)
        if count and not fen and self._foreign:
            chip.set_key("extraction.total.foreign", way=name, count=count)
            return
        alone = "partly" if self._foreign else "alone"
        key = "agrees" if stated is not None else alone
        chip.set_key(f"extraction.total.{key}", way=name, count=count, amount=format_yuan(fen))

    def _finding(self, finding: StatementFinding) -> str:
        return self._kit.texts.text(f"statement.finding.{finding.code}", **finding.params)

    def _stated(self, total: StatedTotal) -> str:
        words = self._kit.texts.text
        count = "" if total.count is None else words("extraction.total.rows", count=total.count)
        fen = total.amount_fen
        amount = "" if fen is None else words("extraction.total.sum", amount=format_yuan(fen))
        return " ".join(filter(None, (count, amount)))


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
