"""Which order first: running clocks by their end, then what nobody answered, then the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from desktop.domain.order import RAN, WAITING, Order, OrderKind
from desktop.domain.order_kinds import STOPS
from desktop.domain.order_term import measure_end
from desktop.domain.views import OrderView
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.clock_face import Span
from desktop.ui.shared.order_words import order_span

_CATCHING = frozenset({*STOPS, OrderKind.REVOKE})


def clock_of(view: OrderView, limits: DispatchLimits, now: datetime) -> Span | None:
    """The clock beside an order."""
    return order_span(view, limits.golden, limits.red, limits.amber, now)


def by_clock(
    views: Iterable[OrderView], limits: DispatchLimits, now: datetime
) -> tuple[OrderView, ...]:
    """Unanswered ones in their golden window by its end, other unanswered ones oldest first, then stops by their
    end, then the rest, newest first."""

    def key(view: OrderView) -> tuple[int, float]:
        clock, waiting = clock_of(view, limits, now), view.state in WAITING
        issued = view.order.issued_at.timestamp()
        if waiting:
            return (0, clock.deadline.timestamp()) if clock is not None else (1, issued)
        if clock is not None and clock.deadline > now:
            return (2, clock.deadline.timestamp())
        return (3, -issued)

    return tuple(sorted(views, key=key))


def waiting(views: Iterable[OrderView]) -> tuple[OrderView, ...]:
    """Those nobody has answered."""
    return tuple(view for view in views if view.state in WAITING)


def in_golden_window(views: Iterable[OrderView], limits: DispatchLimits, now: datetime) -> int:
    """How many unanswered ones still have a good chance."""
    return sum(
        1 for view in views if view.state in WAITING and clock_of(view, limits, now) is not None
    )


def stopped_today(views: Iterable[OrderView], now: datetime, zone: tzinfo | None) -> int:
    """Fen that banks stopped on the local day of ``now``."""
    today = now.astimezone(zone).date()
    caught = (view for view in views if view.state in RAN and view.order.kind in _CATCHING)
    replies = (view.order.reply for view in caught)
    return sum(
        reply.amount_fen
        for reply in replies
        if reply is not None and reply.replied_at.astimezone(zone).date() == today
    )


def usual_period(order: Order, limits: DispatchLimits, now: datetime) -> tuple[datetime, datetime]:
    """From now for as long as what was ordered holds."""
    start = now - timedelta(microseconds=now.microsecond)
    return start, measure_end(limits.rules, order, start) or start
