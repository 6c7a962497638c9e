"""Where a database lies, and what making, opening, copying and closing it there means."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from desktop.domain.progress import Progress
from desktop.storage.database import server_database, sqlcipher_file
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.upkeep import copying


class DatabaseLocation(Protocol):
    """One of the places a database can lie."""

    def create(self) -> Engine:
        """Make a new, empty database there."""
        ...

    def open(self) -> Engine:
        """Open the existing one."""
        ...

    def copy(self, engine: Engine, target: Path, progress: Progress) -> None:
        """Write all of it, as of one moment, into an encrypted file under the same key."""
        ...

    def settle(self, engine: Engine) -> None:
        """What is to be done before the last connection closes."""
        ...


@dataclass(frozen=True, slots=True)
class EncryptedFile:
    """An SQLCipher file of this machine."""

    path: Path
    key: bytes = field(repr=False)

    def create(self) -> Engine:
        return sqlcipher_file.create_database(self.path, self.key)

    def open(self) -> Engine:
        return sqlcipher_file.open_database(self.path, self.key)

    def copy(self, engine: Engine, target: Path, progress: Progress) -> None:
        copying.copy_file(engine, target, self.key, progress)

    def settle(self, engine: Engine) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class OnServer:
    """A database on a PostgreSQL server."""

    address: ServerAddress
    key: bytes = field(repr=False)

    def create(self) -> Engine:
        return server_database.create_server_database(self.address, self.key)

    def open(self) -> Engine:
        return server_database.open_server_database(self.address, self.key)

    def copy(self, engine: Engine, target: Path, progress: Progress) -> None:
        copying.copy_to_file(engine, target, self.key, progress)

    def settle(self, engine: Engine) -> None:
        """Nothing: what was committed is the server's to keep."""


def place_of(where: Path | ServerAddress, key: bytes) -> DatabaseLocation:
    """The place behind a path or an address."""
    return EncryptedFile(where, key) if isinstance(where, Path) else OnServer(where, key)
