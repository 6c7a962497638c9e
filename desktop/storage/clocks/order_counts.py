"""What is counted over all orders, by indexes alone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from desktop.domain.law.urgency import MISSED_FOR
from desktop.domain.orders.flow import OrderFlow
from desktop.services.ports.database.clock_rows import CountedSpans, OrderCounts
from desktop.services.ports.database.order_lists import DispatchCounts
from desktop.storage.clocks.order_rows import BRIDGES, HOPS, ORDERS, UNCONFIRMED, UNKNOWN
from desktop.storage.clocks.row_counts import row_count
from desktop.storage.database.statements import run
from desktop.storage.reckoning.milliseconds import MILLISECOND, instant, instants, milliseconds


def _added(*conditions: str) -> TextClause:
    """The orders of either flow that meet each condition, added up in one question: each is a way to a server."""
    counts = (
        f"(SELECT count(*) FROM order_clock WHERE basis = :basis AND flow = '{flow}' AND {where})"  # noqa: S608 - own names
        for flow in OrderFlow
        for where in conditions
    )
    return text(f"SELECT {' + '.join(counts)}")


_SOON: Final = _added(
    "onward > :now AND onward <= :soon",
    "chance > :now AND chance <= :soon AND onward + 0 <= :missed",
    "waits IN (0, 1) AND duty > :now AND duty <= :soon AND onward + 0 <= :missed",
)
"""By the ends alone: of nearly all orders no money went on."""
_SAVABLE: Final = _added("onward > :now", "chance > :now AND onward + 0 <= :missed")
_STOPPED: Final = "SELECT stopped_fen, called_back FROM order_clock WHERE basis = ? AND stopped >= ? AND stopped < ?"
"""Added up here, as the database can not where some thousand amounts are absurd."""
_IN_TIME: Final = "SELECT count(*) FROM order_clock WHERE basis = ? AND file_by > ?"
"""Stops that can still be taken over: few, where those that cannot become more for ever."""
_NEWEST_FIRST: Final = (
    "SELECT case_id, took FROM order_clock WHERE basis = ? AND past_issued <= ? AND took > ? "
    "ORDER BY past_issued, less_fen, key LIMIT ?"
)
_NEWEST: Final = 2000
"""[own] Orders that a median is taken of: each is looked at, and more would hardly change it."""
_CLOCKS: Final = (
    ("chance", ""),
    ("onward", ""),
    ("duty", " AND waits = 0"),
    ("duty", " AND waits = 1"),
)


def _first(after: str) -> TextClause:
    """The next of each clock of either flow to run out behind ``after``, in one question."""
    ends = (
        f"(SELECT min({clock}) FROM order_clock WHERE basis = :basis AND flow = '{flow}'{whose} "  # noqa: S608 - own names
        f"AND {clock} > {after})"
        for flow in OrderFlow
        for clock, whose in _CLOCKS
    )
    return text(f"SELECT {', '.join(ends)}")


_NEXT: Final = {timedelta(0): _first(":now"), MISSED_FOR: _first(":missed")}
"""How long a clock has run out → the next ones to have done so for that long."""


def order_counts(
    connection: Connection, basis: int, spans: CountedSpans, carried: int, unsent: int
) -> OrderCounts:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.order_counts`; how far orders got is told by
    marks, which are no clocks."""
    stopped = [
        fen for fen, called_back in _stopped(connection, basis, spans.today) if not called_back
    ]
    newest = run(
        connection, _NEWEST_FIRST, (basis, -milliseconds(spans.lately), UNKNOWN, _NEWEST)
    ).fetchall()
    soon = {**instants(spans.now), "basis": basis, "soon": milliseconds(spans.soon)}
    first: dict[str, int] = {}
    for case, took in newest:
        first[case] = min(took, first.get(case, took))
    return OrderCounts(
        by_flow=_by_flow(connection, basis),
        due_soon=int(connection.execute(_SOON, soon).scalar_one()),
        unreceived=carried,
        unsent=unsent,
        unconfirmed=_total(connection, basis, UNCONFIRMED),
        stopped_today_fen=sum(stopped),
        stopped_today=len(stopped),
        broken=_broken(connection, basis, spans.now),
        median=MILLISECOND * median(first.values()) if first else None,
        median_of=_NEWEST if len(newest) == _NEWEST else None,
        next_change=_next_change(connection, basis, spans.now),
    )


def _broken(connection: Connection, basis: int, now: datetime) -> int:
    in_time = run(connection, _IN_TIME, (basis, milliseconds(now))).scalar_one()
    return _total(connection, basis, BRIDGES) - int(in_time)


def _by_flow(connection: Connection, basis: int) -> dict[OrderFlow, int]:
    found: Counter[OrderFlow] = Counter()
    for flow, _, amount in row_count(connection, basis, ORDERS):
        found[OrderFlow(flow)] += amount
    return dict(found)


def _total(connection: Connection, basis: int, counted: str, two: str = "") -> int:
    return sum(amount for _, by, amount in row_count(connection, basis, counted) if by == two)


def _stopped(
    connection: Connection, basis: int, today: tuple[datetime, datetime]
) -> list[tuple[int, bool]]:
    """What banks stopped or called back in a time, in fen, and whether it was the latter."""
    first, last = map(milliseconds, today)
    rows = run(connection, _STOPPED, (basis, first, last))
    return [(int(fen), bool(called_back)) for fen, called_back in rows]


def dispatch_counts(
    connection: Connection, basis: int, now: datetime, today: tuple[datetime, datetime]
) -> DispatchCounts:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.dispatch_counts`."""
    return DispatchCounts(
        _total(connection, basis, ORDERS, "1"),
        int(connection.execute(_SAVABLE, {**instants(now), "basis": basis}).scalar_one()),
        _total(connection, basis, HOPS),
        sum(fen for fen, _ in _stopped(connection, basis, today)),
        _next_change(connection, basis, now),
    )


def _next_change(connection: Connection, basis: int, now: datetime) -> datetime | None:
    """When the next clock runs out, or one that was just missed goes."""
    named = {**instants(now), "basis": basis}
    found = [
        instant(int(end)) + past
        for past, question in _NEXT.items()
        for end in connection.execute(question, named).one()
        if end is not None
    ]
    return min(found, default=None)
