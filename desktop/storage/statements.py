"""Asking the database in plain SQL, where building a statement would cost more than running it.

Every statement is written once, with ``?`` for each parameter, and understood by both databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import CursorResult
from sqlalchemy.engine import Connection

from desktop.storage.dialects import dialect_of

_AT_ONCE: Final = 2000

Rows = CursorResult[*tuple[Any, ...]]


def run(connection: Connection, statement: str, parameters: Any = ()) -> Rows:
    """Run ``statement`` with a tuple of parameters, or once for each tuple of a list of them."""
    return connection.exec_driver_sql(dialect_of(connection).spoken(statement), parameters)


def stream(connection: Connection, statement: str, parameters: Sequence[Any] = ()) -> Rows:
    """The same for what may be more rows than memory holds: they are fetched as they are read."""
    return connection.exec_driver_sql(
        dialect_of(connection).spoken(statement),
        tuple(parameters),
        execution_options={"stream_results": True, "max_row_buffer": _AT_ONCE},
    )


def marks(names: Sequence[Any]) -> str:
    """A parameter for each name, to stand between the brackets of IN; for nothing, what nothing is in."""
    return ", ".join("?" * len(names)) or "NULL"
