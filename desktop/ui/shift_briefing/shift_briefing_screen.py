"""What came since the officer was last here and what ends in this shift: one line a case, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.case_file.shift_briefing import CaseNews, ShiftBriefing
from desktop.domain.ids import CaseId
from desktop.domain.numbers import short_case_number
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.news_texts import case_sentence, news_line
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.card import Card
from desktop.ui.shared.widgets.clock_face import ClockSpan
from desktop.ui.shared.widgets.empty_state import EmptyState
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.page import Page
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS = {"clock": 150, "victim": 130, "number": 130}


class ShiftBriefingScreen(Page):
    """Enter opens the case of a line; the page can be left and come back to, its lines are reckoned anew each time.
    ``load`` says in lane ``db`` what there is to know now."""

    def __init__(
        self,
        kit: Kit,
        load: Callable[[Progress], ShiftBriefing],
        open_case: Callable[[CaseId], None],
        limits: ClockLimits,
    ) -> None:
        super().__init__(kit, "shift_briefing.title")
        self.setObjectName("absence_screen")
        self._load = load
        self._open_case = open_case
        self._limits = limits
        self._briefing: ShiftBriefing | None = None
        self._banner = Banner(kit, "absence_banner", closable=True)
        self.summary = Label(kit, role="strong", wrap=True)
        self.summary.setObjectName("absence_summary")
        self.model = RowsModel[CaseNews](kit, self._columns(), _case)
        self.table = Table(kit, self.model, "absence_table")
        self.table.set_widths(_WIDTHS, stretch="what")
        kit.texts.bind(self.table.setAccessibleName, "shift_briefing.title")
        self._card = Card(kit)
        self._empty = EmptyState(kit, "check_circle", "shift_briefing.none")
        self._stack = QStackedWidget()
        self._build()
        kit.actions.add(
            self, "shift_briefing.refresh", "F5", self.reload, group_key="shift_briefing.title"
        )
        self.table.activated_row.connect(self._open)
        kit.texts.changed.connect(self._show_summary)

    def opened(self) -> None:
        """Reckon anew; what is shown stays until that is here."""
        self.reload()

    def first_focus(self) -> QWidget | None:
        """The lines."""
        return self.table

    def reload(self) -> None:
        """Ask the desk what there is to know now."""
        self.kit.runner.start("db", self._load, self.show_briefing, self._banner.show_error)

    def show_briefing(self, briefing: ShiftBriefing) -> None:
        """Show this."""
        self._banner.clear()
        self._briefing = briefing
        self.model.set_rows(briefing.cases)
        self._stack.setCurrentWidget(self._card if briefing.cases else self._empty)
        self._show_summary()

    def _show_summary(self) -> None:
        line = news_line(self.kit, self._briefing) if self._briefing is not None else ""
        self.summary.set_text(line)
        self.summary.setVisible(bool(line))

    def _open(self, row: CaseNews) -> None:
        self._open_case(row.case)

    def _build(self) -> None:
        self._card.body.addWidget(self.table)
        for page in (self._card, self._empty):
            self._stack.addWidget(page)
        self.body.addWidget(self._banner)
        self.body.addWidget(self.summary)
        self.body.addWidget(self._stack, 1)

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
        ends = row.ends_at
        if ends is None:
            return None
        return ClockSpan(ends, self._limits.red_under, self._limits.amber_under)

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
