"""The list of orders as plain sorting and counting over all of them has it: what pages read from the database must
come to."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from statistics import median

from desktop.domain.case_file.orders.order_words import searched_in
from desktop.domain.case_file.orders.stop_to_freeze import WindowStage
from desktop.domain.law.urgency import MISSED_FOR, Pressure, Urgency
from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.kinds import SAVING, STOPS
from desktop.domain.orders.order import UNHEARD, WAITING, OrderKind, OrderState, receiver
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.orders.page_dispatch import DispatchView
from desktop.services.orders.page_orders import OrdersOfFlow, OrdersView
from desktop.services.ports import DispatchCounts, OrderCounts, OrdersBy, OrdersOnly
from desktop.services.session import Session
from desktop.services.where_money_is import money_places
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.text.datetime_text import local_day

_HELD = frozenset({OrderState.DONE, OrderState.PARTIAL})


def orders_on_clock(session: Session) -> tuple[OrderRow, ...]:
    """Every order with the clock beside it, newest first, read as a whole."""
    with session.store.read() as reader:
        views, facts = reader.orders(), reader.clock_facts()
    found = rows_of(session, facts, lambda item: money_places(session, [item]))
    return tuple(found.get(view.order.id, OrderRow(view)) for view in views)


def by_time_left(rows: Iterable[OrderRow], now: datetime) -> list[OrderRow]:
    """What can still be saved first, as everywhere."""
    return sorted(rows, key=lambda row: row.pressing(now).urgency(now))


def by_clock(rows: Iterable[OrderRow], now: datetime) -> list[OrderRow]:
    """Those that somebody has to send on or chase first, each group as everywhere: what can still be saved in front.
    An answered one whose money went on is among them while that can be saved."""

    def key(row: OrderRow) -> tuple[bool, Urgency]:
        pressing = row.pressing(now)
        savable = pressing.pressure(now) is Pressure.SAVABLE
        return not (savable or row.view.state in WAITING), pressing.urgency(now)

    return sorted(rows, key=key)


def in_order(rows: Iterable[OrderRow], by: OrdersBy, now: datetime) -> list[OrderRow]:
    """Sorted as a list is."""
    if by is OrdersBy.URGENT:
        return by_time_left(rows, now)
    if by is OrdersBy.DISPATCH:
        return by_clock(rows, now)

    def key(row: OrderRow) -> tuple[float, float, str]:
        pressing = row.pressing(now)
        newest, most = -pressing.since.timestamp(), -float(pressing.amount_fen)
        one, two = (newest, most) if by is OrdersBy.NEWEST else (most, newest)
        return one, two, pressing.key

    return sorted(rows, key=key)


def is_chosen(row: OrderRow, only: OrdersOnly, now: datetime) -> bool:
    """Whether a list shows it."""
    order, waits = row.view.order, row.view.state in WAITING
    told = OrderState.ACKNOWLEDGED if waits else row.view.state
    text = searched_in(row.view)
    wanted = (
        only.state in (None, told), only.waits in (None, waits), only.kind in (None, order.kind),
        only.receiver in ("", order.dispatch.receiver or receiver(order).strip()),
        only.unit in ("", order.unit_name), only.officer in ("", order.issued_by),
        not only.hops or bool(row.open_hops), not only.saving or order.kind in SAVING,
        not only.unheard or row.view.state in UNHEARD,
        not only.pressures or row.pressing(now).pressure(now) in only.pressures,
        all(word in text for word in only.words),
    )  # fmt: skip
    return all(wanted)


def of_flow(rows: Iterable[OrderRow], flow: OrderFlow) -> list[OrderRow]:
    """The orders of one flow."""
    return [row for row in rows if flow_of(row.view.order.kind) is flow]


def clock_changes(row: OrderRow) -> tuple[datetime, ...]:
    """The instants at which another clock may stand beside an order, or none."""
    ends = (clock.at for clock in (row.clock, row.onward) if clock is not None)
    return tuple(at for end in ends for at in (end, end + MISSED_FOR))


def changes(rows: Iterable[OrderRow]) -> list[datetime]:
    """The instants at which a clock runs out or goes; ascending."""
    return sorted(at for row in rows for at in clock_changes(row))


def next_change(instants: Sequence[datetime], now: datetime) -> datetime | None:
    """The first of :func:`changes` after ``now``."""
    at = bisect_right(instants, now)
    return instants[at] if at < len(instants) else None


def counted(
    rows: Sequence[OrderRow], limits: ClockLimits, now: datetime, zone: tzinfo | None
) -> OrderCounts:
    """Count over all orders; "today" is the local day in ``zone``."""
    first, last = local_day(now, zone)
    held = [
        row.view.order.reply
        for row in rows
        if row.view.state in _HELD
        and row.view.order.kind in STOPS
        and row.view.order.reply is not None
    ]
    stopped = [reply for reply in held if first <= reply.replied_at < last]
    return OrderCounts(
        by_flow=Counter(flow_of(row.view.order.kind) for row in rows),
        due_soon=sum(1 for row in rows if _due_soon(row, now, now + limits.red_under)),
        unreceived=sum(row.view.state is OrderState.CARRIED for row in rows),
        unsent=sum(row.view.state is OrderState.ISSUED for row in rows),
        unconfirmed=sum(1 for row in rows if row.view.order.unconfirmed),
        stopped_today_fen=sum(reply.amount_fen for reply in stopped),
        stopped_today=len(stopped),
        broken=len(_broken(rows, now)),
        median=median_to_order(rows, now),
        next_change=next_change(changes(rows), now),
    )


def whole_view(
    rows: Sequence[OrderRow], limits: ClockLimits, now: datetime, zone: tzinfo | None
) -> OrdersView:
    """Every order in one page."""
    every = by_time_left(rows, now)
    parts = [(flow, tuple(of_flow(every, flow))) for flow in OrderFlow]
    flows = tuple(OrdersOfFlow(flow, part, None, len(part)) for flow, part in parts if part)
    return OrdersView(now, flows, counted(rows, limits, now, zone))


def in_golden_window(rows: Iterable[OrderRow], now: datetime) -> int:
    """How many still have a good chance; a term for the answer is none."""
    return sum(1 for row in rows if row.pressing(now).pressure(now) is Pressure.SAVABLE)


def stopped_today(rows: Iterable[OrderRow], now: datetime, zone: tzinfo | None) -> int:
    """Fen that banks stopped or called back on the local day of ``now``."""
    first, last = local_day(now, zone)
    replies = (
        row.view.order.reply
        for row in rows
        if row.view.state in _HELD and row.view.order.kind in {*STOPS, OrderKind.REVOKE}
    )
    return sum(
        reply.amount_fen
        for reply in replies
        if reply is not None and first <= reply.replied_at < last
    )


def whole_dispatch(
    rows: Sequence[OrderRow], only: OrdersOnly, now: datetime, zone: tzinfo | None
) -> DispatchView:
    """Every order of the dispatch that is chosen, in one page."""
    shown = by_clock((row for row in rows if is_chosen(row, only, now)), now)
    counts = DispatchCounts(
        sum(row.view.state in WAITING for row in rows),
        in_golden_window(rows, now),
        sum(len(row.open_hops) for row in rows),
        stopped_today(rows, now, zone),
        next_change(changes(rows), now),
    )
    return DispatchView(now, only, tuple(shown), None, len(shown), counts)


def _broken(rows: Iterable[OrderRow], now: datetime) -> set[str]:
    """Payments past the instant by which the freeze had to be on its way."""
    return {
        f"{row.view.case} {row.bridge.about}"
        for row in rows
        if row.bridge is not None and not row.settled
        if row.bridge.stage_at(now) is not WindowStage.CLOSED and row.bridge.file_by <= now
    }


def _due_soon(row: OrderRow, now: datetime, until: datetime) -> bool:
    clock = row.clock_at(now)
    return clock is not None and now < clock.at <= until


def median_to_order(rows: Iterable[OrderRow], now: datetime) -> timedelta | None:
    """From taking the report to the first order of each case, over the last 30 days; None without any."""
    first: dict[str, timedelta] = {}
    for row in rows:
        issued = row.view.order.issued_at
        if row.accepted_at is None or now - issued > timedelta(days=30):
            continue
        took = max(issued - row.accepted_at, timedelta(0))
        case = row.view.case
        first[case] = min(took, first.get(case, took))
    return (
        timedelta(seconds=median(took.total_seconds() for took in first.values()))
        if first
        else None
    )
