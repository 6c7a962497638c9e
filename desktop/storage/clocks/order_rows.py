"""Orders with the ends of their clocks as rows, written whenever the clocks of their case were reckoned.

Times are milliseconds since 1970. What there is not is long ago, where a chance that is gone changes nothing either;
a freeze that nobody waits for is never due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.services.ports.database.clock_rows import ReckonedOrder
from desktop.storage.database.statements import add, drop_among
from desktop.storage.tables import order_clock

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)
FAR: Final = 2**53 - 1
"""More milliseconds or fen than there are."""
UNKNOWN: Final = -1
"""How long nobody knows that it took."""
_COLUMNS: Final = [column.name for column in order_clock.columns]


def milliseconds(at: datetime) -> int:
    """Since 1970."""
    return (at - _EPOCH) // MILLISECOND


def instant(value: int) -> datetime:
    """What :func:`milliseconds` counted."""
    return _EPOCH + value * MILLISECOND


def keep_orders(
    connection: Connection, cases: Collection[str], orders: Iterable[ReckonedOrder]
) -> None:
    """Put ``orders`` in the place of all that is kept of these cases. One that stood in another case is kept anew by
    the case it stands in now, whichever of the two is reckoned first."""
    rows = [_row(order) for order in orders]
    drop_among(connection, "DELETE FROM order_clock WHERE case_id AMONG ?", sorted(cases))
    drop_among(
        connection, "DELETE FROM order_clock WHERE order_id AMONG ?", [row[0] for row in rows]
    )
    add(connection, order_clock.name, _COLUMNS, rows)


def _row(order: ReckonedOrder) -> tuple[Any, ...]:
    issued, duty = milliseconds(order.issued_at), _ago(order.duty)
    return (
        order.order, order.case, order.flow.value, order.key, -bounded(order.amount_fen), issued, -issued,
        int(order.waits), _ago(order.chance), duty, -duty, int(order.duty is not None and not order.lapses),
        _ago(order.onward), UNKNOWN if order.took is None else order.took // MILLISECOND,
        FAR if order.file_by is None else milliseconds(order.file_by), int(order.unconfirmed),
        _ago(order.stopped_at), bounded(order.stopped_fen),
    )  # fmt: skip


def _ago(at: datetime | None) -> int:
    return -FAR if at is None else milliseconds(at)


def bounded(fen: int) -> int:
    """What a column holds."""
    return max(min(fen, FAR), -FAR)
