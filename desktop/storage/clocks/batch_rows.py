"""Which orders wait to be put into a batch, and which batches were made, by the rows of orders."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.services.ports.database.order_lists import BatchPlace, OrderPlace, ToSend
from desktop.storage.clocks.order_pages import GROUP, ONE_KEY, TWO_KEY
from desktop.storage.database.statements import run
from desktop.storage.reckoning.milliseconds import FAR, instant, instants, milliseconds

_TO_SEND: Final = text(
    f"SELECT order_id, case_id, grp, {ONE_KEY} AS one, {TWO_KEY} AS two, key, receiver, less_fen, issued, chance "  # noqa: S608 - own names
    f"FROM (SELECT o.*, {GROUP} AS grp FROM order_clock o WHERE basis = :basis AND to_send = 1) g "
    "ORDER BY grp, one, two, key"
)
_OPEN: Final = (
    "SELECT DISTINCT sent, pack FROM order_clock WHERE basis = ? AND sent > ? AND waits = 1"
)
_NEWEST: Final = (
    "SELECT DISTINCT sent, pack FROM order_clock WHERE basis = ? AND (sent, pack) < (?, ?) "
    "ORDER BY sent DESC, pack DESC LIMIT ?"
)
_IN_BATCH: Final = "SELECT order_id FROM order_clock WHERE basis = ? AND sent = ? AND pack = ?"
_LAST: Final = "\U0010ffff"


def orders_to_send(connection: Connection, basis: int, now: datetime) -> tuple[ToSend, ...]:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.orders_to_send`."""
    rows = connection.execute(_TO_SEND, {**instants(now), "basis": basis})
    return tuple(map(_to_send, rows))


def _to_send(row: Any) -> ToSend:
    order, case, group, one, two, key, receiver, less_fen, issued, chance = row
    place = OrderPlace(order, CaseId(case), int(group), (int(one), int(two), key))
    ends = instant(chance) if chance > -FAR else None
    return ToSend(place, receiver, -less_fen, instant(issued), ends)


def open_batches(connection: Connection, basis: int) -> tuple[BatchPlace, ...]:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.open_batches`."""
    return tuple(map(_place, run(connection, _OPEN, (basis, -FAR))))


def newest_batches(
    connection: Connection, basis: int, after: BatchPlace | None, limit: int
) -> tuple[BatchPlace, ...]:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.batches`."""
    behind = (FAR, _LAST) if after is None else (milliseconds(after.sent_at), after.number)
    return tuple(map(_place, run(connection, _NEWEST, (basis, *behind, limit))))


def orders_in_batches(
    connection: Connection, basis: int, batches: Collection[BatchPlace]
) -> frozenset[str]:
    """The ids of their orders."""
    found = (
        run(connection, _IN_BATCH, (basis, milliseconds(batch.sent_at), batch.number)).scalars()
        for batch in batches
    )
    return frozenset(order for orders in found for order in orders)


def _place(row: Any) -> BatchPlace:
    return BatchPlace(row[1], instant(int(row[0])))
