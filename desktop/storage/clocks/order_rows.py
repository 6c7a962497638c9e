"""Orders with the ends of their clocks as rows, written whenever the clocks of their case were reckoned.

Times are milliseconds since 1970. What there is not is long ago, where a chance that is gone changes nothing either;
a freeze that nobody waits for is never due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.services.ports.database.clock_rows import ReckonedOrder
from desktop.storage.clocks.row_counts import RowCounts, change_counts, taken
from desktop.storage.columns import bounded, columns_of, fitting
from desktop.storage.database.statements import add
from desktop.storage.reckoned_tables import order_clock
from desktop.storage.reckoning.milliseconds import (
    MILLISECOND,
    milliseconds,
    or_long_ago,
)

UNKNOWN: Final = -1
"""How long nobody knows that it took."""
_COLUMNS: Final = columns_of(order_clock)
_COUNTED: Final = ("flow", "waits", "unconfirmed", "hops", "file_by")
_PLACES: Final = tuple(_COLUMNS.index(name) for name in _COUNTED)
ORDERS: Final = "orders"
"""By flow and by whether somebody waits for an answer."""
UNCONFIRMED: Final = "unconfirmed"
HOPS: Final = "hops"
"""Places where their money went on, added up."""
BRIDGES: Final = "bridges"
"""Stops that no freeze took over yet, be there time left or not."""
_OF_CASES: Final = "DELETE FROM order_clock WHERE basis = ? AND case_id AMONG ?"
_OF_OTHERS: Final = "DELETE FROM order_clock WHERE basis = ? AND order_id AMONG ?"


def keep_orders(
    connection: Connection, basis: int, cases: Collection[str], orders: Iterable[ReckonedOrder]
) -> None:
    """Put ``orders`` in the place of all that is kept of these cases. One that stood in another case is kept anew by
    the case it stands in now, whichever of the two is reckoned first."""
    rows = [(basis, *_row(order)) for order in orders]
    gone = taken(connection, _OF_CASES, cases, basis, _COUNTED)
    gone += taken(connection, _OF_OTHERS, [row[1] for row in rows], basis, _COUNTED)
    add(connection, order_clock.name, _COLUMNS, rows)
    came = ([row[place] for place in _PLACES] for row in rows)
    change_counts(connection, basis, _counts(gone), _counts(came))


def _counts(rows: Iterable[Sequence[Any]]) -> RowCounts:
    found: RowCounts = Counter()
    for flow, waits, unconfirmed, hops, file_by in rows:
        found[ORDERS, flow, str(waits)] += 1
        found[UNCONFIRMED, "", ""] += unconfirmed
        found[HOPS, "", ""] += hops
        found[BRIDGES, "", ""] += file_by is not None
    return found


def _row(order: ReckonedOrder) -> tuple[Any, ...]:
    issued, duty, found = milliseconds(order.issued_at), or_long_ago(order.duty), order.found_by
    return (
        order.order, order.case, order.flow.value, fitting(order.key), -bounded(order.amount_fen), issued, -issued,
        int(order.waits), or_long_ago(order.chance), duty, -duty, int(order.duty is not None and not order.lapses),
        or_long_ago(order.onward), UNKNOWN if order.took is None else order.took // MILLISECOND, int(order.unconfirmed),
        bounded(order.stopped_fen), int(order.called_back), found.hops, int(found.to_send),
        found.kind.value, found.state.value, fitting(found.receiver), fitting(found.unit), fitting(found.officer),
        fitting(found.batch), found.words, _known(order.stopped_at), _known(order.file_by), _known(found.sent_at),
    )  # fmt: skip


def _known(at: datetime | None) -> int | None:
    return None if at is None else milliseconds(at)
