"""An empty database of nobody's for as long as something is tried in it.

A bundle may bring more than memory holds, so it lies in a file, under a key that nobody keeps: what is left of it by a
power cut opens for nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Table, create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from desktop.runtime.files.atomic_file import disk_errors
from desktop.storage.columns import columns_of
from desktop.storage.database.memory_database import make_tables
from desktop.storage.database.sqlcipher_file import PAGE_SIZE
from desktop.storage.dialects.dialect import insertion

_KEY_OCTETS: Final = 32
_SETTINGS: Final = (
    f"PRAGMA cipher_page_size = {PAGE_SIZE}",
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA journal_mode = OFF",  # nothing of it is ever undone by itself, nor there after a crash
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -32768",  # what is more than that goes to the file
)


@contextmanager
def scratch_database() -> Iterator[Connection]:
    """All tables, empty; gone at the end of the block."""
    with disk_errors():
        folder = TemporaryDirectory(prefix="fanzha-look-", ignore_cleanup_errors=True)
    with folder as name:
        engine = create_engine(
            "sqlite://",
            module=sqlcipher3,
            creator=lambda: _connected(Path(name) / "look.db"),
            poolclass=StaticPool,
        )
        try:
            with engine.connect().execution_options(without_search=True) as connection:
                connection.exec_driver_sql("BEGIN")
                make_tables(connection)
                yield connection
        finally:
            engine.dispose()


def put_rows(connection: Connection, table: Table, rows: Sequence[Any], *, over: bool) -> None:
    """Rows with all columns into a scratch database; ``over``: in the place of those that are there, else beside."""
    if rows:
        put = insertion(table.name, columns_of(table), "?")
        put = put.replace("INSERT", f"INSERT OR {'REPLACE' if over else 'IGNORE'}", 1)
        connection.exec_driver_sql(put, [tuple(row) for row in rows])


def _connected(path: Path) -> Any:
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(_KEY_OCTETS)}'\"")
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection
