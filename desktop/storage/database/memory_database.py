"""A database in memory that is empty each time: rows are made there as in the real one, and read at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlcipher3
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from desktop.storage.tables import metadata

_WORDS: Final = (
    "CREATE TABLE search_index (rowid INTEGER PRIMARY KEY, tokens TEXT NOT NULL)",
    "CREATE VIEW words_of_row AS SELECT rowid AS id, tokens FROM search_index",
)
"""In the place of the index, which nobody asks here: the tokens of each text as they were given to it."""

_OF_THREAD: Final = threading.local()
"""Two databases may be made anew at once, and what is rolled back for one must not be the rows of the other."""


@contextmanager
def memory_database() -> Iterator[Connection]:
    """All tables, empty; what is written is gone at the end of the block. One at a time in each thread."""
    with _own().connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")


def _own() -> Engine:
    engine: Engine | None = getattr(_OF_THREAD, "engine", None)
    if engine is None:
        engine = _OF_THREAD.engine = _made()
    return engine


def _made() -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=lambda: sqlcipher3.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        ),
        poolclass=StaticPool,
    )
    with engine.connect() as connection:
        make_tables(connection)
    return engine


def make_tables(connection: Connection) -> None:
    """All tables in an empty database that nothing is kept in."""
    metadata.create_all(connection, checkfirst=False)
    for statement in _WORDS:
        connection.exec_driver_sql(statement)
