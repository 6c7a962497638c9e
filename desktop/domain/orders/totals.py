"""How much money the orders of a case hold, and until when. What two orders hold of one payment counts once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import Order, OrderKind

_HOLDING: Final = frozenset({*STOPS, *FREEZES, OrderKind.REVOKE})


def held_by_target(orders: Iterable[Order]) -> dict[str, int]:
    """What an order is about → fen that are stopped, frozen or were called back in time."""
    held: dict[str, int] = {}
    for order in orders:
        reply = order.reply
        if order.kind not in _HOLDING or not order.in_force or reply is None:
            continue
        held[order.about] = max(held.get(order.about, 0), reply.amount_fen)
    return held


def stops_without_freeze(orders: Iterable[Order]) -> tuple[Order, ...]:
    """The stops in force of what no freeze has taken over."""
    every = tuple(orders)
    frozen = {order.about for order in every if order.kind in FREEZES and order.in_force}
    stops = (order for order in every if order.kind in STOPS and order.in_force)
    return tuple(order for order in stops if order.about not in frozen)


def stop_ends(orders: Iterable[Order]) -> dict[str, datetime]:
    """What a stop is about → when the last stop of it lapses, as was recorded with its reply; none where a freeze has
    taken over."""
    ends: dict[str, datetime] = {}
    for order in stops_without_freeze(orders):
        end = order.reply.ends_at if order.reply is not None else None
        if end is not None:
            ends[order.about] = max(ends.get(order.about, end), end)
    return ends
