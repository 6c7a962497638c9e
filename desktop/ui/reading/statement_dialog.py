"""A bill or statement, row by row: the officer picks what belongs to the fraud, one key takes it into the case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.amounts import format_yuan
from desktop.domain.evidence import Evidence
from desktop.domain.local_time import CHINA
from desktop.domain.progress import Progress
from desktop.domain.statement import Direction, Statement, StatementRow
from desktop.domain.statement_filter import RowFilter
from desktop.services.mark_rows import RowMark
from desktop.ui.reading import row_words
from desktop.ui.reading.filter_bar import FilterBar
from desktop.ui.reading.statement_head import StatementHead
from desktop.ui.reading.statement_table import StatementTable
from desktop.ui.shared.actions import Action
from desktop.ui.shared.banner import Banner
from desktop.ui.shared.button import Button, Variant
from desktop.ui.shared.card import Row
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import ElidedLabel, Label
from desktop.ui.shared.theme import Tone


class StatementDialog(DialogFrame):
    """``take_wanted(rows)``: take these into the case. ``columns_wanted``: the columns are to be said by hand."""

    take_wanted = Signal(object)
    columns_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget, item: Evidence, statement: Statement) -> None:
        super().__init__(kit, parent, "reading.statement.title", width="dialog_width_reading")
        self.setObjectName("statement_dialog")
        self.title.set_key("reading.statement.title_of", name=item.name)
        self.statement = statement
        self._marks: Mapping[int, RowMark] = {}
        self._shown = len(statement.rows)
        self._wanted: RowFilter | None = None
        self.head = StatementHead(kit)
        self.head.show_statement(statement)
        self.body.addWidget(self.head)
        self.filter = FilterBar(kit)
        self.filter.set_year(_last_year(statement))
        damaged = any(finding.code == "damaged" for finding in statement.findings)
        self.filter.problems.setVisible(damaged)
        self.body.addWidget(self.filter)
        self.rows = StatementTable(kit)
        self.rows.setFixedHeight(kit.theme.space("reading_rows"))
        self.body.addWidget(self.rows)
        self._detail = ElidedLabel(kit, role="small", ink="muted")
        self._detail.setObjectName("reading_detail")
        self.body.addWidget(self._detail)
        self._banner = Banner(kit, "reading_banner")
        self.body.addWidget(self._banner)
        self._count = Label(kit, role="label")
        self._count.setObjectName("reading_count")
        self._add_buttons()
        self.filter.changed.connect(self._filter)
        self.rows.picks_changed.connect(self._count_picks)
        self.rows.current_changed.connect(self._show_detail)
        self.rows.hide_empty(statement.rows)
        self.rows.show_rows(statement.rows)
        self._count_picks()
        self.rows.setFocus()

    def set_marks(self, marks: Mapping[int, RowMark]) -> None:
        """Which rows look like payments of the case, or are in it."""
        first = not self._marks
        self._marks = marks
        self.rows.set_marks(marks)
        likely = sum(mark is RowMark.LIKELY for mark in marks.values())
        self.filter.likely.setEnabled(likely > 0)
        if first:
            self.rows.go_to_first_likely()
        self._count_picks()

    def show_error(self, error: Exception) -> None:
        """Say why nothing was taken; the picks stay."""
        self._banner.show_error(error)

    def show_taken(self, count: int) -> None:
        """Say what was taken; the window stays for more."""
        self._banner.show_key(Tone.OK, "reading.taken", count=count)

    def _add_buttons(self) -> None:
        kit = self.kit
        self.buttons.insertWidget(0, self._count)
        hint = Row(kit)
        hint.addWidget(Label(kit, "reading.statement.keys", role="hint", ink="muted"))
        self.buttons.insertLayout(1, hint)
        self._columns = Action(self, "reading.columns.open", "Ctrl+M")
        self._columns.triggered.connect(self.columns_wanted)
        self.buttons.addWidget(Button.of(kit, self._columns, name="reading_columns"))
        self.add_button("shared.close", name="reading_close")
        self._take = Action(self, "reading.take", "Ctrl+Return")
        self._take.triggered.connect(self._ask_take)
        button = Button.of(kit, self._take, variant=Variant.PRIMARY, name="reading_take")
        self.buttons.addWidget(button)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.activated.connect(self._take.trigger)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self._find)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filter)
        down.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        down.activated.connect(self._to_rows)

    def _find(self) -> None:
        self.filter.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.text.selectAll()

    def _to_rows(self) -> None:
        self.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter(self) -> None:
        likely = frozenset(row for row, mark in self._marks.items() if mark is RowMark.LIKELY)
        wanted = self._wanted = self.filter.value(likely)
        work = partial(_chosen, wanted, self.statement.rows)
        self.kit.runner.start("files", work, self._filtered, self._failed)

    def _filtered(self, found: tuple[RowFilter, tuple[StatementRow, ...]]) -> None:
        wanted, rows = found
        if wanted is not self._wanted:
            return  # somebody typed on; the next answer is on its way
        self._shown = len(rows)
        self.rows.show_rows(rows)
        self._count_picks()

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)

    def _count_picks(self) -> None:
        picked = self.rows.picked
        fen = sum(row.amount_fen or 0 for row in picked)
        self._count.set_key(
            "reading.count",
            shown=self._shown,
            rows=len(self.statement.rows),
            picked=len(picked),
            amount=format_yuan(fen),
        )
        self._take.set_enabled(enabled=bool(picked))

    def _show_detail(self, row: StatementRow | None) -> None:
        if row is None:
            self._detail.set_key("reading.nothing_shown")
            return
        said = row_words.whole(self.kit, row)
        if row.direction is Direction.IN:
            said += "　" + self.kit.words.text("reading.incoming")
        self._detail.set_text(said)

    def _ask_take(self) -> None:
        self._banner.clear()
        self.take_wanted.emit(self.rows.picked)


def _chosen(
    wanted: RowFilter, rows: tuple[StatementRow, ...], _progress: Progress
) -> tuple[RowFilter, tuple[StatementRow, ...]]:
    return wanted, wanted.chosen(rows)


def _last_year(statement: Statement) -> int:
    for row in (statement.rows[-1], statement.rows[0]):
        if row.time is not None:
            return row.time.astimezone(CHINA).year
    return 0
