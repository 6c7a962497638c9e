"""Who has what in hand; see :mod:`desktop.domain.orders.claim`.

Clocks of seats differ, so a server's own clock says for how long nothing was heard; a file has one computer.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from desktop.domain.orders.claim import WorkClaim
from desktop.storage.dialects import dialect_of
from desktop.storage.tables import claim


def all_of(connection: Connection, now: datetime) -> tuple[WorkClaim, ...]:
    """Every claim, by what it is about."""
    heard = dialect_of(connection).milliseconds(connection, now)
    rows = connection.execute(select(claim).order_by(claim.c.order_id))
    return tuple(
        WorkClaim(
            row.order_id, row.officer, row.name, row.since,
            timedelta(milliseconds=max(0, heard - row.heard)), row.former, row.reason,
        )
        for row in rows
    )  # fmt: skip


def keep(connection: Connection, held: WorkClaim, now: datetime) -> None:
    """Keep a claim in the place of any other on the same; heard of now, unless it says otherwise."""
    heard = dialect_of(connection).milliseconds(connection, now)
    values = {
        "officer": held.officer,
        "name": held.name,
        "since": held.since,
        "heard": heard - held.silent // timedelta(milliseconds=1),
        "former": held.former,
        "reason": held.reason,
    }
    connection.execute(
        dialect_of(connection)
        .upsert(claim)
        .values(order_id=held.about, **values)
        .on_conflict_do_update(index_elements=["order_id"], set_=values)
    )


def drop(connection: Connection, works: Collection[str]) -> None:
    """Nobody has these in hand any more."""
    connection.execute(delete(claim).where(claim.c.order_id.in_(sorted(works))))


def hear(connection: Connection, officer: str, now: datetime) -> None:
    """Whoever holds these is still there."""
    heard = dialect_of(connection).milliseconds(connection, now)
    connection.execute(update(claim).where(claim.c.officer == officer).values(heard=heard))
