"""A whole copy of the database while it is in use, as an encrypted file under the same key."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlcipher3
from sqlalchemy import Connection, Engine, func, insert, select

from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import disk_errors, open_private
from desktop.storage.database.sqlcipher_file import (
    PAGE_SIZE,
    create_database,
    use_key,
    write_sidecar,
)
from desktop.storage.database.statements import run
from desktop.storage.dialects import dialect_of
from desktop.storage.tables import ANEW, entry, metadata
from desktop.storage.upkeep.rebuild import rebuild
from desktop.storage.upkeep.upgrade import projected_form

_AT_ONCE: Final = 2048
"""Pages between two looks at whether somebody asks to stop."""
_FIRST_LOOK: Final = "SELECT 1 FROM sqlite_schema LIMIT 1"
"""By which a transaction that reads begins to see one moment."""


def copy_file(engine: Engine, target: Path, key: bytes, progress: Progress) -> None:
    """Write the database file as it stands to ``target``, with the sidecar that tells how to open it.

    It is of the moment at which it begins: what others write meanwhile is not in it and never makes it begin anew.
    """
    with disk_errors():
        open_private(target).close()
    copy = sqlcipher3.connect(str(target), isolation_level=None)
    try:
        use_key(copy, key)

        def report(_status: int, left: int, total: int) -> None:
            progress.check()
            progress.advance((total - left) * PAGE_SIZE, total * PAGE_SIZE)

        with engine.connect() as connection, connection.begin():
            run(connection, _FIRST_LOOK)
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a pooled connection always has one
            driver.backup(copy, pages=_AT_ONCE, progress=report)
    finally:
        copy.close()
    write_sidecar(target, key)


def copy_to_file(engine: Engine, target: Path, key: bytes, progress: Progress) -> None:
    """Write what a server's database holds to a new encrypted file at ``target``."""
    copy = create_database(target, key)
    try:
        with copy.connect().execution_options(write=True) as sink, sink.begin():
            copy_rows(engine, sink, progress)
    finally:
        copy.dispose()


def copy_rows(engine: Engine, sink: Connection, progress: Progress) -> None:
    """Everything of one moment into empty tables, which may be another kind of database's; projections and
    clocks are made anew there."""
    tables = [table for table in metadata.sorted_tables if table not in ANEW]
    with engine.connect() as source, source.begin():
        total = source.execute(select(func.count()).select_from(entry)).scalar_one()
        for table in tables:
            done = 0
            query = select(table).execution_options(yield_per=_AT_ONCE)
            for rows in source.execute(query).mappings().partitions():
                progress.check()
                sink.execute(insert(table), [dict(row) for row in rows])
                done += len(rows)
                progress.advance(min(done, total), total)
    rebuild(sink, progress)
    dialect_of(sink).mark_form(sink, projected_form())
