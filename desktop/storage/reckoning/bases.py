"""On which basis rows stand that were reckoned, and how long a basis lasts.

A basis is known by the rules and by the time: what was over for long is not kept, so a clock that was set back by more
needs others than the rest of a server. Whoever reckons by rules, or at a time, that nobody reckoned by begins one. Once
a day by his own clock he says that he uses it; all others are idle for one more day then. One that was so for two weeks
is found by nobody any more, and its rows are taken away, some at each look. No two clocks are compared.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.database.statements import run
from desktop.storage.reckoned_tables import RECKONED
from desktop.storage.reckoning.milliseconds import instant, milliseconds

_BACK: Final = timedelta(days=7)
"""By how much a machine's clock may go back: what was over for longer is not kept."""
_DAY: Final = timedelta(days=1)
_IDLE: Final = 14
IN_USE: Final = f"idle <= {_IDLE}"
"""Of ``reckoning``: those whose rows are not being taken away."""
_AT_ONCE: Final = 2000
"""Rows taken away in one transaction: nobody who writes waits for more."""
_FIND: Final = (
    f"SELECT basis, used FROM reckoning WHERE mark = ? AND floor <= ? AND {IN_USE} "  # noqa: S608 - own names
    "ORDER BY floor DESC, basis LIMIT 1"
)
_BEGIN: Final = "INSERT INTO reckoning (basis, mark, floor, used, idle) VALUES (?, ?, ?, ?, 0)"
_USED: Final = "UPDATE reckoning SET used = ?, idle = 0 WHERE basis = ?"
_OTHERS: Final = "UPDATE reckoning SET idle = idle + 1 WHERE basis <> ?"
_LEFT: Final = f"SELECT basis FROM reckoning WHERE NOT {IN_USE} ORDER BY basis LIMIT 1"  # noqa: S608 - own names
_STANDS: Final = f"SELECT 1 FROM reckoning WHERE basis = ? AND {IN_USE}"  # noqa: S608 - own names
_FLOOR: Final = "UPDATE reckoning SET floor = ? WHERE basis = ? AND floor < ?"


def find(connection: Connection, mark: str, now: datetime) -> tuple[int, bool] | None:
    """The basis of these rules that has every row for ``now``, and whether somebody said lately that he uses it."""
    found = run(connection, _FIND, (mark, milliseconds(now))).first()
    return None if found is None else (int(found[0]), not _is_long_ago(int(found[1]), now))


def _is_long_ago(used: int, now: datetime) -> bool:
    """Also where that was by a clock that is far ahead. Of one a little ahead it is not: two such computers would say
    so in turns, and each time all others would be idle for one more day."""
    since = now - instant(used)
    return since >= _DAY or since <= -_BACK


def begin(connection: Connection, mark: str, now: datetime) -> int:
    """A new one of these rules."""
    basis = drawn()  # who still reads on a former basis must not find the rows of another one
    run(connection, _BEGIN, (basis, mark, _floor(now), milliseconds(now)))
    return basis


def use(connection: Connection, basis: int, now: datetime) -> None:
    """Somebody uses it."""
    run(connection, _USED, (milliseconds(now), basis))
    run(connection, _OTHERS, (basis,))


def stands(connection: Connection, basis: int) -> bool:
    """Whether there is one of this number, as projections may have been made anew."""
    return run(connection, _STANDS, (basis,)).first() is not None


def is_over(until: datetime | None, now: datetime) -> bool:
    """Whether what is told up to then need not be kept."""
    return until is not None and until <= now - _BACK


def raise_floor(connection: Connection, basis: int, now: datetime) -> None:
    """Something was reckoned at ``now``, without what :func:`is_over` by then."""
    floor = _floor(now)
    run(connection, _FLOOR, (floor, basis, floor))


def _floor(now: datetime) -> int:
    return milliseconds(now - _BACK)


def some_are_left(connection: Connection) -> bool:
    """Whether there are rows of one that nobody uses any more."""
    return run(connection, _LEFT).first() is not None


def take_some_away(connection: Connection) -> None:
    """Of those rows. What says that there are any comes last."""
    left = run(connection, _LEFT).scalar()
    for table in reversed(RECKONED) if left is not None else ():
        keys = ", ".join(column.name for column in table.primary_key.columns)
        some = f"SELECT {keys} FROM {table.name} WHERE basis = ? LIMIT {_AT_ONCE}"  # noqa: S608 - own names
        query = f"DELETE FROM {table.name} WHERE ({keys}) IN ({some})"  # noqa: S608 - own names
        if run(connection, query, (left,)).rowcount:
            return


def forget(connection: Connection) -> None:
    """Nothing is reckoned any more: projections are made anew."""
    for table in RECKONED:
        run(connection, f"DELETE FROM {table.name}")  # noqa: S608 - own names


def drawn() -> int:
    """A number that nobody had."""
    return secrets.randbits(52)
