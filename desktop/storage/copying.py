"""A whole copy of the database while it is in use, under the same key."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlcipher3
from sqlalchemy import Engine

from desktop.domain.progress import Progress
from desktop.storage.engine import PAGE_SIZE, write_sidecar

_AT_ONCE: Final = 2048
"""Pages between two looks at whether somebody asks to stop."""


def copy_database(engine: Engine, target: Path, key: bytes, progress: Progress) -> None:
    """Write the database as it stands to ``target``, with the sidecar that tells how to open it.

    What others write meanwhile makes the copy begin anew by itself; the copy is always of one moment.
    """
    copy = sqlcipher3.connect(str(target), isolation_level=None)
    try:
        copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        copy.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")

        def told(_status: int, left: int, total: int) -> None:
            progress.check()
            progress.advance((total - left) * PAGE_SIZE, total * PAGE_SIZE)

        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a pooled connection always has one
            driver.backup(copy, pages=_AT_ONCE, progress=told)
    finally:
        copy.close()
    write_sidecar(target, key)
