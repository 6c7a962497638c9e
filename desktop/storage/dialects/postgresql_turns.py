"""Who may write when, among several processes on one server.

A transaction is alone, or it names before it begins what it will touch, and shares its time with those who touch
nothing of it. Both are advisory locks to the end of the transaction. Everybody takes them in the same order, so nobody
waits in a circle: first whether alone, then all names at once in the order of their numbers, then at most one stream of
the centre's own.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import Connection

from desktop.journal.touching import Touching

_ALONE: Final = (
    "SELECT pg_advisory_xact_lock(hashtext('fanzha journal'), hashtext(current_schema()))"
)
_SHARED: Final = (
    "SELECT pg_advisory_xact_lock_shared(hashtext('fanzha journal'), hashtext(current_schema()))"
)
_CLAIM: Final = (
    "SELECT pg_advisory_xact_lock(hashtext('fanzha ' || current_schema()), place) FROM "
    "(SELECT DISTINCT hashtext(name) AS place FROM unnest(%s::text[]) AS name ORDER BY 1 OFFSET 0) AS places"
)
_OWNERS: Final = "SELECT DISTINCT case_id FROM subject WHERE subject = ANY(%s)"
_GROUPED: Final = "SELECT 1 FROM case_link WHERE case_id = ANY(%s) OR into_id = ANY(%s) LIMIT 1"
_HELD: Final = "SELECT 1 FROM held WHERE stream = ANY(%s) LIMIT 1"


def take_turn(connection: Connection, touching: Touching | None) -> None:
    """Wait until this transaction may write."""
    if touching is None:
        connection.exec_driver_sql(_ALONE)
        return
    connection.exec_driver_sql(_SHARED)
    connection.exec_driver_sql(_CLAIM, (touching.names,))


def claim_stream(connection: Connection, stream: str) -> None:
    """Wait until nobody else writes to ``stream``."""
    connection.exec_driver_sql(_CLAIM, ([f"stream {stream}"],))


def is_apart(connection: Connection, touching: Touching) -> bool:
    """Whether rows tell of nothing more that would be touched: parts that stand in other cases, merged reports, and
    entries that wait for a predecessor and would come with it."""
    cases = sorted(touching.cases)
    owners = connection.exec_driver_sql(_OWNERS, (sorted(touching.subjects),)).scalars()
    if not touching.cases.issuperset(owners):
        return False
    grouped = connection.exec_driver_sql(_GROUPED, (cases, cases)).first()
    waiting = connection.exec_driver_sql(_HELD, (sorted(touching.streams),)).first()
    return grouped is None and waiting is None
