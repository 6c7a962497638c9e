"""登记电话交办: to whom an order that is known by its slip alone was handed, how and when."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.centre.hand_over_slip import WAYS, SlipHandover, hand_over_slip
from desktop.centre.waiting_slips import WaitingSlip
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.target import receiver
from desktop.services.orders.answers.hand_over_order import TelephoneCall, hand_over_order
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import MOMENT, FilledForm, Form, FormText, Input, switch
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.line_edit import Option


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
        to = Input("to", "centre.packs.receiver", value=name, needed=True)
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
