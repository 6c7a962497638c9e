"""Orders known by their urgent slip alone, worked by telephone until their bundle comes, and to whom one was handed."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop.centre.hand_over_slip import WAYS, SlipHandover, hand_over_slip
from desktop.centre.waiting_slips import WaitingSlip
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import receiver
from desktop.domain.orders.sending.way_orders import name_key
from desktop.services.orders.answers.hand_over_order import TelephoneCall, hand_over_order
from desktop.services.orders.answers.slip_orders import slip_view
from desktop.services.orders.list_orders import OrderRow
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import MOMENT, FilledForm, Form, FormText, Input, switch
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import ClockLimits, span, waited_text
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label


class SlipHanding(DialogActions):
    """``changed`` once it is recorded."""

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session

    def ask(self, slip: WaitingSlip | None) -> None:
        """About this slip; nothing without one."""
        if slip is None:
            return
        order = slip.order
        ways = [Option(way, key=f"centre.slips.hand.way.{way}") for way in WAYS]
        what = target_text(order) if order is not None else slip.case_number
        rows = (
            FormText(text=f"{slip.unit_name}\n{what}", ink=""),
            Input(
                "to", "centre.slips.hand.to", value=receiver(order) if order else "", needed=True
            ),
            Input("how", "centre.slips.hand.how", switch(ways), WAYS[0]),
            Input("at", "centre.slips.hand.at", MOMENT, self._kit.ticks.now(), needed=True),
        )
        form = Form(
            "hand_slip", "centre.slips.hand.title", "centre.slips.hand.accept", rows, focus="to"
        )
        self._ask_form(form, partial(_record, self._session, slip.id), "centre.slips.hand.done")

    def ask_of_order(self, view: OrderView) -> None:
        """About an order that waits to be sent: who answered at its receiver's."""
        name = receiver(view.order)
        to = Input("to", "centre.batches.receiver", value=name, needed=True)
        rows = (
            FormText(text=f"{view.order.unit_name}\n{target_text(view.order)}", ink=""),
            *(() if name else (to,)),
            Input("who", "calls.phone.who", needed=True),
            Input("at", "centre.slips.hand.at", MOMENT, self._kit.ticks.now(), needed=True),
            FormText("centre.slips.hand.letter"),
        )
        form = Form(
            "hand_order", "centre.slips.hand.title", "centre.slips.hand.accept", rows, focus="who"
        )
        act = partial(_record_order, self._session, view.order.id)
        self._ask_form(form, act, "centre.slips.hand.done")


def handover_text(kit: Kit, handover: SlipHandover) -> str:
    """``今天 10:40 电话 农行 王五，620001 登记``."""
    if handover.pack:
        at = moment(kit, handover.at)
        return kit.texts.text("centre.slips.hand.packed", at=at, pack=handover.pack, to=handover.to)
    how = handover.how if handover.how in WAYS else WAYS[0]
    way, at = kit.texts.text(f"centre.slips.hand.way.{how}"), moment(kit, handover.at)
    return kit.texts.text(
        "centre.slips.hand.stands", at=at, way=way, to=handover.to, by=handover.by
    )


def _record(session: Session, order: str, filled: FilledForm) -> None:
    hand_over_slip(session, order, filled["to"], filled["how"], filled.at("at"))


def _record_order(session: Session, order: str, filled: FilledForm) -> None:
    call = TelephoneCall(filled["who"], filled.at("at"), filled["to"])
    hand_over_order(session, order, call)


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
