"""The encrypted database as services see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.case_clocks import ClockFacts
from desktop.domain.case_merge import CaseGroup
from desktop.domain.delivery import Delivery
from desktop.domain.evidence import Evidence
from desktop.domain.exchange import (
    BlobRef,
    BundleRow,
    Party,
    Pending,
)
from desktop.domain.fields import Fields, Json
from desktop.domain.ids import CaseId, DeviceId, EvidenceId
from desktop.domain.intake import Draft, IntakeForm
from desktop.domain.officer import Officer
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series import SeriesCase, SeriesPart
from desktop.domain.views import (
    CarriedCase,
    CaseCard,
    CaseFile,
    HistoryRow,
    OrderView,
    SameAccount,
    SearchHit,
    TaskView,
)
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.touching import Touching


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying foreign entries did. ``held``: entries that wait for a predecessor."""

    applied: int
    already: int
    held: int
    conflicts: int
    cases: frozenset[CaseId]


class Reader(Protocol):
    """A consistent view of the projections and the journal."""

    def board(self) -> tuple[CaseCard, ...]:
        """Every case, newest first."""
        ...

    def cases_under_way(self) -> tuple[CarriedCase, ...]:
        """Those whose card says that they are not wholly at the centre, newest first; without making any card."""
        ...

    def case_card(self, case: CaseId) -> CaseCard | None:
        """One card; None when the case is unknown."""
        ...

    def case_file(self, case: CaseId) -> CaseFile | None:
        """A case with all that hangs on it; never what was merged into it."""
        ...

    def case_group(self, case: CaseId) -> CaseGroup:
        """The cases that are shown as one with this one, and which of them leads."""
        ...

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """The items of a case, and of those merged into it, in the order they were added; also while it is a draft
        only."""
        ...

    def case_by_number(self, number: str) -> CaseId | None:
        """The case with this local number or id."""
        ...

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        """Every entry about the case and its parts, oldest first."""
        ...

    def search(self, text: str, limit: int) -> tuple[tuple[SearchHit, ...], int]:
        """Cases whose names, accounts, phones or narrative contain ``text``, and how many there are in all."""
        ...

    def same_account(self, normal: str, but: CaseId) -> tuple[SameAccount, ...]:
        """Other cases that hold the normalised account or identifier ``normal``."""
        ...

    def shared_values(
        self, shortest: int, progress: Progress = SILENT
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(normalised value, cases) of every value of so many characters at least that two or more cases hold; a
        merged report counts as the case that leads it. Never persons."""
        ...

    def values_shared_with(
        self, cases: Collection[str], shortest: int, most: int
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The same of values that any of these cases hold; of more than ``most`` cases, only as many are named as
        show it."""
        ...

    def series_parts(
        self, cases: Collection[str], progress: Progress = SILENT
    ) -> Iterator[SeriesPart]:
        """What each of these cases adds to a series, in no order; what was merged into another one is left out."""
        ...

    def series_cases(self, cases: Sequence[CaseId]) -> tuple[SeriesCase, ...]:
        """The lines of these cases, by id; what is unknown or was merged into another one is left out."""
        ...

    def stories(self, since: str, progress: Progress = SILENT) -> Iterator[tuple[CaseId, str]]:
        """(case, narrative) of cases accepted since that wire time."""
        ...

    def same_person(
        self, keys: Sequence[str], but: CaseId
    ) -> tuple[tuple[CaseCard, tuple[str, ...]], ...]:
        """Other cases that hold any of these keys of a person, each with those it holds, the newest first."""
        ...

    def numbers_between(self, prefix: str, suffix: str) -> tuple[tuple[str, SameAccount], ...]:
        """Numbers of any case that begin and end so, each with a case that holds it, the newest first."""
        ...

    def orders(self) -> tuple[OrderView, ...]:
        """Every order, newest first."""
        ...

    def slips_alone(self) -> Mapping[str, Fields]:
        """Subject → shown values of urgent slips that were read and whose order is not known here."""
        ...

    def order(self, order: str) -> OrderView | None:
        """One order by id or number."""
        ...

    def clock_facts(self, progress: Progress = SILENT) -> tuple[ClockFacts, ...]:
        """What the clocks of every case are counted from. Transfers come with cases whose money is still hunted.

        A case nothing was recorded of since the last look may be told by the same object.
        """
        ...

    def order_facts(self) -> tuple[ClockFacts, ...]:
        """The same of cases with orders only, and only what the clocks of orders are counted from."""
        ...

    def payments(self) -> tuple[tuple[CaseId, str, int], ...]:
        """(case, channel, fen) of every payment that left, each once; of merged reports under the case that leads."""
        ...

    def raised_alarms(self) -> Mapping[str, int]:
        """Clock → the highest stage at which this device raised an alarm for it."""
        ...

    def task_dues(self) -> tuple[datetime, ...]:
        """When open tasks are due, earliest first; those without a time are left out."""
        ...

    def open_tasks(self) -> tuple[TaskView, ...]:
        """Open tasks of every case, the first due first."""
        ...

    def current(self, subject: str) -> Fields:
        """The shown values of a subject; empty when unknown."""
        ...

    def standing(self, subject: str, field: str) -> tuple[tuple[str, Json], ...]:
        """The values of a field that did not know of each other, maybe the same twice, each with the text that shows
        it."""
        ...

    def subjects(self, kind: str) -> Mapping[str, Fields]:
        """Subject → shown values of everything of one kind that belongs to no case, by name; ``answer/<device>`` for
        what one device says of that kind."""
        ...

    def officer(self, number: str) -> Officer | None:
        """An enrolled officer."""
        ...

    def parties(self) -> tuple[Party, ...]:
        """Every installation ever trusted, revoked ones included."""
        ...

    def revoked_elsewhere(self) -> frozenset[DeviceId]:
        """Devices that a trusted centre revoked, known here or not."""
        ...

    def bundles(self) -> tuple[BundleRow, ...]:
        """Exchange history, newest first."""
        ...

    def pending(self, receiver: DeviceId) -> Pending:
        """What ``receiver`` has not acknowledged yet."""
        ...

    def heads(self) -> Mapping[str, int]:
        """Stream → last contiguous sequence held."""
        ...

    def tip(self, stream: str) -> str:
        """Hash of the last entry held of a stream."""
        ...

    def delivery(self, receiver: DeviceId) -> Delivery:
        """How far everything this device recorded has got to ``receiver``."""
        ...

    def own_entries(self, case: CaseId) -> tuple[int, ...]:
        """Sequences of the entries this device wrote about a case, ascending."""
        ...

    def own_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob this device attached or signed."""
        ...

    def disputing(self) -> frozenset[DeviceId]:
        """Devices whose receipts name an entry of ours that we lack or have otherwise: an old backup was restored."""
        ...

    def acknowledged(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence ``receiver`` has proved to hold."""
        ...

    def exported(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence that left on a medium for ``receiver``."""
        ...

    def acknowledged_contents(self, receiver: DeviceId) -> frozenset[str]:
        """Every content ``receiver`` has proved to hold, parts of split blobs among them."""
        ...

    def unacknowledged_blobs(self, receiver: DeviceId) -> tuple[BlobRef, ...]:
        """Blobs of known evidence that ``receiver`` has not proved to hold, in evidence order."""
        ...

    def known_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob any evidence item names."""
        ...

    def undigested(self) -> tuple[tuple[EvidenceId, str], ...]:
        """Items without SM3 and their SHA-256, the oldest first."""
        ...

    def is_awaited(self, sha256: str) -> bool:
        """Whether the blob was attached on another device and may still be on its way here."""
        ...

    def entries(self, stream: str, first: int, last: int) -> Iterator[Entry]:
        """Entries of one stream, ascending."""
        ...

    def draft(self, case: CaseId) -> Draft | None:
        """The saved draft of this case."""
        ...

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, last saved first."""
        ...

    def officers(self) -> tuple[Officer, ...]:
        """Every officer ever enrolled, by number."""
        ...

    def held(self) -> int:
        """Entries that wait for a predecessor."""
        ...

    def held_streams(self) -> Mapping[DeviceId, int]:
        """Device → entries of it that wait for a predecessor."""
        ...

    def units(self) -> tuple[str, ...]:
        """The unit code of every case."""
        ...

    def thumbnail(self, evidence: str) -> bytes | None:
        """The kept thumbnail of an evidence item."""
        ...

    def derived(self, evidence: str) -> str | None:
        """The kept text derived from an evidence item, such as that of a picture."""
        ...

    def column_choice(self, signature: str) -> str | None:
        """What a person once said of a table with this header."""
        ...

    def case_serial_after(self, prefix: str) -> int:
        """One more than the greatest serial among local case numbers that start with ``prefix``."""
        ...

    def last_wall(self) -> str:
        """The greatest wall time this device ever wrote, to notice a clock that was set back."""
        ...


class Transaction(Reader, Protocol):
    """Everything inside commits together or not at all."""

    def append(self, officer: str, new: NewEntry) -> Entry:
        """Record a local fact: chain it, merge it, project it."""
        ...

    def append_all(self, officer: str, news: Sequence[NewEntry]) -> tuple[Entry, ...]:
        """Like :meth:`append` for each in turn, in a fraction of the time for many subjects."""
        ...

    def apply(self, entries: Iterable[Entry]) -> Applied:
        """Merge entries of other devices; idempotent; gaps are held.

        Raises:
            TrustError: ``journal.fork`` when a known place of a chain holds another entry, ``journal.chain`` when
                an entry does not continue its chain, ``journal.newer`` for a schema this program cannot read.
        """
        ...

    def project(self) -> None:
        """Bring the projections up to date inside the transaction, to read back what was appended."""
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

    def keep_alarms(self, stages: Mapping[str, int], raised_at: str) -> None:
        """Remember the stage of each clock, so that no alarm is raised twice; a matter of this device, not a fact."""
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

    def write(self, touching: Touching | None = None) -> AbstractContextManager[Transaction]:
        """One transaction; commits at the end of the block, rolls back on any exception.

        Nobody else writes meanwhile; of several processes on a server those may whose ``touching`` has nothing in
        common with this one's.
        """
        ...

    def verify(self, progress: Progress) -> tuple[str, ...]:
        """Re-check chain, hashes and projections; problem texts, empty when sound."""
        ...

    def rebuild(self, progress: Progress) -> str:
        """Make the projections anew from the journal; returns their digest."""
        ...

    def copy_to(self, path: Path, progress: Progress) -> None:
        """A whole copy of the database at ``path``, of one moment and under the same key, while it is in use."""
        ...

    def digest(self) -> str:
        """SHA-256 over all projection rows in key order."""
        ...

    def close(self) -> None:
        """Checkpoint and close."""
        ...
