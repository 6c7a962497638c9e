"""The chosen order with all elements for the bank, and what the bank answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.centre.hand_over_slip import SlipHandover
from desktop.domain.case_file.views import OrderView
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.masking import masked_text
from desktop.domain.orders.order import OrderReply
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.centre.listed_orders import centre_state
from desktop.ui.centre.order_elements import ElementList, missing, order_elements
from desktop.ui.centre.order_evidence import OrderEvidence
from desktop.ui.centre.rota import OnCallLine
from desktop.ui.centre.slip_card import handover_text
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.claiming import ClaimLine
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.order_signs import OrderClock, OrderSigns
from desktop.ui.shared.orders.order_texts import alone_text
from desktop.ui.shared.orders.sending_problems import sent_despite_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, IconButton, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.clock_label import ClockLabel
from desktop.ui.shared.widgets.texts.label import Label


class DispatchOrderDetail(Card):
    """Shows one order, or asks to choose one; numbers of persons masked until they are revealed.

    ``actions``: rows of actions with the names of their buttons, the main one first; ``hand``: who has it in hand,
    ``on_call``: whom to ring about it; without ``evidence`` nothing of the case is named.
    ``reveal_wanted``: the eye.
    """

    reveal_wanted = Signal()

    def __init__(
        self,
        kit: Kit,
        limits: ClockLimits,
        actions: Sequence[Sequence[tuple[Action, str]]],
        evidence: OrderEvidence | None,
        hand: ClaimLine,
        on_call: OnCallLine,
    ) -> None:
        super().__init__(kit)
        self._evidence = evidence
        self._hand, self._on_call = hand, on_call
        self._kit = kit
        self._row: OrderRow | None = None
        self.revealed = False
        """Whether numbers of persons are shown in full."""
        self._signs = OrderSigns(kit, limits, self, centre_state)
        self._signs.clock.connect(self._show_clock)
        self._clock = ClockLabel(kit)
        self._eye = IconButton(kit, "case.reveal.show", "eye", name="dispatch_reveal")
        self._add_header()
        self._lacks = Label(kit, ink="red", wrap=True)
        self._alone, self._despite, self._handed = (
            Label(kit, ink="amber", wrap=True) for _ in range(3)
        )
        self._reply = Card(kit, panel="green")
        self._reply_text = Label(kit, wrap=True)
        self.elements = ElementList(kit)
        self._scroll = ScrollArea(kit, self._content())
        self.body.addWidget(self._scroll, 1)
        self._none = Label(kit, "centre.dispatch.choose", ink="muted", wrap=True)
        self.body.addWidget(self._none)
        if evidence is not None:
            self.body.addWidget(evidence)
        self._add_buttons(actions)
        self._handover: SlipHandover | None = None
        kit.texts.changed.connect(self._show)
        self.show_order(None)

    def _add_header(self) -> None:
        self.header.insertWidget(0, self._signs.kind)
        self.header.insertWidget(1, self._signs.state)
        self.header.addWidget(self._clock)
        self._eye.setCheckable(True)
        self._eye.clicked.connect(self.reveal_wanted)
        self.header.addWidget(self._eye)

    def _content(self) -> QWidget:
        """What is said of the order, above its elements."""
        content = QWidget()
        rows = Column(self._kit, content, gap="space_s")
        rows.addWidget(self._hand)
        rows.addWidget(self._on_call)
        notes = (
            (self._lacks, "lacks"), (self._alone, "alone"), (self._despite, "despite"),
            (self._handed, "handed"),
        )  # fmt: skip
        for note, name in notes:
            note.setObjectName(f"order_{name}")
            rows.addWidget(note)
        self._reply_text.setObjectName("order_reply")
        self._reply_text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._reply.body.addWidget(self._reply_text)
        rows.addWidget(self._reply)
        rows.addWidget(self.elements)
        rows.addStretch(1)
        return content

    def _add_buttons(self, actions: Sequence[Sequence[tuple[Action, str]]]) -> None:
        for line, row in enumerate(actions):
            buttons = Row(self._kit)
            for place, (action, name) in enumerate(row):
                variant = Variant.PLAIN if line or place else Variant.PRIMARY
                buttons.addWidget(Button.of(self._kit, action, variant=variant, name=name))
            buttons.addStretch(1)
            self.body.addLayout(buttons)

    def show_order(self, row: OrderRow | None) -> None:
        """Show another order."""
        self._row = row
        self._signs.show_order(row)
        self._handover = None
        self._on_call.show_order(row.view.order.id if row is not None else "")
        if self._evidence is not None:
            self._evidence.show_case(row.view.case if row is not None else None)
        self._show()

    def show_handover(self, handover: SlipHandover | None) -> None:
        """To whom the order was handed by telephone or while only its slip was here, so that nobody calls twice."""
        self._handover = handover
        self._say_handover()

    @property
    def order(self) -> str:
        """The order that is shown, or ""."""
        return self._row.view.order.id if self._row is not None else ""

    def reveal(self, *, revealed: bool) -> None:
        """Show numbers of persons in full, or mask them again."""
        self.revealed = revealed
        self._show()

    def _say_handover(self) -> None:
        handover = self._handover
        self._handed.setVisible(handover is not None)
        if handover is not None:
            key = f"centre.slips.hand.{'own' if handover.own else 'before'}"
            self._handed.set_key(key, what=handover_text(self._kit, handover))

    def _show(self) -> None:
        self._say_handover()
        row = self._row
        if row is None:
            self._scroll.hide()
        else:
            self._none.hide()
        self._scroll.setVisible(row is not None)
        self._none.setVisible(row is None)
        for part in (self._signs.kind, self._signs.state, self._eye):
            part.setVisible(row is not None)
        self._eye.set_key("case.reveal.hide" if self.revealed else "case.reveal.show")
        self._eye.setChecked(self.revealed)
        if row is None:
            return
        view = row.view
        self._hand.show_work(view.order.id)
        self._show_lacks(view)
        alone = alone_text(self._kit, view.order, row.approval) if view.order.unconfirmed else ""
        self._alone.setVisible(bool(alone))
        self._alone.set_text(alone)
        self._despite.setVisible(view.despite is not None)
        if view.despite is not None:
            words = sent_despite_text(self._kit, view.despite, revealed=self.revealed)
            self._despite.set_text(words)
        self._show_reply(view.order.reply)
        self.elements.show_elements(order_elements(self._kit, view, revealed=self.revealed))

    def _show_clock(self, clock: OrderClock) -> None:
        self._clock.set_span(clock.span)

    def _show_lacks(self, view: OrderView) -> None:
        lacks = missing(view.order)
        self._lacks.setVisible(bool(lacks))
        names = [self._kit.texts.text(f"centre.element.{name}") for name in lacks]
        comma = self._kit.texts.text("centre.comma")
        self._lacks.set_text(
            self._kit.texts.text("centre.dispatch.lacks", names=comma.join(names)) if lacks else ""
        )

    def _show_reply(self, reply: OrderReply | None) -> None:
        self._reply.setVisible(reply is not None)
        if reply is not None:
            self._reply.set_panel({"done": "green", "partial": "amber"}.get(reply.result, "red"))
            self._reply_text.set_text(reply_text(self._kit, reply, revealed=self.revealed))


def reply_text(kit: Kit, reply: OrderReply, *, revealed: bool) -> str:
    """What the bank answered, a few short lines; unless ``revealed``, numbers of persons in it are masked."""
    words, zone = kit.texts, kit.zone
    lines = [
        words.text(
            f"centre.answer.{reply.result.value}",
            amount=yuan(reply.amount_fen),
            organisation=reply.organisation,
        )
    ]
    if reply.starts_at is not None and reply.ends_at is not None:
        start, end = show_local(reply.starts_at, zone), show_local(reply.ends_at, zone)
        lines.append(words.text("centre.answer.period", start=start, end=end))
    if reply.known_balance is not None:
        lines.append(words.text("centre.answer.balance", balance=yuan(reply.known_balance)))
    remark = reply.remark if revealed else masked_text(reply.remark)
    lines += [part for part in (reply.operator, reply.failure, remark) if part]
    for hop in reply.hops:
        parts = (hop.name, hop.bank, group_account(hop.account))
        account = "　".join(filter(None, parts))
        lines.append(words.text("centre.answer.hop", amount=yuan(hop.amount_fen), account=account))
    return "\n".join(lines)
