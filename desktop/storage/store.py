"""The store: transactions over the journal and its projections (implements ``services.ports.Store``)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from desktop.domain.case_clocks import ClockFacts
from desktop.domain.case_merge import CaseGroup
from desktop.domain.clock import Clock, to_wire
from desktop.domain.evidence import Evidence
from desktop.domain.exchange import BlobRef, BundleRow, Party, Pending
from desktop.domain.fields import Fields
from desktop.domain.ids import CaseId, DeviceId, EvidenceId
from desktop.domain.intake import Draft, IntakeForm
from desktop.domain.officer import Officer, officer_from_fields
from desktop.domain.profile import InstallationRole, Profile, device_of
from desktop.domain.progress import Progress
from desktop.domain.views import (
    CaseCard,
    CaseFile,
    HistoryRow,
    OrderView,
    SameAccount,
    SearchHit,
    TaskView,
)
from desktop.journal.authority import within_authority
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.well_formed import well_formed
from desktop.services.ports import Applied
from desktop.storage import alarms, drafts, journal_table
from desktop.storage.case_reader import CaseReader
from desktop.storage.clock_reader import clock_facts, order_facts
from desktop.storage.engine import create_database, database_errors, open_database
from desktop.storage.exchange_projection import refresh_exchange
from desktop.storage.exchange_reader import ExchangeReader
from desktop.storage.order_reader import OrderReader
from desktop.storage.person_reader import same_person
from desktop.storage.projections import refresh_cases
from desktop.storage.rebuild import digest, problems, rebuild
from desktop.storage.sync_marks import SyncMarks
from desktop.storage.task_projection import every_open_task, task_dues
from desktop.storage.upgrade import bring_up_to_date, mark_new
from desktop.storage.values import heads, shown_fields

_AT_ONCE = 2000
"""Entries of a bundle that are merged and projected together; more of them would only fill the memory."""


class SqlReader:
    """A consistent view over one connection; the methods are those of ``services.ports.Reader``."""

    def __init__(self, connection: Connection, profile: Profile) -> None:
        self._connection = connection
        self._profile = profile
        own = profile.device
        self._marks = SyncMarks(connection, own, is_centre=profile.role is InstallationRole.CENTRE)
        self._cases = CaseReader(connection, self._marks)
        self._orders = OrderReader(connection, self._marks)
        self._exchange = ExchangeReader(connection, own)

    def board(self) -> tuple[CaseCard, ...]:
        return self._cases.board()

    def case_card(self, case: CaseId) -> CaseCard | None:
        return self._cases.card(case)

    def case_file(self, case: CaseId) -> CaseFile | None:
        return self._cases.file(case)

    def case_group(self, case: CaseId) -> CaseGroup:
        return self._cases.group(case)

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        return self._cases.evidence(case)

    def case_by_number(self, number: str) -> CaseId | None:
        return self._cases.by_number(number)

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        return self._cases.history(case)

    def search(self, text: str, limit: int) -> tuple[tuple[SearchHit, ...], int]:
        return self._cases.search(text, limit)

    def same_account(self, normal: str, but: CaseId) -> tuple[SameAccount, ...]:
        return self._cases.same_account(normal, but)

    def same_person(
        self, keys: Sequence[str], but: CaseId
    ) -> tuple[tuple[CaseCard, tuple[str, ...]], ...]:
        return same_person(self._connection, self._cases, keys, but)

    def numbers_between(self, prefix: str, suffix: str) -> tuple[tuple[str, SameAccount], ...]:
        return self._cases.numbers_between(prefix, suffix)

    def orders(self) -> tuple[OrderView, ...]:
        return self._orders.all()

    def order(self, order: str) -> OrderView | None:
        return self._orders.one(order)

    def clock_facts(self) -> tuple[ClockFacts, ...]:
        return clock_facts(self._connection, self._orders.all())

    def order_facts(self) -> tuple[ClockFacts, ...]:
        return order_facts(self._connection, self._orders.all())

    def raised_alarms(self) -> Mapping[str, int]:
        return alarms.raised(self._connection)

    def task_dues(self) -> tuple[datetime, ...]:
        return task_dues(self._connection)

    def open_tasks(self) -> tuple[TaskView, ...]:
        return every_open_task(self._connection)

    def current(self, subject: str) -> Fields:
        return shown_fields(heads(self._connection, [subject])[subject])

    def officer(self, number: str) -> Officer | None:
        fields = self.current(f"officer/{self._profile.device}/{number}")
        return officer_from_fields(number, fields) if fields else None

    def officers(self) -> tuple[Officer, ...]:
        names = self._connection.exec_driver_sql(
            "SELECT DISTINCT subject FROM value WHERE subject >= 'officer/' AND subject < 'officer0' ORDER BY subject"
        ).scalars()
        found = heads(self._connection, names)
        return tuple(
            officer_from_fields(name.rpartition("/")[2], shown_fields(item))
            for name, item in found.items()
        )

    def parties(self) -> tuple[Party, ...]:
        return self._exchange.parties()

    def bundles(self) -> tuple[BundleRow, ...]:
        return self._exchange.bundles()

    def pending(self, receiver: DeviceId) -> Pending:
        return self._exchange.pending(receiver)

    def heads(self) -> Mapping[str, int]:
        return journal_table.stream_heads(self._connection)

    def held(self) -> int:
        return int(self._connection.exec_driver_sql("SELECT count(*) FROM held").scalar_one())

    def held_streams(self) -> Mapping[DeviceId, int]:
        rows = self._connection.exec_driver_sql("SELECT stream, count(*) FROM held GROUP BY stream")
        counts: dict[DeviceId, int] = {}
        for stream, count in rows:
            device = device_of(stream)
            counts[device] = counts.get(device, 0) + count
        return counts

    def units(self) -> tuple[str, ...]:
        return tuple(self._connection.exec_driver_sql("SELECT unit_code FROM case_card").scalars())

    def acknowledged(self, receiver: DeviceId) -> Mapping[str, int]:
        return self._exchange.acknowledged(receiver)

    def unacknowledged_blobs(self, receiver: DeviceId) -> tuple[BlobRef, ...]:
        return self._exchange.unacknowledged_blobs(receiver)

    def known_blobs(self) -> tuple[BlobRef, ...]:
        return self._exchange.known_blobs()

    def undigested(self) -> tuple[tuple[EvidenceId, str], ...]:
        return self._exchange.undigested()

    def is_awaited(self, sha256: str) -> bool:
        return self._exchange.is_awaited(sha256)

    def entries(self, stream: str, first: int, last: int) -> Iterator[Entry]:
        return journal_table.entries(self._connection, stream, first, last)

    def draft(self, case: CaseId) -> Draft | None:
        return drafts.one(self._connection, case)

    def drafts(self) -> tuple[Draft, ...]:
        return drafts.all_of(self._connection)

    def thumbnail(self, evidence: str) -> bytes | None:
        return drafts.thumbnail_of(self._connection, evidence)

    def case_serial_after(self, prefix: str) -> int:
        return self._cases.serial_after(prefix)

    def last_wall(self) -> str:
        return self._exchange.last_wall()


class SqlTransaction(SqlReader):
    """A write transaction; the methods are those of ``services.ports.Transaction``."""

    def __init__(self, connection: Connection, profile: Profile, clock: Clock) -> None:
        super().__init__(connection, profile)
        self._clock = clock
        self._fresh: list[Entry] = []
        self._tails = journal_table.Tails(connection)

    def append(self, officer: str, new: NewEntry) -> Entry:
        (item,) = self.append_all(officer, (new,))
        return item

    def append_all(self, officer: str, news: Sequence[NewEntry]) -> tuple[Entry, ...]:
        items: list[Entry] = []
        for stream, some in _apart(news):
            items += journal_table.append(
                self._connection,
                self._tails,
                some,
                stream or self._profile.device,
                officer,
                to_wire(self._clock.now()),
            )
        self._fresh += items
        return tuple(items)

    def apply(self, entries: Iterable[Entry]) -> Applied:
        before = self._conflicts()
        checked = map(well_formed, map(within_authority, entries))
        applied = already = 0
        cases: set[str] = set()
        while batch := list(islice(checked, _AT_ONCE)):
            intake = journal_table.apply(self._connection, self._tails, batch)
            cases |= refresh_cases(self._connection, intake.fresh)
            refresh_exchange(self._connection, intake.fresh)
            applied += len(intake.fresh)
            already += intake.already
        return Applied(
            applied=applied,
            already=already,
            held=self.held(),
            conflicts=max(self._conflicts() - before, 0),
            cases=frozenset(CaseId(case) for case in cases),
        )

    def _conflicts(self) -> int:
        found = self._connection.exec_driver_sql(
            "SELECT sum(conflicts) FROM case_card WHERE lead_id = case_id"
        ).scalar()
        return int(found or 0)

    def project(self) -> None:
        """Bring projections up to date with what was appended; called before commit and before reading back."""
        fresh, self._fresh = self._fresh, []
        if fresh:
            refresh_cases(self._connection, fresh)
            refresh_exchange(self._connection, fresh)

    def keep_alarms(self, stages: Mapping[str, int], raised_at: str) -> None:
        alarms.keep(self._connection, stages, raised_at)

    def save_draft(self, form: IntakeForm, officer: str) -> Draft:
        return drafts.save(self._connection, form, officer, to_wire(self._clock.now()))

    def drop_draft(self, case: CaseId) -> None:
        drafts.drop(self._connection, case)

    def keep_thumbnail(self, evidence: str, png: bytes) -> None:
        drafts.keep_thumbnail(self._connection, evidence, png)


def _apart(news: Sequence[NewEntry]) -> Iterator[tuple[str, Sequence[NewEntry]]]:
    """In order, cut where the stream changes or a subject comes again: its second fact must see the first."""
    some: list[NewEntry] = []
    subjects: set[str] = set()
    for new in news:
        if some and (new.stream != some[0].stream or new.subject in subjects):
            yield some[0].stream, some
            some, subjects = [], set()
        some.append(new)
        subjects.add(new.subject)
    if some:
        yield some[0].stream, some


class SqlStore:
    """The encrypted database of one installation."""

    def __init__(self, engine: Engine, profile: Profile, clock: Clock) -> None:
        self._engine = engine
        self._profile = profile
        self._clock = clock
        self._writing = threading.Lock()

    @classmethod
    def create(cls, path: Path, key: bytes, profile: Profile, clock: Clock) -> SqlStore:
        """A new database; raises ``WorldError("database.exists")``."""
        with database_errors():
            return cls(mark_new(create_database(path, key)), profile, clock)

    @classmethod
    def open(cls, path: Path, key: bytes, profile: Profile, clock: Clock) -> SqlStore:
        """The database at ``path``; see :func:`desktop.storage.engine.open_database` for the errors."""
        with database_errors():
            return cls(bring_up_to_date(open_database(path, key)), profile, clock)

    @contextmanager
    def read(self) -> Iterator[SqlReader]:
        """A read-only snapshot."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            yield SqlReader(connection, self._profile)

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

    def digest(self) -> str:
        """SHA-256 over all projection rows."""
        with database_errors(), self._engine.connect() as connection, connection.begin():
            return digest(connection)

    def close(self) -> None:
        """Checkpoint and close every connection."""
        with database_errors(), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._engine.dispose()
