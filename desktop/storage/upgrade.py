"""A newer program over an older database: projections of another form are dropped and made anew from the journal.

The journal itself is never touched, and everything happens in one transaction: a power cut leaves the old form,
which the next start brings up to date again.
"""

from __future__ import annotations

import zlib
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from desktop.domain.progress import SILENT
from desktop.storage.projections import CASE_PARTS
from desktop.storage.rebuild import rebuild
from desktop.storage.tables import PROJECTIONS, metadata

PROJECTING: Final = 3
"""To be raised when rows are computed otherwise than before, though their columns stay."""


def projected_form() -> int:
    """A number that changes with the columns of the projections and with the kinds of subjects they read."""
    tables = sorted(
        (table.name, [column.name for column in table.columns]) for table in PROJECTIONS
    )
    every = sorted(metadata.tables)
    return zlib.crc32(repr((PROJECTING, CASE_PARTS, tables, every)).encode()) & 0x7FFF_FFFF


def mark_new(engine: Engine) -> Engine:
    """Note in a new file that its projections have the form of this program."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        _mark(connection)
    return engine


def _mark(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {projected_form()}")


def bring_up_to_date(engine: Engine) -> Engine:
    """Make the projections anew if another version of the program made them."""
    with engine.connect() as connection, connection.begin():
        if connection.exec_driver_sql("PRAGMA application_id").scalar_one() == projected_form():
            return engine
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for table in PROJECTIONS:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table.name}")
        metadata.create_all(connection)
        rebuild(connection, SILENT)
        _mark(connection)
    return engine
