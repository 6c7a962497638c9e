"""What taking in entries would do, found out without the turn to write: whoever types meanwhile waits for nothing.

They are taken in by the same functions, into a database of nobody's that holds all that they touch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import Profile
from desktop.domain.time.clock import Clock
from desktop.journal.entry import Entry
from desktop.storage.database.scratch_database import scratch_database
from desktop.storage.journal.touched_rows import TouchedRows
from desktop.storage.transaction import SqlTransaction


class TrialTransaction(SqlTransaction):
    """Takes in entries; of all else it knows only what they touched."""

    def __init__(
        self, source: Connection, trial: Connection, profile: Profile, clock: Clock
    ) -> None:
        self._touched_rows = TouchedRows(source, trial, profile)
        super().__init__(trial, profile, clock)

    def _expect(self, entries: Sequence[Entry]) -> None:
        self._touched_rows.bring(entries)

    def _conflicts(self) -> int:
        """More or fewer than of the cases that were copied."""
        return super()._conflicts() - self._touched_rows.conflicts


@contextmanager
def trial_of(source: Connection, profile: Profile, clock: Clock) -> Iterator[TrialTransaction]:
    """A transaction of which nothing is left behind. ``source``: sees one moment for as long."""
    with scratch_database() as connection:
        yield TrialTransaction(source, connection, profile, clock)
