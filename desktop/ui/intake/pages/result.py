"""What stands after F9: the orders, their clocks and papers; the story can wait until they are
out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.cases.read_form import group_account
from desktop.services.orders.issue_order import Issued
from desktop.services.session import Session
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.order_card import IntakeOrderCard
from desktop.ui.intake.order_papers import OrderPapers
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button
from desktop.ui.shared.widgets.card import Column, let_go
from desktop.ui.shared.widgets.label import Label


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
        self._list = Column(kit, gap="space_m")
        self.body.addLayout(self._list)
        for key in ("intake.result.next_slip", "intake.result.next_paper", "intake.result.next"):
            self.body.addWidget(Label(kit, key, ink="muted", wrap=True))
        self.body.addStretch(1)

    def show_orders(self, issued: tuple[Issued, ...]) -> None:
        """Show these, newest flow only."""
        let_go(self._list, *self._cards)
        self._cards = []
        for one in issued:
            card = IntakeOrderCard(
                self.kit,
                one.order,
                group_account,
                deadlines=one.deadlines,
                setup=self._setup,
            )
            card.print_wanted.connect(self._papers.print_form)
            card.slip_wanted.connect(self._papers.show_slip)
            self._cards.append(card)
            self._list.addWidget(card)

    def first_focus(self) -> QWidget:
        """The code of the first order."""
        for card in self._cards:
            button = card.findChild(Button)
            if isinstance(button, Button):
                return button
        return self
