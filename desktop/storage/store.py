"""The store: transactions over the journal and its projections (implements ``services.ports.Store``)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, RootTransaction

from desktop.domain.errors import WorldError
from desktop.domain.installation.profile import Profile
from desktop.domain.progress import SILENT, Progress
from desktop.domain.surveys import surveying
from desktop.domain.time.clock import Clock
from desktop.journal.entry import Entry
from desktop.journal.touching import Touching
from desktop.runtime.processes.read_ahead import ReadAhead
from desktop.services.ports import Applied, RefusedEntry, all_applied
from desktop.storage.database.checkpoints import Checkpoints
from desktop.storage.database.database_errors import database_errors
from desktop.storage.database.giving_way import giving_way
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.database.server_database import create_server_database
from desktop.storage.database.shared_texts import share_text, shared_texts
from desktop.storage.database.turn_lock import TurnLock
from desktop.storage.dialects import dialect_of
from desktop.storage.readers.reader import SqlReader
from desktop.storage.transaction import BatchPace, SqlTransaction, batches_of, refused
from desktop.storage.trial import trial_of
from desktop.storage.upkeep.copying import copy_rows
from desktop.storage.upkeep.news_check import checked_ends, ends_of, news_problems, note_checked
from desktop.storage.upkeep.news_copy import (
    CopiedUntil,
    note_copied,
    noted_copies,
    reached,
)
from desktop.storage.upkeep.place import DatabaseLocation, place_of
from desktop.storage.upkeep.rebuild import digest, overreach, problems, rebuild
from desktop.storage.upkeep.upgrade import bring_up_to_date, mark_new

_log = logging.getLogger(__name__)


def _begin(
    connection: Connection, touching: Touching | None
) -> tuple[RootTransaction, Touching | None]:
    """A transaction that writes, and what it is bound to touch nothing else of; alone if that can not be told."""
    connection.execution_options(touching=touching)
    begun = connection.begin()
    if touching is None or dialect_of(connection).keeps_apart(connection, touching):
        return begun, touching
    begun.rollback()
    connection.execution_options(touching=None)
    return connection.begin(), None


class SqlStore:
    """The database of one installation: an encrypted file, or a database on a server."""

    def __init__(
        self, place: DatabaseLocation, engine: Engine, profile: Profile, clock: Clock
    ) -> None:
        self._place = place
        self._engine = engine
        self._profile = profile
        self._clock = clock
        self._writing = TurnLock()
        self._checkpoints = Checkpoints(engine, place.log, self._writing)
        self._noted: Callable[[Entry], None] | None = None

    @classmethod
    def create(
        cls, where: Path | ServerAddress, key: bytes, profile: Profile, clock: Clock
    ) -> SqlStore:
        """A new database; raises ``WorldError("database.exists")`` and what its place raises."""
        place = place_of(where, key)
        with database_errors():
            return cls(place, mark_new(place.create()), profile, clock)

    @classmethod
    def open(
        cls,
        where: Path | ServerAddress,
        key: bytes,
        profile: Profile,
        clock: Clock,
        progress: Progress = SILENT,
    ) -> SqlStore:
        """The database at ``where``; see :func:`desktop.storage.database.sqlcipher_file.open_database` and
        :func:`desktop.storage.database.server_database.open_server_database` for the errors.
        What another version of the program left is brought up to date, which tells its ``progress``, can be stopped and
        raises ``WorldError("disk.not_enough")``."""
        place = place_of(where, key)
        with database_errors():
            store = cls(place, place.open(clock), profile, clock)
            try:
                bring_up_to_date(store._engine, profile, place.require_room, progress)
            except BaseException:
                store.close()
                raise
        store._checkpoints.look()
        return store

    def shared_texts(self) -> Mapping[str, str]:
        """What the PCs of a centre left for each other in the server's database, by name; nothing in a file."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            return shared_texts(connection)

    def share_text(self, name: str, text: str) -> None:
        """Leave something for the other PCs, in the place of what stood there under that name; no part of the
        journal."""
        with self._turn() as connection, connection.begin():
            share_text(connection, name, text)

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        """The turn to write; what was committed in it goes into the file after it."""
        try:
            with (
                database_errors(),
                self._writing,
                self._engine.connect().execution_options(write=True) as connection,
            ):
                yield connection
        finally:
            self._checkpoints.look()

    def write_as(self, profile: Profile) -> None:
        """Write as this device from now on: who it is may stand in the database itself."""
        self._profile = profile

    @contextmanager
    def read(self) -> Iterator[SqlReader]:
        """A read-only snapshot."""
        with (
            database_errors(),
            self._engine.connect() as connection,
            connection.begin(),
            giving_way(connection),
        ):
            yield SqlReader(connection, self._profile)

    @contextmanager
    def trial(self) -> Iterator[tuple[SqlReader, SqlTransaction]]:
        """What stands, and a transaction in which entries of others are taken in as if it were one that writes. Others
        write meanwhile."""
        with (
            database_errors(),
            self._engine.connect() as connection,
            connection.begin(),
            trial_of(connection, self._profile, self._clock) as transaction,
        ):
            yield SqlReader(connection, self._profile), transaction

    @contextmanager
    def write(self, touching: Touching | None = None) -> Iterator[SqlTransaction]:
        """One transaction: all of it, or none of it. Who has the turn to write gives way to nobody: others wait for
        it."""
        with surveying(None), self._turn() as connection:
            begun, apart = _begin(connection, touching)
            with begun:
                transaction = SqlTransaction(connection, self._profile, self._clock, apart)
                yield transaction
                transaction.project()
            last = transaction.last_own
            if last is not None and self._noted is not None:
                self._noted(last)

    def apply(
        self,
        entries: Iterable[Entry],
        touching: Touching | None = None,
        progress: Progress = SILENT,
    ) -> tuple[Applied, Sequence[Entry]]:
        """Merge batch after batch, each in a transaction of its own; of few entries all are returned instead."""
        done: list[Applied] = []
        rest: list[Entry] = []
        pace = BatchPace()
        with ReadAhead(batches_of(entries, pace.least), pace.ahead) as few_each:
            for few in few_each:
                progress.check()
                if len(rest) >= pace.size:
                    done.append(self._apply_some(rest, touching))
                    pace.note(somebody_waits=self._writing.is_taken)
                    rest = []
                rest += few
        if len(rest) > pace.least:
            done.append(self._apply_some(rest, touching))
            rest = []
        return all_applied(done), rest

    def _apply_some(self, entries: Sequence[Entry], touching: Touching | None) -> Applied:
        with self.write(touching) as transaction:
            return transaction.apply(entries)

    def watch(self, noted: Callable[[Entry], None]) -> None:
        """Call ``noted`` with the last entry of this device's own stream after each transaction that added one."""
        self._noted = noted

    def verify(self, progress: Progress) -> tuple[str, ...]:
        """Re-check the file, chains, hashes and projections."""
        self.check_file(progress)
        return self._tried(problems, progress)

    def verify_news(self, progress: Progress) -> tuple[str, ...]:
        """Re-check what was taken in since either of the two last found nothing; all of it where neither ever did."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            since = checked_ends(connection)
        if not since:
            return self.verify(progress)
        return self._tried(partial(news_problems, since=since), progress)

    def _tried(self, find: Callable[..., tuple[str, ...]], progress: Progress) -> tuple[str, ...]:
        """What is found while projecting again, which is undone; where nothing is, up to where that holds is noted."""
        with self._turn() as connection:
            with connection.begin() as trial:
                ends = ends_of(connection)  # another seat may write as soon as the trial is undone
                found = find(connection, progress=progress)
                trial.rollback()
            if not found:
                with connection.begin():
                    note_checked(connection, ends)
        return found

    def check_file(self, progress: Progress) -> None:
        """Read all that the database consists of."""
        with database_errors():
            self._place.check(self._engine, progress, self._clock)

    def file_checked_at(self) -> datetime | None:
        """When that was done last."""
        return self._place.checked_at()

    def overreach(self, progress: Progress) -> tuple[RefusedEntry, ...]:
        """Judge the whole journal by the rules of today."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            found = overreach(connection, self._profile, progress)
            return tuple(refused(entry, objection) for entry, objection in found)

    def rebuild(self, progress: Progress) -> str:
        """Make the projections anew from the journal."""
        with self._turn() as connection, connection.begin():
            rebuild(connection, progress)
            return digest(connection)

    def copy_to(self, path: Path, progress: Progress) -> None:
        """A whole copy at ``path``."""
        with database_errors():
            self._place.copy(self._engine, path, progress)
        self._checkpoints.look()

    def copy_news_to(self, path: Path, since: CopiedUntil, progress: Progress) -> None:
        """What came since a copy that held the journal up to there."""
        with database_errors():
            self._place.copy_news(self._engine, path, since, progress)

    def copied_until(self) -> CopiedUntil:
        """Up to where a copy that is begun now holds the journal."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            return reached(connection)

    def note_copied(self, until: CopiedUntil, copies: str) -> None:
        """A copy holds the journal up to there; what is new goes on from it."""
        with self._turn() as connection, connection.begin():
            note_copied(connection, until, copies)

    def noted_copies(self) -> tuple[CopiedUntil, str]:
        """Up to where the copies that were noted last hold the journal, and what they are known by; "" for nothing."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            return noted_copies(connection)

    def fill(self, where: ServerAddress, key: bytes, progress: Progress) -> None:
        """Make a server's database that holds what is here; all of it or nothing. Raises
        ``WorldError("database.differs")`` should the two not say the same, and what its place raises."""
        expected = self.digest()

        def copied(connection: Connection) -> None:
            copy_rows(self._engine, connection, progress)
            if digest(connection) != expected:
                raise WorldError("database.differs")

        create_server_database(where, key, copied).dispose()

    def digest(self) -> str:
        """SHA-256 over all projection rows."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            return digest(connection)

    @contextmanager
    def closing(self) -> Iterator[SqlStore]:
        """The store itself, closed at the end of the block."""
        try:
            yield self
        finally:
            self.close()

    def close(self) -> None:
        """Settle what was written, and close every connection.

        A disk that does not take it now fails nothing that was done: it stands in the log beside the file, synced, and
        the next opening brings it in. Whoever was told of a failure would do it twice.
        """
        settled = False
        self._checkpoints.wait()
        try:
            with database_errors():
                self._place.settle(self._engine)
            settled = True
        except WorldError as error:
            _log.warning("the database was closed unsettled: %s", error.code)
        finally:
            self._engine.dispose()
        if settled:
            self._place.closed()
