"""What is counted over all orders, by indexes alone."""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from desktop.domain.law.urgency import MISSED_FOR
from desktop.domain.orders.flow import OrderFlow
from desktop.services.ports.database.clock_rows import CountedSpans, OrderCounts
from desktop.storage.clocks.order_rows import UNKNOWN
from desktop.storage.database.statements import run
from desktop.storage.reckoning.milliseconds import MILLISECOND, instant, instants, milliseconds

_BY_FLOW: Final = "SELECT flow, count(*) FROM order_clock WHERE basis = ? GROUP BY flow"
_SOON: Final = text(
    "SELECT (SELECT count(*) FROM order_clock WHERE basis = :basis AND flow = :flow AND onward > :now "
    "AND onward <= :soon) "
    "+ (SELECT count(*) FROM order_clock WHERE basis = :basis AND flow = :flow AND chance > :now AND chance <= :soon "
    "AND onward <= :missed) "
    "+ (SELECT count(*) FROM order_clock WHERE basis = :basis AND flow = :flow AND duty > :now AND duty <= :soon "
    "AND onward <= :missed)"
)
_UNCONFIRMED: Final = "SELECT count(*) FROM order_clock WHERE basis = ? AND unconfirmed = 1"
_STOPPED: Final = (
    "SELECT stopped_fen FROM order_clock WHERE basis = ? AND stopped >= ? AND stopped < ?"
)
"""Added up here, as the database can not where some thousand amounts are absurd."""
_BROKEN: Final = "SELECT count(*) FROM order_clock WHERE basis = ? AND file_by <= ?"
_FIRST: Final = (
    "SELECT min(took) FROM order_clock WHERE basis = ? AND past_issued <= ? AND took > ? "
    "GROUP BY case_id"
)
_ENDS: Final = ("chance", "onward", "duty")
_NEXT: Final = {
    name: text(
        f"SELECT min({name}) FROM order_clock WHERE basis = :basis AND flow = :flow AND {name} > :after"  # noqa: S608 - own names
    )
    for name in _ENDS
}


def order_counts(
    connection: Connection, basis: int, spans: CountedSpans, carried: int, unsent: int
) -> OrderCounts:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.order_counts`; how far orders got is told by
    marks, which are no clocks."""
    first, last = map(milliseconds, spans.today)
    stopped = run(connection, _STOPPED, (basis, first, last)).scalars().all()
    since = (basis, -milliseconds(spans.lately), UNKNOWN)
    took = run(connection, _FIRST, since).scalars().all()
    return OrderCounts(
        by_flow={OrderFlow(row[0]): int(row[1]) for row in run(connection, _BY_FLOW, (basis,))},
        due_soon=sum(_due_soon(connection, basis, flow, spans) for flow in OrderFlow),
        unreceived=carried,
        unsent=unsent,
        unconfirmed=int(run(connection, _UNCONFIRMED, (basis,)).scalar_one()),
        stopped_today_fen=sum(map(int, stopped)),
        stopped_today=len(stopped),
        broken=int(run(connection, _BROKEN, (basis, milliseconds(spans.now))).scalar_one()),
        median=MILLISECOND * median(took) if took else None,
        next_change=_next_change(connection, basis, spans.now),
    )


def _due_soon(connection: Connection, basis: int, flow: OrderFlow, spans: CountedSpans) -> int:
    named = {
        **instants(spans.now), "basis": basis, "flow": flow.value, "soon": milliseconds(spans.soon)
    }  # fmt: skip
    return int(connection.execute(_SOON, named).scalar_one())


def _next_change(connection: Connection, basis: int, now: datetime) -> datetime | None:
    """When the next clock runs out, or one that was just missed goes."""
    found = []
    for flow in OrderFlow:
        for name in _ENDS:
            for past in (MISSED_FOR * 0, MISSED_FOR):
                after = milliseconds(now - past)
                named = {"basis": basis, "flow": flow.value, "after": after}
                end = connection.execute(_NEXT[name], named).scalar()
                if end is not None:
                    found.append(instant(int(end)) + past)
    return min(found, default=None)
