"""SQLite and PostgreSQL behind one set of tables: what each has to be told in its own way.

Nothing outside of this folder and of the opening of databases asks which of the two it talks to. Statements are
written once, with ``?`` for parameters and in the words both understand; what they name differently is a method of
:class:`~desktop.storage.dialects.dialect.Dialect`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.dialects.dialect import Dialect
from desktop.storage.dialects.postgresql import POSTGRESQL
from desktop.storage.dialects.sqlite import SQLITE

_BY_NAME: Final[dict[str, Dialect]] = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def dialect_of(connection: Connection) -> Dialect:
    """How the database at the other end of ``connection`` is spoken to."""
    return _BY_NAME[connection.dialect.name]
