"""What the PCs of one centre leave for each other in the database on its server, sealed by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.dialects import dialect_of
from desktop.storage.dialects.postgresql import POSTGRESQL

_PREFIX: Final = "seat "
_ALL: Final = "SELECT name, told FROM fanzha_mark WHERE starts_with(name, %s)"


def shared_texts(connection: Connection) -> Mapping[str, str]:
    """Name → text; nothing where the database is a file, which one PC alone has."""
    if dialect_of(connection) is not POSTGRESQL:
        return {}
    rows = connection.exec_driver_sql(_ALL, (_PREFIX,))
    return {name.removeprefix(_PREFIX): text for name, text in rows}


def share_text(connection: Connection, name: str, text: str) -> None:
    """Put ``text`` there under ``name``; ``ValueError`` where the database is a file."""
    if dialect_of(connection) is not POSTGRESQL:
        raise ValueError("a file is shared with nobody")
    POSTGRESQL.set_mark(connection, f"{_PREFIX}{name}", text)
