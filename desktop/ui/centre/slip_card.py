"""Orders that are known by their urgent slip alone: worked by telephone until their bundle comes."""

from __future__ import annotations

from typing import TypeVar

from desktop.centre.waiting_slips import WaitingSlip
from desktop.domain.orders.way_orders import name_key
from desktop.services.orders.answers.slip_orders import slip_view
from desktop.services.orders.list_orders import OrderRow
from desktop.services.session import Session
from desktop.ui.centre.slip_handing import SlipHanding, handover_text
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import ClockLimits, span, waited_text
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

T = TypeVar("T")
_WIDTHS = {
    "unit": 88, "amount": 76, "scanned": 96, "waited": 88, "clock": 112, "handed": 120,
}  # fmt: skip
_MOST_ROWS = 3
"""Shown without scrolling; the stations below keep their room."""


class SlipCard(Card):
    """A table with live clocks, and what to do: Enter or Ctrl+Shift+T records to whom an order was handed. ``page``
    hears the key, and is read again where it was recorded."""

    def __init__(self, kit: Kit, session: Session, limits: ClockLimits, page: ListPage[T]) -> None:
        super().__init__(kit, "centre.slips.title", panel="amber")
        self._kit = kit
        self._limits = limits
        handing = SlipHanding(kit, session, page)
        handing.changed.connect(page.recorded)
        handing.failed.connect(page.fail)
        key = page.add("centre.slips.hand.key", "Ctrl+Shift+T", self._hand_over)
        self._handing = handing
        self.table = Listing[WaitingSlip](
            kit, "slip_table", "centre.slips.title", self._columns(), _id, _WIDTHS
        )
        self.body.addWidget(self.table)
        foot = Row(kit)
        foot.addWidget(Label(kit, "centre.slips.do", role="small", wrap=True), 1)
        foot.addWidget(Button.of(kit, key, size=Size.COMPACT, name="slip_hand"))
        self.body.addLayout(foot)
        self.table.activated_row.connect(handing.ask)
        self.hide()

    def show_slips(self, slips: tuple[WaitingSlip, ...]) -> None:
        """Show them; nothing where there are none."""
        self.table.show_rows(slips)
        lines = min(len(slips), _MOST_ROWS)
        height = self.table.horizontalHeader().sizeHint().height()
        height += lines * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(height + self._kit.theme.space("space_l"))
        set_shown(self, shown=bool(slips))

    def _hand_over(self) -> None:
        self._handing.ask(self.table.selected())

    def _columns(self) -> tuple[TableColumn[WaitingSlip], ...]:
        return (
            TableColumn("unit", "centre.column.unit", _unit, tip=_unit, keeps=Keeps.END),
            TableColumn("order", "centre.slips.order", self._order, tip=self._order),
            TableColumn("amount", "centre.column.amount", _amount, align_right=True, digits=True),
            TableColumn("scanned", "centre.slips.scanned", self._scanned, tip=self._scanned),
            TableColumn("waited", "centre.slips.waited", self._waited),
            TableColumn(
                "clock", "centre.column.clock", self._over, tone=_over_tone, clock=self._clock
            ),
            TableColumn("handed", "centre.slips.handed", self._handed, tip=self._handed),
        )

    def _order(self, slip: WaitingSlip) -> str:
        if slip.order is None:
            return self._kit.texts.text("centre.slips.unnamed", case=slip.case_number)
        name = self._kit.texts.text(name_key(slip.order.kind, slip.way))
        return f"{name}　{target_text(slip.order)}"

    def _scanned(self, slip: WaitingSlip) -> str:
        time = moment(self._kit, slip.scanned_at)
        return self._kit.texts.text("centre.slips.by", time=time, by=slip.scanned_by)

    def _clock(self, slip: WaitingSlip) -> ClockSpan | None:
        if slip.order is None:
            return None
        row = OrderRow(slip_view(slip.order, slip.case_number), clock=slip.due)
        return span(row, self._limits, self._kit.ticks.now())

    def _waited(self, slip: WaitingSlip) -> str:
        return waited_text(self._kit, self._kit.ticks.now() - slip.scanned_at)

    def _handed(self, slip: WaitingSlip) -> str:
        return handover_text(self._kit, slip.handed) if slip.handed is not None else ""

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
