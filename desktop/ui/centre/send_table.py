"""Receivers that orders wait for, the most urgent on top."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.orders.list_orders import OrderRow
from desktop.ui.centre.dispatch_order import by_clock
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import span, waited_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan

_WIDTHS = {"orders": 80, "amount": 120, "clock": 236}


@dataclass(frozen=True, slots=True)
class Receiver:
    """``name`` is empty for orders that name nobody; they cannot be sent."""

    name: str
    orders: tuple[OrderRow, ...]


class SendTable(Listing[Receiver]):
    """Receiver, how many orders, how much money, the first clock."""

    def __init__(self, kit: Kit, limits: DispatchLimits) -> None:
        self._limits = limits
        columns = (
            TableColumn("receiver", "centre.packs.receiver", self._name, tip=self._name),
            TableColumn("orders", "centre.packs.orders", _count, align_right=True, digits=True),
            TableColumn("amount", "centre.column.amount", _amount, align_right=True, digits=True),
            TableColumn("clock", "centre.column.clock", self._still, clock=self._clock),
        )
        super().__init__(kit, "send_table", "centre.packs.to_send", columns, _key, _WIDTHS)

    def show_receivers(self, receivers: tuple[Receiver, ...]) -> None:
        """Show them, the first clock on top."""
        now = self._kit.ticks.now()
        every = by_clock((order for row in receivers for order in row.orders), now)
        first = {order.view.order.id: place for place, order in enumerate(every)}
        ordered = sorted(
            receivers, key=lambda row: min(first[order.view.order.id] for order in row.orders)
        )
        self.show_rows(ordered)

    def _name(self, row: Receiver) -> str:
        return row.name or self._kit.texts.text("centre.packs.nobody")

    def _clock(self, row: Receiver) -> ClockSpan | None:
        now = self._kit.ticks.now()
        spans = [span(order, self._limits.clocks, now) for order in row.orders]
        return min((s for s in spans if s is not None), key=lambda s: s.deadline, default=None)

    def _still(self, row: Receiver) -> str:
        """Where no clock runs any more: that the golden window is over, and how long the oldest order has waited."""
        kit, now = self._kit, self._kit.ticks.now()
        waited = waited_text(kit, now - min(order.view.order.issued_at for order in row.orders))
        chances = (order.clock for order in row.orders if order.clock is not None)
        missed = any(clock.is_gone(now) for clock in chances)
        return kit.texts.text("centre.packs.missed", waited=waited) if missed else waited


def _key(row: Receiver) -> str:
    return row.name


def _count(row: Receiver) -> str:
    return str(len(row.orders))


def _amount(row: Receiver) -> str:
    total = sum(order.view.order.amount_fen for order in row.orders)
    return yuan(total) if total else ""
