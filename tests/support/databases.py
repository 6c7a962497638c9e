"""The two databases the same tests run over.

PostgreSQL takes part where ``FANZHA_TEST_POSTGRES`` names a database on a server, as ``.ci/run`` sees to; a server that
is named and can not be reached fails the tests. Every store gets a schema of its own there.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool

from desktop.storage.database.server_address import ServerAddress
from desktop.storage.store import SqlStore

VARIABLE = "FANZHA_TEST_POSTGRES"
WITHOUT_SERVER = f"no PostgreSQL server: {VARIABLE} names none"


@dataclass
class Databases:
    """Places for stores, all of one kind."""

    folder: Path
    server: str = ""
    made: dict[str, str] = field(default_factory=dict)
    """Name → the schema that stands for the file of that name."""

    def place(self, name: str) -> Path | ServerAddress:
        """Where the store ``name`` lies; always the same for the same name."""
        if not self.server:
            return self.folder / f"{name}.db"
        if name not in self.made:
            self.made[name] = f"t{uuid.uuid4().hex}"  # noqa: TID251 - unique among tests that run side by side
            self._tell(f'CREATE SCHEMA "{self.made[name]}"')
        url = make_url(self.server)
        options = f"-csearch_path={self.made[name]}"
        return ServerAddress(url.update_query_dict({"options": options}), url.password or "")

    def drop(self) -> None:
        """Take everything away again."""
        for schema in self.made.values():
            self._tell(f'DROP SCHEMA "{schema}" CASCADE')

    def _tell(self, statement: str) -> None:
        engine = create_engine(self.server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def server_of_tests() -> str:
    """The server's database; skips the test where there is none."""
    server = os.environ.get(VARIABLE, "")
    if not server:
        pytest.skip(WITHOUT_SERVER)
    return server


@contextmanager
def some_databases(kind: str, folder: Path) -> Iterator[Databases]:
    """Places of one kind, taken away at the end."""
    found = Databases(folder, server_of_tests() if kind == "postgresql" else "")
    try:
        yield found
    finally:
        found.drop()


@contextmanager
def written_past_the_store(store: SqlStore) -> Iterator[Connection]:
    """One transaction by which somebody who has the database's password writes what no program would."""
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        yield connection


KINDS = ("sqlite", "postgresql")
