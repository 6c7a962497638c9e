"""The orders screen's port, bound to a desk."""

from __future__ import annotations

from desktop.domain.case import CaseState
from desktop.domain.ids import OrderId
from desktop.domain.views import CaseCard, OrderView
from desktop.services.desk import Desk
from desktop.services.look_up import board, orders
from desktop.services.make_slip import Slip, make_slip
from desktop.services.ports import Pdf
from desktop.services.print_form import print_stop_form
from desktop.ui.orders.order_row import OrderRow

_OPEN = frozenset({CaseState.NEW, CaseState.STOPPING})


class DeskOrders:
    """Every order, joined to the time its report was taken."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def load(self) -> tuple[OrderRow, ...]:
        """Every order."""
        cards = {card.id: card for card in board(self._desk)}
        return tuple(_row(view, cards.get(view.case)) for view in orders(self._desk))

    def slip(self, order: OrderId) -> Slip:
        """The order as a sealed QR code."""
        return make_slip(self._desk, order)

    def print_stop_form(self, order: OrderId) -> Pdf:
        """The application form of an order."""
        return print_stop_form(self._desk, order)


def _row(view: OrderView, card: CaseCard | None) -> OrderRow:
    if card is None:
        return OrderRow(view, None)
    return OrderRow(view, card.accepted_at, settled=card.state not in _OPEN)
