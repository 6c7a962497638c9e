"""Urgent slips that were read and whose bundle has not come: not there while there are none."""

from __future__ import annotations

from desktop.centre.waiting_slips import WaitingSlip
from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderState
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import span, waited_text
from desktop.ui.shared.orders.order_texts import kind_text, target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"unit": 112, "amount": 76, "scanned": 150, "waited": 104, "clock": 112}
_MOST_ROWS = 3
"""Shown without scrolling; the stations below keep their room."""


class SlipCard(Card):
    """A table with live clocks, and what to do."""

    def __init__(self, kit: Kit, limits: DispatchLimits) -> None:
        super().__init__(kit, "centre.slips.title", panel="amber")
        self._kit = kit
        self._limits = limits
        self.table = Listing[WaitingSlip](
            kit, "slip_table", "centre.slips.title", self._columns(), _id, _WIDTHS
        )
        self.body.addWidget(self.table)
        self.body.addWidget(Label(kit, "centre.slips.do", role="small", wrap=True))
        self.hide()

    def show_slips(self, slips: tuple[WaitingSlip, ...]) -> None:
        """Show them; nothing where there are none."""
        self.table.show_rows(slips)
        lines = min(len(slips), _MOST_ROWS)
        height = self.table.horizontalHeader().sizeHint().height()
        height += lines * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(height + self._kit.theme.space("space_l"))
        set_shown(self, shown=bool(slips))

    def _columns(self) -> tuple[TableColumn[WaitingSlip], ...]:
        return (
            TableColumn("unit", "centre.column.unit", _unit, tip=_unit, keep_end=True),
            TableColumn("order", "centre.slips.order", self._order, tip=self._order),
            TableColumn("amount", "centre.column.amount", _amount, align_right=True, digits=True),
            TableColumn("scanned", "centre.slips.scanned", self._scanned, tip=self._scanned),
            TableColumn("waited", "centre.slips.waited", self._waited),
            TableColumn(
                "clock", "centre.column.clock", self._over, tone=_over_tone, clock=self._clock
            ),
        )

    def _order(self, slip: WaitingSlip) -> str:
        if slip.order is None:
            return self._kit.texts.text("centre.slips.unnamed", case=slip.case_number)
        return f"{kind_text(self._kit, slip.order)}　{target_text(slip.order)}"

    def _scanned(self, slip: WaitingSlip) -> str:
        time = moment(self._kit, slip.scanned_at)
        return self._kit.texts.text("centre.slips.by", time=time, by=slip.scanned_by)

    def _clock(self, slip: WaitingSlip) -> ClockSpan | None:
        if slip.order is None:
            return None
        view = OrderView(slip.order, CaseId(""), slip.case_number, "", OrderState.ISSUED)
        row = OrderRow(view, None, clock=slip.due)
        return span(row, self._limits.clocks, self._kit.ticks.now())

    def _waited(self, slip: WaitingSlip) -> str:
        return waited_text(self._kit, self._kit.ticks.now() - slip.scanned_at)

    def _over(self, slip: WaitingSlip) -> str:
        """Where its clock has run out; nothing where none is known."""
        over = slip.due is not None and slip.due.at <= self._kit.ticks.now()
        return self._kit.texts.text("centre.slips.over") if over else ""


def _id(slip: WaitingSlip) -> str:
    return slip.id


def _unit(slip: WaitingSlip) -> str:
    return slip.unit_name


def _amount(slip: WaitingSlip) -> str:
    return yuan(slip.order.amount_fen) if slip.order is not None and slip.order.amount_fen else ""


def _over_tone(_slip: WaitingSlip) -> Tone:
    return Tone.BAD
