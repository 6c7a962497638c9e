"""One order of the list, and what is counted over all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import median

from desktop.domain.order import WAITING, OrderState
from desktop.domain.views import OrderView
from desktop.ui.shared.clock_face import Span
from desktop.ui.shared.order_words import order_span

_MEDIAN_DAYS = 30
_UNRECEIVED = frozenset({OrderState.ISSUED, OrderState.CARRIED})
_HELD = frozenset({OrderState.DONE, OrderState.PARTIAL})


@dataclass(frozen=True, slots=True)
class OrderRow:
    """``accepted_at``: when the case's report was taken, None if the case is not known here. ``settled``: the case
    has gone on to a freeze or an investigation, so that the end of a stop alarms nobody."""

    view: OrderView
    accepted_at: datetime | None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Time spans of the rule pack."""

    golden: timedelta
    red_under: timedelta
    amber_under: timedelta


@dataclass(frozen=True, slots=True)
class Figures:
    """What the tiles say. ``median`` is None while nothing was ordered in the last 30 days."""

    due_soon: int
    unreceived: int
    stopped_today_fen: int
    stopped_today: int
    median: timedelta | None


def span(row: OrderRow, limits: Limits, now: datetime) -> Span | None:
    """The clock of an order; None once it is over and the case is settled."""
    found = order_span(row.view, limits.golden, limits.red_under, limits.amber_under, now)
    if found is not None and row.settled and found.deadline <= now:
        return None
    return found


def by_time_left(rows: Iterable[OrderRow], limits: Limits, now: datetime) -> list[OrderRow]:
    """Running clocks by their end, then stops that ran out, then orders nobody has answered, then the rest; the
    newest first."""

    def key(row: OrderRow) -> tuple[int, float]:
        clock = span(row, limits, now)
        issued = -row.view.order.issued_at.timestamp()
        if clock is not None and clock.deadline > now:
            return (0, clock.deadline.timestamp())
        if clock is not None:
            return (1, issued)
        return (2 if row.view.state in WAITING else 3, issued)

    return sorted(rows, key=key)


def next_change(rows: Iterable[OrderRow], limits: Limits, now: datetime) -> datetime | None:
    """The next instant at which a clock runs out, and with it order and figures change."""
    spans = (span(row, limits, now) for row in rows)
    return min((s.deadline for s in spans if s is not None and s.deadline > now), default=None)


def figures(
    rows: Sequence[OrderRow], limits: Limits, now: datetime, zone: tzinfo | None
) -> Figures:
    """Count over all orders; "today" is the local day in ``zone``."""
    today = now.astimezone(zone).date()
    held = [
        row.view.order.reply
        for row in rows
        if row.view.state in _HELD and row.view.order.reply is not None
    ]
    stopped = [reply for reply in held if reply.replied_at.astimezone(zone).date() == today]
    return Figures(
        due_soon=sum(1 for row in rows if _due_soon(row, limits, now)),
        unreceived=sum(1 for row in rows if row.view.state in _UNRECEIVED),
        stopped_today_fen=sum(reply.amount_fen for reply in stopped),
        stopped_today=len(stopped),
        median=_median(rows, now),
    )


def _due_soon(row: OrderRow, limits: Limits, now: datetime) -> bool:
    clock = span(row, limits, now)
    return clock is not None and timedelta(0) < clock.deadline - now <= limits.red_under


def _median(rows: Iterable[OrderRow], now: datetime) -> timedelta | None:
    """From taking the report to the first order of each case, over the last 30 days."""
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
