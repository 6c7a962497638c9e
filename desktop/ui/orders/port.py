"""What the orders screen asks of the desk, and of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from desktop.domain.case_file.shift_briefing import CaseNews
from desktop.domain.ids import CaseId, OrderId
from desktop.ui.shared.orders.order_clock import OrderRow
from desktop.ui.shared.orders.ordering.port import OrderPort

if TYPE_CHECKING:
    from desktop.services.orders.make_slip import Slip
    from desktop.services.ports import HandoverFacts, Pdf


class OrdersPort(Protocol):
    """The services behind the screen. All may be slow, run in lane ``db`` and raise ``AppError``."""

    @property
    def ordering(self) -> OrderPort:
        """What is done with the orders themselves."""
        ...

    def load(self) -> tuple[OrderRow, ...]:
        """Every order."""
        ...

    def slip(self, order: OrderId) -> Slip:
        """The order as a sealed QR code."""
        ...

    def handover(
        self, name_of: Callable[[str], str], tell: Callable[[CaseNews], str]
    ) -> HandoverFacts:
        """What this shift leaves to the next. ``tell`` puts into words what happened in a case."""
        ...

    def print_handover(self, facts: HandoverFacts) -> Pdf:
        """The sheet both shifts sign; recorded in the journal."""
        ...

    def officers(self) -> Mapping[str, str]:
        """Police number → name of everybody enrolled here."""
        ...

    def draw_stop_form(self, order: OrderId) -> Pdf:
        """The application form of an order."""
        ...


class OrdersNavigator(Protocol):
    """The ways out of the screen; the window that holds the screens implements it."""

    def open_case(self, case: CaseId) -> None:
        """Show the page of a registered case."""
        ...

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...
