"""The orders screen's port, bound to a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.domain.case_file.shift_briefing import CaseNews
from desktop.domain.ids import OrderId
from desktop.services.look_up import officer_names
from desktop.services.orders.list_orders import orders_on_clock
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.orders.shift_handover import print_handover, shift_facts
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.ports import HandoverFacts, Pdf
from desktop.services.session import Session
from desktop.ui.shared.orders.order_clock import OrderRow, row_of
from desktop.ui.shared.orders.ordering.port import OrderPort
from desktop.ui.shared.orders.ordering.session_ordering import SessionOrdering


class SessionOrders:
    """Every order, joined to the time its report was taken. ``confirm`` as in :class:`DeskOrdering`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ordering = SessionOrdering(session)

    @property
    def ordering(self) -> OrderPort:
        """What is done with the orders themselves."""
        return self._ordering

    def load(self) -> tuple[OrderRow, ...]:
        """Every order."""
        return tuple(row_of(item) for item in orders_on_clock(self._session))

    def slip(self, order: OrderId) -> Slip:
        """The order as a sealed QR code."""
        return make_slip(self._session, order)

    def handover(
        self, name_of: Callable[[str], str], tell: Callable[[CaseNews], str]
    ) -> HandoverFacts:
        """What this shift leaves to the next."""
        return shift_facts(self._session, name_of, tell)

    def print_handover(self, facts: HandoverFacts) -> Pdf:
        """The sheet both shifts sign."""
        return print_handover(self._session, facts)

    def officers(self) -> Mapping[str, str]:
        """Police number → name."""
        return officer_names(self._session)

    def draw_stop_form(self, order: OrderId) -> Pdf:
        """The application form of an order."""
        return draw_stop_form(self._session, order)
