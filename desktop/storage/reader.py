"""A consistent view of the store: the queries of its readers over one connection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.merge import CaseGroup
from desktop.domain.case_file.shift_briefing import ReceivedEntry, Shift
from desktop.domain.case_file.statistics import Payment
from desktop.domain.case_file.views import (
    CarriedCase,
    CaseCard,
    CaseFile,
    CaseHit,
    HistoryRow,
    OrderView,
    SameAccount,
    TaskView,
)
from desktop.domain.cases.intake import Draft
from desktop.domain.cases.left_record import LeftRecord
from desktop.domain.delivery import Delivery
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange import BlobRef, BundleRow, Peer, Pending
from desktop.domain.fields import Fields, Json
from desktop.domain.ids import BundleId, CaseId, DeviceId, EvidenceId, TransferId
from desktop.domain.officer import Officer, officer_from_fields
from desktop.domain.origin import KeptSignature
from desktop.domain.papers.paper import Paper
from desktop.domain.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series.series import SeriesCase, SeriesPart
from desktop.journal.entry import Entry
from desktop.journal.merge import shown
from desktop.storage import (
    alarms,
    drafts,
    journal_table,
    link_reader,
    origin_table,
    shift_briefing_reader,
)
from desktop.storage.audit_reader import AuditReader
from desktop.storage.cached_values import cached_value
from desktop.storage.card_memo import CardMemo
from desktop.storage.case_reader import CaseReader
from desktop.storage.clock_memo import ClockMemo
from desktop.storage.clock_reader import Asking, clock_facts, order_facts
from desktop.storage.exchange_reader import ExchangeReader
from desktop.storage.order_reader import OrderReader
from desktop.storage.payments import payments, repeated_transfers
from desktop.storage.person_reader import same_person
from desktop.storage.renewed_streams import Renewals
from desktop.storage.statements import run
from desktop.storage.sync_marks import SyncMarks
from desktop.storage.tables import column_choice, derived, thumbnail
from desktop.storage.task_projection import every_open_task, task_dues
from desktop.storage.values import heads, shown_fields, words_of


@dataclass(frozen=True, slots=True)
class Memos:
    """What readers of one store keep for each other."""

    clocks: ClockMemo = field(default_factory=ClockMemo)
    cards: CardMemo = field(default_factory=CardMemo)

    def forget(self) -> None:
        """The projections are made anew; nothing that was read before counts."""
        self.clocks.forget()
        self.cards.forget()


class SqlReader(AuditReader):
    """A consistent view over one connection; the methods are those of ``services.ports.Reader``."""

    def __init__(
        self, connection: Connection, profile: Profile, memos: Memos | None = None
    ) -> None:
        self._connection = connection
        self._profile = profile
        own = profile.device
        self._marks = SyncMarks(connection, own, is_centre=profile.role is InstallationRole.CENTRE)
        self._cases = CaseReader(connection, self._marks)
        self._orders = OrderReader(connection, self._marks)
        self._exchange = ExchangeReader(connection, own)
        self._memos = memos

    def board(self) -> tuple[CaseCard, ...]:
        if self._memos is not None:
            return self._memos.cards.cards(self._connection, self._marks)
        return self._cases.board()

    def cases_under_way(self) -> tuple[CarriedCase, ...]:
        return self._cases.under_way()

    def case_card(self, case: CaseId) -> CaseCard | None:
        return self._cases.card(case)

    def case_file(self, case: CaseId) -> CaseFile | None:
        return self._cases.file(case)

    def case_group(self, case: CaseId) -> CaseGroup:
        return self._cases.group(case)

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        return self._cases.evidence(case)

    def papers(self, case: CaseId) -> tuple[Paper, ...]:
        return self._cases.papers(case)

    def case_by_number(self, number: str) -> CaseId | None:
        return self._cases.by_number(number)

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        return self._cases.history(case)

    def search(self, text: str, limit: int) -> tuple[tuple[CaseHit, ...], int]:
        return self._cases.search(text, limit)

    def same_account(
        self, normal: str, but: CaseId, limit: int | None = None
    ) -> tuple[SameAccount, ...]:
        return self._cases.same_account(normal, but, limit)

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

    def clock_facts(self, progress: Progress = SILENT) -> tuple[ClockFacts, ...]:
        asking = Asking(self._connection, progress=progress)
        if self._memos is not None:
            return self._memos.clocks.facts(asking, self._orders)
        return clock_facts(asking, self._orders.all())

    def order_facts(self) -> tuple[ClockFacts, ...]:
        return order_facts(self._connection, self._orders.all())

    def payments(self) -> tuple[Payment, ...]:
        return payments(self._connection)

    def repeated_transfers(self) -> Mapping[TransferId, TransferId]:
        return repeated_transfers(self._connection)

    def raised_alarms(self) -> Mapping[str, int]:
        return alarms.raised(self._connection)

    def task_dues(self) -> tuple[datetime, ...]:
        return task_dues(self._connection)

    def open_tasks(self) -> tuple[TaskView, ...]:
        return every_open_task(self._connection)

    def current(self, subject: str) -> Fields:
        return shown_fields(heads(self._connection, [subject])[subject])

    def standing(self, subject: str, field: str) -> tuple[tuple[str, Json], ...]:
        values = heads(self._connection, [subject])[subject].get(field, ())
        return tuple((words_of(item.value), item.value) for item in values)

    def said(self, subject: str, stream: str) -> Fields:
        standing = heads(self._connection, [subject])[subject]
        own = {
            name: [item for item in values if item.stream == stream]
            for name, values in standing.items()
        }
        return {name: shown(values).value for name, values in own.items() if values}

    def officer(self, number: str) -> Officer | None:
        fields = self.current(f"officer/{self._profile.device}/{number}")
        return officer_from_fields(number, fields) if fields else None

    def officers(self, device: str = "") -> tuple[Officer, ...]:
        return tuple(
            officer_from_fields(name.rpartition("/")[2], fields)
            for name, fields in self.subjects(f"officer/{device}" if device else "officer").items()
        )

    def shared_values(
        self, shortest: int, progress: Progress = SILENT
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        return link_reader.shared_values(self._connection, shortest, progress)

    def values_shared_with(
        self, cases: Collection[str], shortest: int, most: int
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return link_reader.values_shared_with(self._connection, cases, shortest, most)

    def series_parts(
        self, cases: Collection[str], progress: Progress = SILENT
    ) -> Iterator[SeriesPart]:
        return link_reader.series_parts(self._connection, cases, progress)

    def series_cases(self, cases: Sequence[CaseId]) -> tuple[SeriesCase, ...]:
        return link_reader.series_cases(self._connection, cases)

    def stories(self, since: str, progress: Progress = SILENT) -> Iterator[tuple[CaseId, str]]:
        return link_reader.stories(self._connection, since, progress)

    def subjects(self, kind: str) -> Mapping[str, Fields]:
        names = run(
            self._connection,
            "SELECT DISTINCT subject FROM value WHERE subject >= ? AND subject < ? ORDER BY subject",
            (f"{kind}/", f"{kind}0"),  # the octet after "/" is "0"
        ).scalars()
        found = heads(self._connection, names)
        return {name: shown_fields(item) for name, item in found.items()}

    def slips_alone(self) -> Mapping[str, Fields]:
        names = run(
            self._connection,
            "SELECT DISTINCT subject FROM value WHERE subject >= 'slip/' AND subject < 'slip0' "
            "AND substr(subject, 6) NOT IN (SELECT order_id FROM order_row) ORDER BY subject",
        ).scalars()
        found = heads(self._connection, names)
        return {name: shown_fields(item) for name, item in found.items()}

    def peers(self) -> tuple[Peer, ...]:
        return self._exchange.peers()

    def revoked_elsewhere(self) -> frozenset[DeviceId]:
        return self._exchange.revoked_elsewhere()

    def exported(self, receiver: DeviceId) -> Mapping[str, int]:
        return self._exchange.exported(receiver)

    def tip(self, stream: str) -> str:
        return journal_table.tail(self._connection, stream)[1]

    def delivery(self, receiver: DeviceId) -> Delivery:
        return self._exchange.delivery(receiver)

    def own_entries(self, case: CaseId) -> tuple[int, ...]:
        return self._exchange.own_entries(case)

    def own_blobs(self) -> tuple[BlobRef, ...]:
        return self._exchange.own_blobs()

    def disputing(self) -> frozenset[DeviceId]:
        return self._exchange.disputing()

    def acknowledged_contents(self, receiver: DeviceId) -> frozenset[str]:
        return self._exchange.acknowledged_contents(receiver)

    def reads_schema(self, receiver: DeviceId, schema: int) -> bool:
        return self._exchange.reads_schema(receiver, schema)

    def bundles(self) -> tuple[BundleRow, ...]:
        return self._exchange.bundles()

    def pending(self, receiver: DeviceId) -> Pending:
        return self._exchange.pending(receiver)

    def heads(self) -> Mapping[str, int]:
        return journal_table.stream_heads(self._connection)

    def held(self) -> int:
        waiting = run(self._connection, "SELECT stream, count(*) FROM held GROUP BY stream")
        renewals = Renewals(self._connection)  # what a centre lost never comes
        return sum(count for stream, count in waiting.fetchall() if renewals.stands(stream))

    def held_streams(self) -> Mapping[DeviceId, int]:
        return journal_table.held_streams(self._connection)

    def units(self) -> tuple[str, ...]:
        return tuple(run(self._connection, "SELECT unit_code FROM case_card").scalars())

    def acknowledged(self, receiver: DeviceId) -> Mapping[str, int]:
        return self._exchange.acknowledged(receiver)

    def unacknowledged_blobs(self, receiver: DeviceId) -> tuple[BlobRef, ...]:
        return self._exchange.unacknowledged_blobs(receiver)

    def sent_by(self, device: DeviceId) -> Mapping[BundleId, Fields]:
        return self._exchange.sent_by(device)

    def left_by(self, stream: str, after: int) -> tuple[LeftRecord, ...]:
        return self._exchange.left_by(stream, after)

    def known_blobs(self) -> tuple[BlobRef, ...]:
        return self._exchange.known_blobs()

    def undigested(self) -> tuple[tuple[EvidenceId, str], ...]:
        return self._exchange.undigested()

    def is_awaited(self, sha256: str) -> bool:
        return self._exchange.is_awaited(sha256)

    def entries(self, stream: str, first: int, last: int) -> Iterator[Entry]:
        return journal_table.entries(self._connection, stream, first, last)

    def signatures(self) -> Iterator[KeptSignature]:
        return origin_table.signatures(self._connection)

    def lines(self, stream: str, first: int, last: int) -> Iterator[bytes]:
        return origin_table.lines(self._connection, stream, first, last)

    def receipts_given(self) -> Iterator[Entry]:
        return origin_table.receipts(self._connection, self._profile.device)

    def own_words(
        self, subjects: Collection[str], kinds: Collection[str], after: int = 0
    ) -> tuple[Entry, ...]:
        own = self._profile.device
        return journal_table.words(self._connection, own, subjects, kinds, after)

    def draft(self, case: CaseId) -> Draft | None:
        return drafts.one(self._connection, case)

    def drafts(self) -> tuple[Draft, ...]:
        return drafts.all_of(self._connection)

    def thumbnail(self, evidence: str) -> bytes | None:
        found: bytes | None = cached_value(self._connection, thumbnail, evidence)
        return found

    def derived(self, evidence: str) -> str | None:
        found: str | None = cached_value(self._connection, derived, evidence)
        return found

    def column_choice(self, signature: str) -> str | None:
        found: str | None = cached_value(self._connection, column_choice, signature)
        return found

    def case_serial_after(self, prefix: str) -> int:
        return self._cases.serial_after(prefix)

    def last_wall(self) -> str:
        return self._exchange.last_wall()

    def last_shift(self, officer: str, away: timedelta, *, locked: bool = False) -> Shift | None:
        own = self._profile.device
        return shift_briefing_reader.last_shift(self._connection, own, officer, away, locked=locked)

    def received_after(self, seq: int) -> tuple[ReceivedEntry, ...]:
        return shift_briefing_reader.received_after(self._connection, self._profile.device, seq)
