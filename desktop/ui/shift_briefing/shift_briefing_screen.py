"""What came since the officer was last here and what ends in this shift: one line a case, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.shift_briefing import CaseNews, ShiftBriefing
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.records.numbers import short_case_number
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.news_texts import case_sentence, news_line
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"clock": 150, "victim": 130, "number": 130}


class ShiftBriefingScreen(ListPage[ShiftBriefing]):
    """Enter opens the case of a line; the page can be left and come back to, its lines are reckoned anew each time.
    ``load`` says in lane ``db`` what there is to know now."""

    of_reckoned_cases = True

    def __init__(
        self,
        kit: Kit,
        load: Callable[[Progress], ShiftBriefing],
        open_case: Callable[[CaseId], None],
        limits: ClockLimits,
    ) -> None:
        super().__init__(kit, "shift_briefing.title", "absence", "shift_briefing.title")
        self._load = load
        self._open_case = open_case
        self._limits = limits
        self._briefing: ShiftBriefing | None = None
        self._stale_at: datetime | None = None
        self.summary = Label(kit, role="strong", wrap=True)
        self.summary.setObjectName("absence_summary")
        self.table = Listing[CaseNews](
            kit, "absence_table", "shift_briefing.title", self._columns(), _case, _WIDTHS
        )
        self._build()
        self.table.activated_row.connect(self._open)
        kit.texts.changed.connect(self._show_summary)
        kit.ticks.ticked.connect(self._ticked)

    def first_focus(self) -> QWidget | None:
        """The lines."""
        return self.table

    def work(self) -> Callable[[Progress], ShiftBriefing]:
        """What there is to know now."""
        return self._load

    def show_view(self, view: ShiftBriefing) -> None:
        """Show this."""
        self._briefing = view
        self._stale_at = view.next_change(self.kit.ticks.now())
        self.table.show_rows(view.cases)
        self._show_summary()

    def _ticked(self, now: datetime) -> None:
        """Something comes into another group: the lines are read anew."""
        if self._stale_at is not None and now >= self._stale_at:
            self.reload_by_itself()

    def _show_summary(self) -> None:
        line = news_line(self.kit, self._briefing) if self._briefing is not None else ""
        self.summary.set_text(line)
        self.summary.setVisible(bool(line))

    def _open(self, row: CaseNews) -> None:
        self._open_case(row.case)

    def _build(self) -> None:
        card = Card(self.kit)
        card.body.addWidget(self.table)
        empty = EmptyState(self.kit, "check_circle", "shift_briefing.none")
        self.body.addWidget(self.banner)
        self.body.addWidget(self.summary)
        self.body.addWidget(ListOrEmpty(card, empty, self.table.rows), 1)

    def _columns(self) -> tuple[TableColumn[CaseNews], ...]:
        return (
            TableColumn(
                "clock",
                "shift_briefing.column.clock",
                _nothing,
                clock=self._clock,
                align_right=True,
            ),
            TableColumn("victim", "shift_briefing.column.victim", _victim),
            TableColumn("number", "shift_briefing.column.number", _number, digits=True),
            TableColumn("what", "shift_briefing.column.what", self._what, tip=self._what),
        )

    def _clock(self, row: CaseNews) -> ClockSpan | None:
        item = row.clock
        if item is None or item.at is None:
            return None
        red, amber = self._limits.red_under, self._limits.amber_under
        return ClockSpan(item.at, red, amber, chance=item.chance)

    def _what(self, row: CaseNews) -> str:
        return case_sentence(self.kit, row)


def _case(row: CaseNews) -> CaseId:
    return row.case


def _nothing(_row: CaseNews) -> str:
    return ""


def _victim(row: CaseNews) -> str:
    return row.victim


def _number(row: CaseNews) -> str:
    return short_case_number(row.number)
