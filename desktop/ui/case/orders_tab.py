"""The orders of a case, each with what came back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.order import OrderReply
from desktop.domain.views import OrderView
from desktop.ui.case.port import CaseSetup
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.button import Button, Size
from desktop.ui.shared.card import Card, Column, Row, divider
from desktop.ui.shared.clock_label import ClockChip
from desktop.ui.shared.datetime_text import show_local
from desktop.ui.shared.empty_state import EmptyState
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Chip, Label
from desktop.ui.shared.moment_text import moment
from desktop.ui.shared.order_words import (
    kind_text,
    kind_tone,
    order_span,
    state_text,
    state_tone,
    target_text,
)
from desktop.ui.shared.scroll import ScrollArea


class OrderCard(Card):
    """``slip_wanted(order)`` and ``paper_wanted(order)`` carry the order's view."""

    slip_wanted = Signal(object)
    paper_wanted = Signal(object)

    def __init__(
        self, kit: Kit, view: OrderView, sheet: CaseSheet, setup: CaseSetup, *, revealed: bool
    ) -> None:
        super().__init__(kit)
        self._kit = kit
        self._view = view
        self._setup = setup
        order = view.order
        self.setObjectName(f"case_order_{order.number}")
        self._fill_header()
        line = Row(kit, gap="space_l")
        amount = Label(kit, role="figure")
        amount.set_key("case.amount", amount=yuan(order.amount_fen))
        line.addWidget(amount)
        where = Column(kit, gap="space_xxs")
        target = Label(kit, role="digits")
        target.set_text(target_text(order, whole=revealed))
        where.addWidget(target)
        issued = Label(kit, role="hint", ink="muted")
        issued.set_key(
            "case.order.issued",
            at=moment(kit, order.issued_at),
            officer=sheet.officer(order.issued_by),
            number=order.number,
        )
        where.addWidget(issued)
        line.addLayout(where, 1)
        line.addLayout(self._buttons())
        self.body.addLayout(line)
        if order.reply is not None:
            self.body.addWidget(divider(kit))
            self.body.addWidget(ReplyBlock(kit, order.reply))

    def _fill_header(self) -> None:
        kit, view = self._kit, self._view
        kind = Chip(kit, tone=kind_tone(view))
        kind.set_text(kind_text(kit, view.order))
        state = Chip(kit, tone=state_tone(view))
        state.set_text(state_text(kit, view))
        state.setObjectName("case_order_state")
        self._clock = ClockChip(kit)
        self.show_at(kit.ticks.now())
        self.header.insertWidget(0, kind)
        self.header.insertWidget(1, state)
        self.header.addWidget(self._clock)

    def show_at(self, now: datetime) -> None:
        """The clock at ``now``: the golden window goes without a trace, a stop that ran out stays red."""
        setup = self._setup
        span = order_span(self._view, setup.golden, setup.red_under, setup.amber_under, now)
        self._clock.set_span(span)

    def _buttons(self) -> Row:
        row = Row(self._kit)
        for name, icon, slot in (
            ("slip", "qr", self._want_slip),
            ("paper", "print", self._want_paper),
        ):
            button = Button(
                self._kit,
                f"orders.{name}",
                size=Size.COMPACT,
                icon=icon,
                name=f"case_order_{name}",
            )
            button.clicked.connect(slot)
            row.addWidget(button)
        return row

    def _want_slip(self) -> None:
        self.slip_wanted.emit(self._view)

    def _want_paper(self) -> None:
        self.paper_wanted.emit(self._view)


class ReplyBlock(QWidget):
    """What the bank did, the fields of its reply side by side."""

    def __init__(self, kit: Kit, reply: OrderReply) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName("case_order_reply")
        column = Column(kit, self, gap="space_s")
        row = Row(kit, gap="space_xl")
        for name, text, ink in self._facts(reply):
            fact = Column(kit, gap="space_xxs")
            fact.addWidget(Label(kit, f"case.reply.{name}", role="label", ink="muted"))
            value = Label(kit, ink=ink)
            value.set_text(text or kit.words.text("case.unknown"))
            fact.addWidget(value)
            row.addLayout(fact)
        row.addStretch(1)
        column.addLayout(row)
        if reply.remark:
            remark = Label(kit, wrap=True)
            remark.set_key("case.reply.remark", text=reply.remark)
            column.addWidget(remark)

    def _facts(self, reply: OrderReply) -> tuple[tuple[str, str, str], ...]:
        words = self._kit.words
        stopped = words.text("case.amount", amount=yuan(reply.amount_fen))
        return (
            ("amount", stopped, "green" if reply.amount_fen else "red"),
            ("balance", words.text("case.amount", amount=yuan(reply.balance_fen)), ""),
            ("starts_at", self._at(reply.starts_at), ""),
            ("ends_at", self._at(reply.ends_at), ""),
            ("organisation", reply.organisation, ""),
            ("operator", reply.operator, ""),
        )

    def _at(self, instant: datetime | None) -> str:
        return show_local(instant, self._kit.zone)[5:16] if instant is not None else ""


class OrdersTab(QWidget):
    """Newest first; empty, it says how a stop is ordered."""

    slip_wanted = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self, kit: Kit, setup: CaseSetup) -> None:
        super().__init__()
        self._kit = kit
        self._setup = setup
        self._cards: list[OrderCard] = []
        content = QWidget()
        self._column = Column(kit, content, gap="card_gap")
        self._column.addStretch(1)
        self._scroll = ScrollArea(kit, content)
        self._empty = EmptyState(kit, "clock", "case.order.none")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        Column(kit, self).addWidget(self._stack)
        kit.ticks.ticked.connect(self._ticked)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the orders of a case."""
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for place, view in enumerate(sheet.file.orders):
            card = OrderCard(self._kit, view, sheet, self._setup, revealed=revealed)
            card.slip_wanted.connect(self.slip_wanted)
            card.paper_wanted.connect(self.paper_wanted)
            self._column.insertWidget(place, card)
            self._cards.append(card)
        self._stack.setCurrentWidget(self._scroll if self._cards else self._empty)

    def _ticked(self, now: datetime) -> None:
        if self.isVisible():
            for card in self._cards:
                card.show_at(now)
