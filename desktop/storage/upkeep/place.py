"""Where a database lies, and what making, opening, copying and closing it there means."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.domain.time.clock import Clock
from desktop.runtime.files.atomic_file import disk_errors, require_space
from desktop.storage.database import file_health, server_database, sqlcipher_file
from desktop.storage.database.database_errors import database_errors
from desktop.storage.database.giving_way import stopped_by
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.upkeep import copying
from desktop.storage.upkeep.news_copy import CopiedUntil, add_waiting_news, copy_news


class DatabaseLocation(Protocol):
    """One of the places a database can lie."""

    @property
    def log(self) -> Path | None:
        """The write-ahead log that this program brings into the file; None where a server looks after its own."""
        ...

    def create(self) -> Engine:
        """Make a new, empty database there."""
        ...

    def open(self, clock: Clock) -> Engine:
        """Open the existing one; all of it is read first unless it was closed properly."""
        ...

    def require_room(self) -> None:
        """Raise ``WorldError("disk.not_enough")`` where a second copy of it would find no room."""
        ...

    def check(self, engine: Engine, progress: Progress, clock: Clock) -> None:
        """Read all of it; raises ``WorldError("database.damaged")``."""
        ...

    def checked_at(self) -> datetime | None:
        """When all of it was read last and found sound; None for never, or where a server sees to it."""
        ...

    def copy(self, engine: Engine, target: Path, progress: Progress) -> None:
        """Write all of it, as of one moment, into an encrypted file under the same key."""
        ...

    def copy_news(
        self, engine: Engine, target: Path, since: CopiedUntil, progress: Progress
    ) -> None:
        """Write what came after ``since`` into an encrypted file under the same key."""
        ...

    def settle(self, engine: Engine) -> None:
        """What is to be done before the last connection closes."""
        ...

    def closed(self) -> None:
        """It was settled, and the last connection is closed."""
        ...


@dataclass(frozen=True, slots=True)
class EncryptedFile:
    """An SQLCipher file of this machine."""

    path: Path
    key: bytes = field(repr=False)

    @property
    def log(self) -> Path:
        return sqlcipher_file.log_of(self.path)

    def create(self) -> Engine:
        return sqlcipher_file.create_database(self.path, self.key)

    def open(self, clock: Clock) -> Engine:
        whole = not file_health.closed_properly(self.path)
        engine = sqlcipher_file.open_database(self.path, self.key, whole=whole)
        if whole:
            file_health.note_checked(self.path, clock.now())
        try:
            add_waiting_news(engine, self.path, self.key)
        except BaseException:
            engine.dispose()
            raise
        file_health.note_opened(self.path)
        return engine

    def require_room(self) -> None:
        with disk_errors():
            size = self.path.stat().st_size
        require_space(self.path.parent, size)

    def check(self, engine: Engine, progress: Progress, clock: Clock) -> None:
        try:
            with (
                database_errors(),
                engine.connect() as connection,
                connection.begin(),
                stopped_by(connection, progress),
            ):
                file_health.read_every_page(connection, progress)
        except WorldError as error:
            if error.code == "database.damaged":
                file_health.note_damaged(self.path)
            raise
        file_health.note_checked(self.path, clock.now())

    def checked_at(self) -> datetime | None:
        return file_health.file_health(self.path).checked_at

    def copy(self, engine: Engine, target: Path, progress: Progress) -> None:
        copying.copy_file(engine, target, self.key, progress)

    def copy_news(
        self, engine: Engine, target: Path, since: CopiedUntil, progress: Progress
    ) -> None:
        copy_news(engine, target, self.key, since, progress)

    def settle(self, engine: Engine) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def closed(self) -> None:
        file_health.note_closed(self.path)


@dataclass(frozen=True, slots=True)
class OnServer:
    """A database on a PostgreSQL server."""

    address: ServerAddress
    key: bytes = field(repr=False)

    @property
    def log(self) -> None:
        return None

    def create(self) -> Engine:
        return server_database.create_server_database(self.address, self.key)

    def open(self, clock: Clock) -> Engine:
        del clock
        return server_database.open_server_database(self.address, self.key)

    def require_room(self) -> None:
        """Nothing: its disk is none of ours."""

    def check(self, engine: Engine, progress: Progress, clock: Clock) -> None:
        """Nothing: its pages are the server's to look after."""

    def checked_at(self) -> datetime | None:
        return None

    def copy(self, engine: Engine, target: Path, progress: Progress) -> None:
        copying.copy_to_file(engine, target, self.key, progress)

    def copy_news(
        self, engine: Engine, target: Path, since: CopiedUntil, progress: Progress
    ) -> None:
        copy_news(engine, target, self.key, since, progress)

    def settle(self, engine: Engine) -> None:
        """Nothing: what was committed is the server's to keep."""

    def closed(self) -> None:
        """Nothing: others may work there."""


def place_of(where: Path | ServerAddress, key: bytes) -> DatabaseLocation:
    """The place behind a path or an address."""
    return EncryptedFile(where, key) if isinstance(where, Path) else OnServer(where, key)
