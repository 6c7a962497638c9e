"""What stands after F9: the orders, their clocks and papers; the story can wait until they are
out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.amounts import format_yuan
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import Order
from desktop.domain.time.local_time import show_time
from desktop.services.orders.issue_order import Issued
from desktop.services.session import Session
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.stop.order_papers import OrderPapers
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.pages.clock_label import ClockLabel
from desktop.ui.shared.widgets.texts.clock_face import deadline_span
from desktop.ui.shared.widgets.texts.label import Label


class IntakeOrderCard(Card):
    """``print_wanted(order)`` and ``slip_wanted(id)`` follow its buttons; a centre shows its code to nobody."""

    print_wanted = Signal(object)
    slip_wanted = Signal(str)

    def __init__(
        self,
        kit: Kit,
        order: Order,
        *,
        deadlines: tuple[Deadline, ...],
        setup: IntakeSetup,
    ) -> None:
        super().__init__(kit, panel="green")
        self._order = order
        head = Row(kit, gap="space_m")
        number = Label(kit, role="figure")
        number.setObjectName(f"order_{order.number}")
        number.set_text(order.number)
        head.addWidget(number)
        head.addStretch(1)
        if not setup.calls:
            head.addWidget(self._button("intake.order.slip", "qr", "slip", self._want_slip))
        paper = "intake.order.print" if order.kind in STOPS else "intake.order.print_sheet"
        head.addWidget(self._button(paper, "print", "print", self._want_print))
        self.body.addLayout(head)
        dot = kit.texts.text("intake.dot")
        target = group_account(order.payee.number) or order.order_number
        asked = order.addressee if order.addressee != order.payee.bank else ""
        what = (target, order.payee.name, order.payee.bank, asked)
        self._line(dot.join(text for text in what if text), role="digits")
        amount = Label(kit, role="amount")
        amount.set_key("intake.yuan", amount=format_yuan(order.amount_fen))
        issued = Label(kit, role="small", ink="muted")
        issued.set_key("intake.order.issued", time=show_time(order.issued_at))
        row = Row(kit, gap="space_m")
        row.addWidget(amount)
        row.addWidget(issued)
        row.addStretch(1)
        self.body.addLayout(row)
        if deadlines:
            clocks = Row(kit, gap="space_xl")
            for deadline in deadlines:
                clocks.addLayout(self._deadline(deadline, setup))
            clocks.addStretch(1)
            self.body.addLayout(clocks)

    def _button(self, key: str, icon: str, name: str, handler: Callable[[], None]) -> Button:
        # The first thing to do with a fresh order is to show it to the centre.
        variant = Variant.PRIMARY if name == "slip" else Variant.PLAIN
        button = Button(
            self._kit,
            key,
            icon=icon,
            variant=variant,
            size=Size.NORMAL,
            name=f"order_{name}_{self._order.number}",
        )
        button.clicked.connect(handler)
        return button

    def _line(self, text: str, *, role: str = "body") -> None:
        label = Label(self._kit, role=role, wrap=True)
        label.set_text(text)
        self.body.addWidget(label)

    def _deadline(self, deadline: Deadline, setup: IntakeSetup) -> Column:
        kit = self._kit
        clock = ClockLabel(kit, role="digits")
        clock.set_span(deadline_span(deadline, setup.red_under, setup.amber_under))
        until = Label(kit, role="small", ink="muted")
        until.set_key("intake.order.until", time=show_time(deadline.at))
        column = Column(kit, gap="space_xxs")
        column.addWidget(Label(kit, f"deadlines.{deadline.name}", role="label", ink="muted"))
        column.addWidget(clock)
        column.addWidget(until)
        return column

    def _want_slip(self) -> None:
        self.slip_wanted.emit(self._order.id)

    def _want_print(self) -> None:
        self.print_wanted.emit(self._order)


class ResultPage(WizardPage):
    """Shown in the place of the form right after a stop was ordered."""

    title_key = "intake.result.title"
    detail_key = "intake.result.subtitle"

    def __init__(
        self,
        kit: Kit,
        fields: FormFields,
        session: Session,
        papers: OrderPapers,
        setup: IntakeSetup,
    ) -> None:
        super().__init__(kit, fields)
        self._session = session
        self._papers = papers
        self._setup = setup
        self._cards: list[IntakeOrderCard] = []
        self._issued: tuple[Issued, ...] = ()
        self._list = Column(kit, gap="space_m")
        self.body.addLayout(self._list)
        self._call = Label(kit, role="body", ink="amber", wrap=True)
        self._call.setObjectName("result_call_bank")
        self._call.setVisible(False)
        self.body.addWidget(self._call)
        send = "intake.result.next_slip"
        if setup.calls:
            self.detail_key, send = "calls.result.subtitle", "calls.result.dispatch"
        for key in (send, "intake.result.next_paper", "intake.result.next"):
            self.body.addWidget(Label(kit, key, ink="muted", wrap=True))
        self.body.addStretch(1)
        kit.texts.changed.connect(self._show_call)

    def show_orders(self, issued: tuple[Issued, ...]) -> None:
        """Show these, newest flow only."""
        let_go(self._list, *self._cards)
        self._cards = []
        for one in issued:
            card = IntakeOrderCard(
                self.kit,
                one.order,
                deadlines=one.deadlines,
                setup=self._setup,
            )
            card.print_wanted.connect(self._papers.print_form)
            card.slip_wanted.connect(self._papers.show_slip)
            self._cards.append(card)
            self._list.addWidget(card)
        self._issued = issued
        self._show_call()

    def _show_call(self) -> None:
        """Whom to telephone first: what has not arrived yet is undone at once by the bank it left."""
        lines: dict[str, None] = {}
        now = self._session.clock.now()
        for one in self._issued:
            bank = one.order.payer.bank
            if any(clock.name == "revoke" and clock.at > now for clock in one.deadlines):
                hotline = self._session.directories.hotline(bank) if bank else None
                number = hotline.numbers[0] if hotline and hotline.numbers else ""
                key = "call_bank" if number else "call_payer"
                words = self.kit.texts.text(f"intake.result.{key}", bank=bank, number=number)
                lines.setdefault(words)
        self._call.set_text("\n".join(lines))
        self._call.setVisible(bool(lines))

    def first_focus(self) -> QWidget:
        """The code of the first order."""
        for card in self._cards:
            button = card.findChild(Button)
            if isinstance(button, Button):
                return button
        return self
