"""Bringing what was committed from the write-ahead log into the file itself, in nobody's turn to write.

SQLite does so within a commit, once the log is long. While somebody reads one moment for long, as a backup does, the
log grows behind that reader, and the first commit after that would copy all of it back while others wait to write.
"""

from __future__ import annotations

import logging
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from sqlalchemy import Engine

from desktop.domain.errors import WorldError
from desktop.storage.database import sqlcipher_file
from desktop.storage.database.database_errors import database_errors
from desktop.storage.database.turn_lock import TurnLock

_log = logging.getLogger(__name__)
_ROUNDS: Final = 3
"""A round brings in what was written before it began: each leaves less than the one before."""
_FEW: Final = 500
"""Pages that may be brought in while others wait to write: fewer than a commit of an import writes."""


class Checkpoints:
    """Watches the length of a log, and shortens it in a thread of its own that lives while there is something to do.

    ``log``: the file; None where a server looks after its own. Nothing rests on it: what is not brought in stands in
    the log, synced, and is read there.
    """

    def __init__(self, engine: Engine, log: Path | None, turn: TurnLock) -> None:
        self._engine = engine
        self._file = log
        self._turn = turn
        self._guard = Lock()
        self._thread: Thread | None = None
        self._wanted = False

    def look(self) -> None:
        """Something was committed, or somebody who read for long is done: begin where the log is too long. Never
        fails, and never waits."""
        if self._file is None or not _is_long(self._file):
            return
        with self._guard:
            self._wanted = True
            if self._thread is None or not self._thread.is_alive():  # it may have failed
                self._thread = Thread(target=self._run, name="checkpoints", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until nothing is being brought in."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while self._goes_on():
            try:
                with database_errors():
                    self._shorten()
            except WorldError as error:  # a disk that takes it later
                _log.warning("the log of the database was not brought in: %s", error.code)

    def _goes_on(self) -> bool:
        with self._guard:
            goes_on, self._wanted = self._wanted, False
            if not goes_on:
                self._thread = None
            return goes_on

    def _shorten(self) -> None:
        left = _bring_in(self._engine)
        for _ in range(_ROUNDS):
            if left <= _FEW:
                break
            left = _bring_in(self._engine)
        if 0 < left <= _FEW:
            # whoever writes all the while would leave some each time, and the log begins anew only where none is left
            with self._turn:
                _bring_in(self._engine)


def _is_long(log: Path) -> bool:
    """A log that begins anew is cut to the limit by its first commit, so that its size tells what stands in it."""
    with suppress(OSError):
        return log.stat().st_size > sqlcipher_file.LOG_LIMIT
    return False


def _bring_in(engine: Engine) -> int:
    """How many pages of the log stay, as somebody still reads what was before them or as they were added meanwhile.
    Nobody waits for it."""
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        found = cursor.fetchone()
    if found is None or found[0]:
        return 0  # another process is at it
    return int(found[1]) - int(found[2])
