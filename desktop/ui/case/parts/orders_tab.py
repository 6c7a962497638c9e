"""The orders of a case, each with what came back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.case_file.orders.order_rules import NOT_OUT, open_hops
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.approval import Level
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import UNHEARD, Order, OrderKind, OrderReply
from desktop.domain.orders.reply import NextHop
from desktop.services.case_sheet import CaseSheet
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.orders.order_reply_lines import ReplyLine, ReplyLines
from desktop.ui.shared.orders.order_signs import OrderClock, OrderSigns
from desktop.ui.shared.orders.order_term_texts import term_lines
from desktop.ui.shared.orders.order_texts import account_money_text, alone_text, target_text
from desktop.ui.shared.orders.sending_problems import sent_despite_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider, let_go
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.clock_label import ClockChip
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.texts.label import Label

_A_LINE = 7
"""Facts side by side at 1366 wide."""


class ReplyBlock(QWidget):
    """What the bank did, the fields of its reply side by side. ``hop_wanted(place)``: stop where the money went on;
    offered for the places in ``open_hops``."""

    hop_wanted = Signal(int)

    def __init__(
        self,
        kit: Kit,
        reply: OrderReply,
        kind: OrderKind,
        open_hops: tuple[int, ...],
        *,
        revealed: bool,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._lines = ReplyLines(kit, kind, revealed=revealed)
        self.setObjectName("case_order_reply")
        column = Column(kit, self, gap="space_s")
        facts = tuple(self._lines.of(reply))
        for place in range(0, len(facts), _A_LINE):
            column.addLayout(self._line(facts[place : place + _A_LINE]))
        for place, hop in enumerate(reply.hops):
            column.addLayout(self._hop_line(place, hop, stoppable=place in open_hops))
        if reply.remark:
            remark = Label(kit, wrap=True)
            remark.set_key("case.reply.remark", text=self._lines.remark(reply))
            column.addWidget(remark)

    def _hop_line(self, place: int, hop: NextHop, *, stoppable: bool) -> Row:
        row = Row(self._kit)
        line = Label(self._kit, wrap=True)
        line.set_key("ordering.hop", account=self._lines.hop(hop))
        row.addWidget(line, 1)
        if stoppable:
            button = Button(
                self._kit, "ordering.act.stop_hop", size=Size.COMPACT, icon="stop",
                name=f"case_order_hop_{place}",
            )  # fmt: skip
            button.clicked.connect(partial(self.hop_wanted.emit, place))
            row.addWidget(button)
        return row

    def _line(self, facts: Sequence[ReplyLine]) -> Row:
        row = Row(self._kit, gap="space_xl")
        for fact_text in facts:
            fact = Column(self._kit, gap="space_xxs")
            fact.addWidget(Label(self._kit, fact_text.key, role="label", ink="muted"))
            value = Label(self._kit, ink=fact_text.ink)
            value.set_text(fact_text.text or self._kit.texts.text("case.unknown"))
            fact.addWidget(value)
            row.addLayout(fact)
        row.addStretch(1)
        return row


def order_notes(kit: Kit, view: OrderView, sheet: CaseSheet, *, revealed: bool) -> tuple[str, ...]:
    """Lines for the order's card; none for a plain stop."""
    order, words = view.order, kit.texts
    lines = []
    term_texts = term_lines(kit, order.kind, order.terms, revealed=revealed)
    if term_texts:
        comma = words.text("case.history.comma")
        lines.append(
            comma.join(
                words.text("order_terms.stated", name=words.text(key), value=value)
                for key, value in term_texts
            )
        )
    if order.official:
        lines.append(words.text("ordering.note.official", number=order.official))
    approval = order.approval
    if approval.refused:
        lines.append(words.text("ordering.note.refused", by=approval.by, reason=approval.refused))
    elif approval.at is not None:
        by = " ".join(part for part in (approval.by, approval.number) if part)
        at, officer = moment(kit, approval.at), sheet.officer(approval.officer)
        lines.append(words.text("ordering.note.approved", by=by, at=at, officer=officer))
    elif order.level is not Level.NONE:
        level = words.text(f"ordering.level.{order.level.value}")
        lines.append(words.text("ordering.needs", level=level))
    lines += _confirmation(kit, order, sheet)
    if view.despite is not None:
        lines.append(sent_despite_text(kit, view.despite, revealed=revealed))
    if order.withdrawal.at is not None:
        at = moment(kit, order.withdrawal.at)
        lines.append(words.text("ordering.note.withdrawn", at=at, reason=order.withdrawal.reason))
    return tuple(lines)


def _confirmation(kit: Kit, order: Order, sheet: CaseSheet) -> list[str]:
    confirmed = order.confirmation
    if not order.alone or confirmed is None:
        row = sheet.on_clock.get(order.id)
        due = row.approval if row is not None else None
        return [alone_text(kit, order, due)] if order.alone else []
    at, officer = moment(kit, confirmed.at), sheet.officer(confirmed.officer)
    return [kit.texts.text("ordering.note.confirmed", at=at, officer=officer)]


class CaseOrderCard(Card):
    """``slip_wanted(order)`` and ``paper_wanted(order)``; ``act_wanted(view)``, and ``hops_wanted(view, places)`` where
    its money went on."""

    slip_wanted = Signal(object)
    paper_wanted = Signal(object)
    act_wanted = Signal(object)
    hops_wanted = Signal(object, object)

    def __init__(
        self, kit: Kit, view: OrderView, sheet: CaseSheet, setup: CaseSetup, *, revealed: bool
    ) -> None:
        super().__init__(kit)
        self._kit = kit
        self._view = view
        self._setup = setup
        order = view.order
        self.setObjectName(f"case_order_{order.number}")
        self._fill_header(sheet.order_row(view))
        line = Row(kit, gap="space_l")
        if order.amount_fen:
            amount = Label(kit, role="figure")
            amount.set_key("case.amount", amount=yuan(order.amount_fen))
            line.addWidget(amount)
        where = Column(kit, gap="space_xxs")
        target = Label(kit, role="digits")
        target.set_text(target_text(order, revealed=revealed))
        where.addWidget(target)
        issued = Label(kit, role="hint", ink="muted")
        issued.set_key(
            "case.order.issued",
            at=moment(kit, order.issued_at),
            officer=sheet.officer(order.issued_by),
            number=order.number,
        )
        where.addWidget(issued)
        money = account_money_text(kit, sheet.order_row(view))
        for text in (
            *([money] if money else ()),
            *order_notes(kit, view, sheet, revealed=revealed),
        ):
            note = Label(kit, role="hint", ink="muted", wrap=True)
            note.set_text(text)
            where.addWidget(note)
        line.addLayout(where, 1)
        line.addLayout(self._buttons())
        self.body.addLayout(line)
        if order.reply is not None:
            self.body.addWidget(divider(kit))
            hops = open_hops(view, sheet.file.orders) if setup.orders else ()
            reply = ReplyBlock(kit, order.reply, order.kind, hops, revealed=revealed)
            reply.hop_wanted.connect(self._want_hop)
            self.body.addWidget(reply)

    def _fill_header(self, row: OrderRow) -> None:
        kit = self._kit
        signs = OrderSigns(kit, self._setup.limits, self)
        signs.state.setObjectName("case_order_state")
        self._clock = ClockChip(kit)
        self._clock_name = Label(kit, role="hint", ink="muted")
        self._clock_name.setObjectName("case_order_clock")
        self.header.insertWidget(0, signs.kind)
        self.header.insertWidget(1, signs.state)
        self.header.addWidget(self._clock_name)
        self.header.addWidget(self._clock)
        signs.clock.connect(self._show_clock)
        signs.show_order(row)

    def _show_clock(self, clock: OrderClock) -> None:
        """As the list of all orders shows it: the golden window goes without a trace, a stop that ran out stays red."""
        self._clock.set_span(clock.span)
        self._clock_name.set_text(clock.name)
        self._clock_name.setToolTip(clock.rule)

    def _buttons(self) -> Row:
        row = Row(self._kit)
        sent = self._view.state not in NOT_OUT and self._setup.orders
        offered = [("slip", "qr", self._want_slip)] if sent else []
        if self._view.order.kind in STOPS:
            offered.append(("paper", "print", self._want_paper))
        for name, icon, slot in offered:
            button = Button(
                self._kit,
                f"orders.{name}",
                size=Size.COMPACT,
                icon=icon,
                name=f"case_order_{name}",
            )
            button.clicked.connect(slot)
            row.addWidget(button)
        act = Button(
            self._kit,
            "ordering.act.button",
            size=Size.COMPACT,
            icon="arrow_right",
            name=f"case_order_act_{self._view.order.number}",
        )
        act.clicked.connect(self._want_act)
        row.addWidget(act)
        return row

    def _want_slip(self) -> None:
        self.slip_wanted.emit(self._view.order)

    def _want_paper(self) -> None:
        self.paper_wanted.emit(self._view.order)

    def _want_act(self) -> None:
        self.act_wanted.emit(self._view)

    def _want_hop(self, place: int) -> None:
        self.hops_wanted.emit(self._view, (place,))


class OrdersTab(QWidget):
    """The most urgent first; empty, it says how a stop is ordered. ``new_wanted``: another order is to be made.
    ``slips_wanted(orders)``: those the centre has not heard of, on one slip."""

    slip_wanted = Signal(object)
    paper_wanted = Signal(object)
    act_wanted = Signal(object)
    hops_wanted = Signal(object, object)
    new_wanted = Signal()
    slips_wanted = Signal(object)

    def __init__(self, kit: Kit, setup: CaseSetup) -> None:
        super().__init__()
        self._kit = kit
        self._setup = setup
        self._cards: list[CaseOrderCard] = []
        content = QWidget()
        self._column = Column(kit, content, gap="card_gap")
        self._column.addStretch(1)
        self._scroll = ScrollArea(kit, content)
        self._empty = EmptyState(kit, "clock", "case.order.none")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        column = Column(kit, self, gap="card_gap")
        head = Row(kit)
        head.addStretch(1)
        self._unheard: tuple[OrderView, ...] = ()
        self._all = Button(kit, "", icon="qr", keys="Ctrl+Q", name="case_all_slips")
        self._all_action = kit.actions.add(
            self, "case.order.all_slips", "Ctrl+Q", self._want_all, group_key="case.keys.title"
        )
        self._all.clicked.connect(self._all_action.trigger)
        head.addWidget(self._all)
        self._new = Button(
            kit, "ordering.new.button", icon="add", keys="Ctrl+O", name="case_new_order"
        )
        self._new.clicked.connect(self.new_wanted)
        set_shown(self._new, shown=setup.orders)
        head.addWidget(self._new)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the orders of a case."""
        let_go(self._column, *self._cards)
        self._cards = []
        now = self._kit.ticks.now()
        views = sorted(
            sheet.file.orders, key=lambda view: sheet.order_row(view).pressing(now).urgency(now)
        )
        for place, view in enumerate(views):
            card = CaseOrderCard(self._kit, view, sheet, self._setup, revealed=revealed)
            card.slip_wanted.connect(self.slip_wanted)
            card.paper_wanted.connect(self.paper_wanted)
            card.act_wanted.connect(self.act_wanted)
            card.hops_wanted.connect(self.hops_wanted)
            self._column.insertWidget(place, card)
            self._cards.append(card)
        self._stack.setCurrentWidget(self._scroll if self._cards else self._empty)
        self._unheard = tuple(view for view in views if view.state in UNHEARD)
        count = len(self._unheard) if self._setup.orders else 0
        self._all.set_key("case.order.all_slips_of", count=count)
        set_shown(self._all, shown=count > 1)
        self._all_action.set_enabled(enabled=count > 1)

    def _want_all(self) -> None:
        self.slips_wanted.emit(tuple(view.order for view in self._unheard))

    def show_order(self, order: str) -> None:
        """Bring an order into sight, with the keyboard on it."""
        for card in self._cards:
            if card.objectName() == f"case_order_{order}":
                self._scroll.ensureWidgetVisible(card)
                first = next((b for b in card.findChildren(Button) if b.isEnabled()), None)
                if first is not None:
                    first.setFocus(Qt.FocusReason.ShortcutFocusReason)
