"""What came since the officer was last here and what ends in this shift: one line a case, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.shift_briefing import CaseNews, ShiftBriefing
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.records.numbers import short_case_number
from desktop.services.ports import HandoverDesk
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.orders.desk_lines import desk_lines
from desktop.ui.shared.orders.news_texts import case_sentence, news_line
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

_MOST = 4
"""Of a group that are named above the list; all of them are on the handover sheet."""
_WIDTHS = {"clock": 150, "victim": 130, "number": 130}


class ShiftBriefingScreen(ListPage[ShiftBriefing]):
    """Enter opens the case of a line; the page can be left and come back to, its lines are reckoned anew each time.
    ``load`` says in lane ``db`` what there is to know now; ``desk``: what a centre's shift leaves beside that."""

    of_reckoned_cases = True

    def __init__(
        self,
        kit: Kit,
        load: Callable[[Progress], ShiftBriefing],
        open_case: Callable[[CaseId], None],
        limits: ClockLimits,
        desk: Callable[[Progress], HandoverDesk | None] | None = None,
    ) -> None:
        super().__init__(kit, "shift_briefing.title", "absence", "shift_briefing.title")
        self._load = load
        self._open_case = open_case
        self._limits = limits
        self._briefing: ShiftBriefing | None = None
        self._load_desk = desk
        self._desk: HandoverDesk | None = None
        self._reading_desk = Latest(kit.runner, self)
        self.desk = Label(kit, wrap=True)
        self.desk.setObjectName("absence_desk")
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
        if self._load_desk is not None:
            self._reading_desk.start("survey", self._load_desk, self._desk_came, self.fail)

    def _desk_came(self, desk: HandoverDesk | None) -> None:
        self._desk = desk
        self._show_summary()

    def _ticked(self, now: datetime) -> None:
        """Something comes into another group: the lines are read anew."""
        if self._stale_at is not None and now >= self._stale_at:
            self.reload_by_itself()

    def _show_summary(self) -> None:
        line = news_line(self.kit, self._briefing) if self._briefing is not None else ""
        self.summary.set_text(line)
        self.summary.setVisible(bool(line))
        words = _desk_text(self.kit, self._desk) if self._desk is not None else ""
        self.desk.set_text(words)
        self.desk.setVisible(bool(words))

    def _open(self, row: CaseNews) -> None:
        self._open_case(row.case)

    def _build(self) -> None:
        card = Card(self.kit)
        card.body.addWidget(self.table)
        empty = EmptyState(self.kit, "check_circle", "shift_briefing.none")
        self.body.addWidget(self.banner)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.desk)
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


def _desk_text(kit: Kit, desk: HandoverDesk) -> str:
    """A line for what is open, for who has what in hand, and for what is to be rung or called back."""
    groups: dict[str, list[str]] = {}
    for line in desk_lines(kit, desk):
        at = moment(kit, line.at) if line.at is not None else ""
        groups.setdefault(line.group, []).append(" ".join(filter(None, (line.who, line.what, at))))
    return "\n".join(
        kit.texts.text(
            "shift_briefing.desk",
            what=kit.texts.text(f"orders.handover.group.{group}"),
            lines=kit.texts.text("shift_briefing.separator").join(found[:_MOST]),
        )
        for group, found in groups.items()
    )


def _case(row: CaseNews) -> CaseId:
    return row.case


def _nothing(_row: CaseNews) -> str:
    return ""


def _victim(row: CaseNews) -> str:
    return row.victim


def _number(row: CaseNews) -> str:
    return short_case_number(row.number)
