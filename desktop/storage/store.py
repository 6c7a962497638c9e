"""The store: transactions over the journal and its projections (implements ``services.ports.Store``)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from desktop.domain.clock import Clock
from desktop.domain.profile import Profile
from desktop.domain.progress import Progress
from desktop.storage.clock_memo import ClockMemo
from desktop.storage.copying import copy_database
from desktop.storage.engine import create_database, database_errors, open_database
from desktop.storage.reader import SqlReader
from desktop.storage.rebuild import digest, problems, rebuild
from desktop.storage.transaction import SqlTransaction
from desktop.storage.upgrade import bring_up_to_date, mark_new


class SqlStore:
    """The encrypted database of one installation."""

    def __init__(self, engine: Engine, profile: Profile, clock: Clock, key: bytes) -> None:
        self._engine = engine
        self._key = key
        self._profile = profile
        self._clock = clock
        self._writing = threading.Lock()
        self._clocks = ClockMemo()

    @classmethod
    def create(cls, path: Path, key: bytes, profile: Profile, clock: Clock) -> SqlStore:
        """A new database; raises ``WorldError("database.exists")``."""
        with database_errors():
            return cls(mark_new(create_database(path, key)), profile, clock, key)

    @classmethod
    def open(cls, path: Path, key: bytes, profile: Profile, clock: Clock) -> SqlStore:
        """The database at ``path``; see :func:`desktop.storage.engine.open_database` for the errors."""
        with database_errors():
            return cls(bring_up_to_date(open_database(path, key)), profile, clock, key)

    @contextmanager
    def read(self) -> Iterator[SqlReader]:
        """A read-only snapshot."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            yield SqlReader(connection, self._profile, self._clocks)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """One transaction: all of it, or none of it."""
        with (
            database_errors(),
            self._writing,
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            transaction = SqlTransaction(connection, self._profile, self._clock)
            yield transaction
            transaction.project()

    def verify(self, progress: Progress) -> tuple[str, ...]:
        """Re-check chains, hashes and projections."""
        with (
            database_errors(),
            self._writing,
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin() as trial,
        ):
            found = problems(connection, progress)
            trial.rollback()
            return found

    def rebuild(self, progress: Progress) -> str:
        """Make the projections anew from the journal."""
        with (
            database_errors(),
            self._writing,
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            rebuild(connection, progress)
            return digest(connection)

    def copy_to(self, path: Path, progress: Progress) -> None:
        """A whole copy at ``path``."""
        with database_errors():
            copy_database(self._engine, path, self._key, progress)

    def digest(self) -> str:
        """SHA-256 over all projection rows."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            return digest(connection)

    def close(self) -> None:
        """Checkpoint and close every connection."""
        with database_errors(), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._engine.dispose()
