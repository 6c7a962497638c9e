"""The encrypted database as services write it, and what waits on this PC while it is away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from desktop.domain.case_file.figure_tallies import Tallies
from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import StoredSignature
from desktop.domain.ids import CaseId
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.progress import SILENT, Progress
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.objection import EntryOutcome
from desktop.journal.touching import Touching
from desktop.services.ports.database.reader import Reader
from desktop.services.ports.database.reckoned_rows import Arrears, ReckonedCases


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that came and takes no effect. ``ref``: ``stream:seq``; ``error``: the rule it breaks."""

    ref: str
    kind: str
    outcome: EntryOutcome
    error: TrustError


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying foreign entries did. ``held``: entries that wait for a predecessor; ``conflicts``: how many more
    there are, below zero where they settled some."""

    applied: int
    already: int
    held: int
    conflicts: int
    cases: frozenset[CaseId]
    refused: tuple[RefusedEntry, ...] = ()
    newer: int = 0
    """Streams whose next entry waits until this program is upgraded."""
    jumps: int = 0
    """Streams whose next entry waits until what explains its Lamport time arrives."""


def all_applied(parts: Sequence[Applied]) -> Applied:
    """What applying entries one part after the other did."""
    return Applied(
        applied=sum(part.applied for part in parts),
        already=sum(part.already for part in parts),
        held=parts[-1].held if parts else 0,
        conflicts=sum(part.conflicts for part in parts),
        cases=frozenset[CaseId]().union(*(part.cases for part in parts)),
        refused=tuple(entry for part in parts for entry in part.refused),
        newer=parts[-1].newer if parts else 0,
        jumps=parts[-1].jumps if parts else 0,
    )


class Transaction(Reader, Protocol):
    """Everything inside commits together or not at all."""

    def append(self, officer: str, new: NewEntry) -> Entry:
        """Record a local fact: chain it, merge it, project it."""
        ...

    def append_all(self, officer: str, news: Sequence[NewEntry]) -> tuple[Entry, ...]:
        """Like :meth:`append` for each in turn, in a fraction of the time for many subjects."""
        ...

    def apply(self, entries: Iterable[Entry], progress: Progress = SILENT) -> Applied:
        """Merge entries of other devices; idempotent; gaps are held.

        An entry that breaks a rule of :mod:`desktop.journal.judgement` stays in its stream and takes no effect.

        Raises:
            TrustError: ``journal.fork`` when a known place of a chain holds another entry, ``journal.chain`` when
                an entry does not continue its chain.
            Cancelled: ``progress`` was asked to stop.
        """
        ...

    def project(self) -> None:
        """Bring the projections up to date inside the transaction, to read back what was appended."""
        ...

    def keep_signature(self, signature: StoredSignature) -> None:
        """Keep for good the signature under which entries came, with the Lamport time of now; one that is kept already
        changes nothing."""
        ...

    def keep_thumbnail(self, evidence: str, png: bytes) -> None:
        """Keep a thumbnail; a derived thing of this device, not a fact."""
        ...

    def keep_derived(self, evidence: str, document: str) -> None:
        """Keep a text derived from an item; a thing of this device that names its source, not a fact."""
        ...

    def keep_column_choice(self, signature: str, choice: str) -> None:
        """Remember what a person said of a table, for the next one with the same header."""
        ...

    def put_basis_in_order(self, mark: str, now: datetime) -> int:
        """The basis of these rules for ``now``; a new one, on which every case waits, where there is none. Cases whose
        figures count no more are noted, and that it is used. Some rows of one that nobody used for days are taken
        away."""
        ...

    def keep_reckoned(self, done: Arrears, found: ReckonedCases, now: datetime) -> None:
        """Put these in the place of all rows of the reckoned cases and their members on this basis. A case that was
        spoken of since ``done`` was read, or that another reckoned, keeps the rows it has and waits on. Working
        material of this device, not a fact."""
        ...

    def begin_sums(self, basis: int, months: Collection[str]) -> str:
        """Say that the figures of these months are about to be read and added up; the mark to keep them by."""
        ...

    def keep_sums(self, basis: int, mark: str, month: str, tallies: Tallies) -> None:
        """Keep what a month comes to, unless a case of it came to something else since it was begun."""
        ...

    def raise_alarms(self, basis: int, now: datetime) -> None:
        """Remember of every alarm that is due that it was raised, so that none is raised twice; a matter of this
        device, not a fact."""
        ...

    def keep_on_call(self, contact: OnCall) -> None:
        """Keep it in the place of the institution's other one. Working material of a centre, not a fact."""
        ...

    def drop_on_call(self, institution: str) -> None:
        """Nobody is to be rung there any more."""
        ...

    def keep_shift(self, shift: DutyShift) -> None:
        """Keep it in the place of another that begins then. Working material of a centre, not a fact."""
        ...

    def drop_shift(self, begins: str) -> None:
        """The shift that begins at this wire time is none any more."""
        ...

    def keep_claim(self, claim: WorkClaim) -> None:
        """Keep it in the place of any other on the same; heard of now. Working material of a centre, not a fact."""
        ...

    def drop_claims(self, works: Collection[str]) -> None:
        """Nobody has these in hand any more."""
        ...

    def hear_of_claims(self, officer: str) -> None:
        """The officer of this number is still there."""
        ...

    def save_draft(self, form: IntakeForm, officer: str) -> Draft:
        """Keep a draft; replaces the former revision."""
        ...

    def drop_draft(self, case: CaseId) -> None:
        """Forget a draft that became a report or was given up."""
        ...


class Store(Protocol):
    """The encrypted database."""

    def read(self) -> AbstractContextManager[Reader]:
        """A read-only snapshot."""
        ...

    def trial(self) -> AbstractContextManager[tuple[Reader, Transaction]]:
        """What stands, and a transaction that finds out what :meth:`Transaction.apply` would do; it knows of what those
        entries touch and no more, and nothing of it is left. Nobody waits for it."""
        ...

    def write(self, touching: Touching | None = None) -> AbstractContextManager[Transaction]:
        """One transaction; commits at the end of the block, rolls back on any exception.

        Nobody else writes meanwhile; of several processes on a server those may whose ``touching`` has nothing in
        common with this one's.
        """
        ...

    def apply(
        self,
        entries: Iterable[Entry],
        touching: Touching | None = None,
        progress: Progress = SILENT,
    ) -> tuple[Applied, Sequence[Entry]]:
        """Like :meth:`Transaction.apply` for many entries, some in each of several transactions, between which others
        write, and ``progress`` may stop it. So few as one transaction takes beside anything else are returned instead,
        for a transaction that says what they belong to."""
        ...

    def watch(self, noted: Callable[[Entry], None]) -> None:
        """Call ``noted`` with the last entry of this device's own stream after each transaction that added one; it must
        not raise."""
        ...

    def verify(self, progress: Progress) -> tuple[str, ...]:
        """Re-check the file, chains, hashes and projections; problem texts, empty when sound."""
        ...

    def verify_news(self, progress: Progress) -> tuple[str, ...]:
        """The same of what was taken in since either of the two last found nothing, and neither the file nor what stood
        before; of all where neither ever did."""
        ...

    def check_file(self, progress: Progress) -> None:
        """Read all that the database consists of, and note when; raises ``WorldError("database.damaged")``. Nothing
        where a server sees to it."""
        ...

    def file_checked_at(self) -> datetime | None:
        """When all of it was read last and found sound; None for never, or where a server sees to it."""
        ...

    def overreach(self, progress: Progress) -> tuple[RefusedEntry, ...]:
        """Entries that take effect and break a rule of today: taken in by earlier programs, or our own."""
        ...

    def rebuild(self, progress: Progress) -> str:
        """Make the projections anew from the journal; returns their digest."""
        ...

    def copy_to(self, path: Path, progress: Progress) -> None:
        """A whole copy of the database at ``path``, of one moment and under the same key, while it is in use."""
        ...

    def copy_news_to(self, path: Path, since: Any, progress: Progress) -> None:
        """What came since a copy that held the journal up to there (:meth:`noted_copies`), as a database at ``path``
        under the same key."""
        ...

    def copied_until(self) -> Any:
        """Up to where a copy that is begun now holds the journal; for what notes and copies here alone."""
        ...

    def note_copied(self, until: Any, copies: str) -> None:
        """A copy holds the journal up to there, and what is new goes on from it; ``copies``: what whoever makes them
        knows them by."""
        ...

    def noted_copies(self) -> tuple[Any, str]:
        """Up to where the copies that were noted last hold the journal, and what they are known by; "" for nothing."""
        ...

    def digest(self) -> str:
        """SHA-256 over all projection rows in key order."""
        ...

    def close(self) -> None:
        """Checkpoint and close."""
        ...


class PcDrafts(Protocol):
    """Drafts for as long as a centre's server has not got them: one a case, encrypted, in this PC's data folder."""

    def save(self, draft: Draft) -> None:
        """Keep ``draft`` in place of an earlier one of its case; on disk when the call returns.

        Raises:
            WorldError: as the disk does; the earlier one is still there.
        """
        ...

    def holds(self, case: CaseId) -> bool:
        """Whether a draft of that case waits here."""
        ...

    def all(self) -> tuple[Draft, ...]:
        """Every draft that waits, each marked ``on_pc``; what cannot be read is left out and left alone."""
        ...

    def drop(self, case: CaseId, saved_at: str = "") -> None:
        """Forget the draft of a case, if there is one; with ``saved_at`` only the one that was saved then."""
        ...
