"""Asking the database in plain SQL, where building a statement would cost more than running it.

Every statement is written once, with ``?`` for each parameter, and understood by both databases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import CursorResult
from sqlalchemy.engine import Connection

from desktop.domain.surveys import give_way
from desktop.storage.dialects import dialect_of

_AT_ONCE: Final = 2000

IN_EFFECT: Final = (
    "NOT EXISTS (SELECT 1 FROM objection o WHERE o.stream = e.stream AND o.seq = e.seq)"
)
"""Of ``entry e``: only what takes effect."""

Rows = CursorResult[*tuple[Any, ...]]


def run(connection: Connection, statement: str, parameters: Any = ()) -> Rows:
    """Run ``statement`` with a tuple of parameters, or once for each tuple of a list of them."""
    give_way()
    return connection.exec_driver_sql(dialect_of(connection).spoken(statement), parameters)


def run_among(
    connection: Connection,
    statement: str,
    names: Collection[str | int],
    before: tuple[Any, ...] = (),
) -> Sequence[Any]:
    """All rows of a statement that asks for whatever is ``AMONG ?``, or of a ``name`` ``FROM EACH ?``, its last
    parameter, behind those that stand ``before``. The same statement serves any number of names, so that a server need
    not plan it each time."""
    found = _among(connection, statement, names, before)
    return [row for rows in found for row in rows.fetchall()]


def drop_among(
    connection: Connection,
    statement: str,
    names: Collection[str | int],
    before: tuple[Any, ...] = (),
) -> None:
    """Run a statement that removes whatever is ``AMONG ?``."""
    for _ in _among(connection, statement, names, before):
        pass


def _among(
    connection: Connection,
    statement: str,
    names: Collection[str | int],
    before: tuple[Any, ...],
) -> Iterator[Rows]:
    listed, several = list(names), dialect_of(connection).several
    for start in range(0, len(listed), _AT_ONCE):
        yield run(connection, statement, (*before, several(listed[start : start + _AT_ONCE])))


def add(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
    """Add rows that were not there: whoever adds them has looked."""
    if rows:
        dialect_of(connection).add(connection, table, columns, rows)


def stream(connection: Connection, statement: str, parameters: Sequence[Any] = ()) -> Rows:
    """The same for what may be more rows than memory holds: they are fetched as they are read."""
    give_way()
    return connection.exec_driver_sql(
        dialect_of(connection).spoken(statement),
        tuple(parameters),
        execution_options={"stream_results": True, "max_row_buffer": _AT_ONCE},
    )


def marks(names: Sequence[Any]) -> str:
    """A parameter for each name, to stand between the brackets of IN; for nothing, what nothing is in."""
    return ", ".join("?" * len(names)) or "NULL"
