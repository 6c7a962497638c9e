"""The list of orders page by page, in the order of :meth:`desktop.domain.law.urgency.Pressing.urgency`.

That order has six groups. Each has an index that holds its rows in their order, so that the next two hundred are read
and no more; in which group an order is at an instant follows from the ends of its clocks. ``onward <= :missed``: its
own clock counts, for no window of where its money went on runs or was just missed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.flow import OrderFlow
from desktop.services.ports.database.clock_rows import OrderPlace
from desktop.storage.reckoning.milliseconds import instants

_SAVABLE: Final = (
    "SELECT order_id, case_id, onward AS ends, less_fen, key FROM order_clock "
    "WHERE basis = :basis AND flow = :flow AND onward > :now UNION ALL "
    "SELECT order_id, case_id, chance, less_fen, key FROM order_clock "
    "WHERE basis = :basis AND flow = :flow AND chance > :now AND onward <= :missed"
)
_MISSED: Final = (
    "SELECT order_id, case_id, less_fen, -onward AS ended, key FROM order_clock "
    "WHERE basis = :basis AND flow = :flow AND onward > :missed AND onward <= :now UNION ALL "
    "SELECT order_id, case_id, less_fen, -chance, key FROM order_clock "
    "WHERE basis = :basis AND flow = :flow AND chance > :missed AND chance <= :now AND onward <= :missed UNION ALL "
    "SELECT order_id, case_id, less_fen, -duty, key FROM order_clock "
    "WHERE basis = :basis AND flow = :flow AND duty > :missed AND duty <= :now AND standing = 1 AND onward <= :missed"
)
_NO_CLOCK: Final = "chance <= :missed AND duty <= :now AND onward <= :missed"


@dataclass(frozen=True, slots=True)
class _Group:
    """``rows``: a table or a question in brackets; ``keys``: the columns it is sorted by."""

    rows: str
    where: str
    keys: tuple[str, ...]


_GROUPS: Final = {
    Pressure.SAVABLE: _Group(f"({_SAVABLE}) savable", "1 = 1", ("ends", "less_fen", "key")),
    Pressure.MISSED: _Group(f"({_MISSED}) missed", "1 = 1", ("less_fen", "ended", "key")),
    Pressure.RUNNING: _Group(
        "order_clock",
        "basis = :basis AND flow = :flow AND duty > :now AND onward <= :missed",
        ("duty", "less_fen", "key"),
    ),
    Pressure.OVERDUE: _Group(
        "order_clock",
        "basis = :basis AND flow = :flow AND standing = 1 AND past_duty >= :past AND onward <= :missed",
        ("past_duty", "less_fen", "key"),
    ),
    Pressure.UNANSWERED: _Group(
        "order_clock",
        f"basis = :basis AND flow = :flow AND standing = 0 AND waits = 1 AND {_NO_CLOCK}",
        ("less_fen", "issued", "key"),
    ),
    Pressure.REST: _Group(
        "order_clock",
        f"basis = :basis AND flow = :flow AND standing = 0 AND waits = 0 AND {_NO_CLOCK}",
        ("past_issued", "less_fen", "key"),
    ),
}


def orders_by_urgency(
    connection: Connection,
    basis: int,
    flow: OrderFlow,
    now: datetime,
    after: OrderPlace | None,
    limit: int,
) -> tuple[OrderPlace, ...]:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.orders_by_urgency`."""
    found: list[OrderPlace] = []
    for group in Pressure:
        if after is not None and group < after.group:
            continue
        behind = after.keys if after is not None and group == after.group else ()
        named = {**instants(now), "basis": basis, "flow": flow.value, "limit": limit - len(found)}
        rows = _some(connection, group, named, behind)
        found += [OrderPlace(row[0], CaseId(row[1]), int(group), tuple(row[2:])) for row in rows]
        if len(found) >= limit:
            break
    return tuple(found)


def _some(
    connection: Connection,
    group: Pressure,
    named: Mapping[str, int | str],
    behind: Sequence[int | str],
) -> Sequence[Any]:
    keys = {f"k{place}": key for place, key in enumerate(behind)}
    found = connection.execute(_QUESTIONS[group, bool(behind)], {**named, **keys})
    return found.fetchall()


def _question(group: _Group, *, further: bool) -> TextClause:
    keys = ", ".join(group.keys)
    behind = f"AND ({keys}) > (:k0, :k1, :k2)" if further else ""
    return text(
        f"SELECT order_id, case_id, {keys} FROM {group.rows} WHERE {group.where} {behind} "  # noqa: S608 - own names
        f"ORDER BY {keys} LIMIT :limit"
    )


_QUESTIONS: Final = {
    (group, further): _question(asked, further=further)
    for group, asked in _GROUPS.items()
    for further in (False, True)
}
