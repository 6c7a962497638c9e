"""The lines of the list of orders: each flow under its heading, and below it how many more there are. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.orders.flow import OrderFlow
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import OrdersOfFlow, OrdersView
from desktop.services.ports import ANY_ORDER, COUNTED


@dataclass(frozen=True, slots=True)
class FlowBand:
    """The heading over the orders of one flow. ``many``: there are more than were counted."""

    flow: OrderFlow
    count: int
    many: bool = False


@dataclass(frozen=True, slots=True)
class FlowRest:
    """Below the orders of a flow that were read: ``count`` more are there, or nobody counted how ``many``."""

    flow: OrderFlow
    count: int
    many: bool = False


Line = OrderRow | FlowBand | FlowRest


def lines_of(view: OrdersView) -> list[Line]:
    """The list as shown: 资金流, then 信息流, each in the order it was read; an empty flow has no heading."""
    lines: list[Line] = []
    chosen = view.asked.only != ANY_ORDER
    for part in view.flows:
        many = chosen and part.count > COUNTED
        count = COUNTED if many else part.count
        lines += [FlowBand(part.flow, count, many), *part.rows]
        if part.last is not None and (many or count > len(part.rows)):
            lines.append(FlowRest(part.flow, max(count - len(part.rows), 0), many))
    return lines


def joined(view: OrdersView, more: OrdersOfFlow) -> OrdersView:
    """``view`` with ``more`` of a flow below what was read of it before."""
    flows = (_longer(part, more) if part.flow is more.flow else part for part in view.flows)
    return replace(view, flows=tuple(flows))


def _longer(part: OrdersOfFlow, more: OrdersOfFlow) -> OrdersOfFlow:
    known = {row.view.order.id for row in part.rows}  # one may have come further down since
    new = (row for row in more.rows if row.view.order.id not in known)
    return replace(part, rows=(*part.rows, *new), last=more.last)
