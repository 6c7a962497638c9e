"""How the list of orders is put together, and what is counted over all of them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median

from desktop.domain.case_file.stop_to_freeze import WindowStage
from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import OrderState
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.orders.order_clock import (
    ClockLimits,
    clock_changes,
    clock_end,
)

_MEDIAN_DAYS = 30
_HELD = frozenset({OrderState.DONE, OrderState.PARTIAL})


@dataclass(frozen=True, slots=True)
class FlowBand:
    """The heading over the orders of one flow."""

    flow: OrderFlow
    count: int


Line = OrderRow | FlowBand


@dataclass(frozen=True, slots=True)
class Figures:
    """What the tiles say. ``unreceived``: sent to the centre, which has not said that it has them; ``unsent``: not
    exported yet; ``unconfirmed``: by one officer alone.

    ``broken``: payments whose stop lapsed, or is about to within the margin, before a freeze
    took over."""

    due_soon: int
    unreceived: int
    unsent: int
    unconfirmed: int
    stopped_today_fen: int
    stopped_today: int
    broken: int


def by_time_left(rows: Iterable[OrderRow], now: datetime) -> list[OrderRow]:
    """What can still be saved first, as everywhere."""
    return sorted(rows, key=lambda row: row.pressing(now).urgency(now))


def in_flows(rows: Iterable[OrderRow], now: datetime) -> list[Line]:
    """The list as shown: 资金流, then 信息流, each under its heading and by time left; an empty flow has none."""
    lines: list[Line] = []
    every = by_time_left(rows, now)
    for flow in OrderFlow:
        own = [row for row in every if flow_of(row.view.order.kind) is flow]
        if own:
            lines += [FlowBand(flow, len(own)), *own]
    return lines


def changes(rows: Iterable[OrderRow]) -> list[datetime]:
    """The instants at which a clock runs out or goes, and with it order and figures change; ascending."""
    return sorted(at for row in rows for at in clock_changes(row))


def next_change(instants: Sequence[datetime], now: datetime) -> datetime | None:
    """The first of :func:`changes` after ``now``."""
    at = bisect_right(instants, now)
    return instants[at] if at < len(instants) else None


def figures(
    rows: Sequence[OrderRow], limits: ClockLimits, now: datetime, zone: tzinfo | None
) -> Figures:
    """Count over all orders; "today" is the local day in ``zone``."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight.astimezone(UTC)
    last = (midnight + timedelta(days=1)).astimezone(
        UTC
    )  # of the wall's clock, be the day 23 hours or 25
    held = [
        row.view.order.reply
        for row in rows
        if row.view.state in _HELD
        and row.view.order.kind in STOPS
        and row.view.order.reply is not None
    ]
    stopped = [reply for reply in held if first <= reply.replied_at < last]
    return Figures(
        due_soon=sum(1 for row in rows if _due_soon(row, now, now + limits.red_under)),
        unreceived=sum(row.view.state is OrderState.CARRIED for row in rows),
        unsent=sum(row.view.state is OrderState.ISSUED for row in rows),
        unconfirmed=sum(1 for row in rows if row.view.order.unconfirmed),
        stopped_today_fen=sum(reply.amount_fen for reply in stopped),
        stopped_today=len(stopped),
        broken=len(_broken(rows, now)),
    )


def _broken(rows: Iterable[OrderRow], now: datetime) -> set[str]:
    """Payments past the instant by which the freeze had to be on its way."""
    return {
        f"{row.view.case} {row.bridge.about}"
        for row in rows
        if row.bridge is not None and not row.settled
        if row.bridge.stage_at(now) is not WindowStage.CLOSED and row.bridge.file_by <= now
    }


def _due_soon(row: OrderRow, now: datetime, until: datetime) -> bool:
    end = clock_end(row, now)
    return end is not None and now < end <= until


def median_to_order(rows: Iterable[OrderRow], now: datetime) -> timedelta | None:
    """From taking the report to the first order of each case, over the last 30 days; None without any. Reckoned when
    orders come, not whenever a clock runs out: with thousands of orders that would cost half a frame."""
    first: dict[str, timedelta] = {}
    for row in rows:
        issued = row.view.order.issued_at
        if row.accepted_at is None or now - issued > timedelta(days=_MEDIAN_DAYS):
            continue
        took = max(issued - row.accepted_at, timedelta(0))
        case = row.view.case
        first[case] = min(took, first.get(case, took))
    if not first:
        return None
    return timedelta(seconds=median(took.total_seconds() for took in first.values()))
