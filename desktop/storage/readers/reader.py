"""A consistent view of the store: the queries of its readers over one connection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Final

from desktop.domain.case_file.assigned_rows import (
    AssignedPage,
    AssignedQuery,
    AssignedRow,
    AssignedView,
)
from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.views import (
    CaseCard,
    TaskView,
)
from desktop.domain.cases.intake import Draft
from desktop.domain.exchange.origin import StoredSignature
from desktop.domain.ids import CaseId, DeviceId, TaskId
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.installation.officer import Officer, officer_from_fields
from desktop.domain.installation.profile import device_of, seat_of
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.fields import Fields, Json
from desktop.journal.entry import Entry
from desktop.journal.merge import shown
from desktop.storage.current_values.values import heads, of_field, shown_fields, words_of
from desktop.storage.database.statements import run, run_among
from desktop.storage.device import claims, drafts, duty_plans
from desktop.storage.device.cached_values import cached_value
from desktop.storage.journal import journal_table, origin_table
from desktop.storage.journal.renewed_streams import Renewals
from desktop.storage.projections.task_projection import every_open_task, task_dues, tasks_due
from desktop.storage.readers.assigned_reader import (
    assigned_by_unit,
    assigned_counts,
    assigned_page,
    assigned_row,
    passed_on_tasks,
)
from desktop.storage.readers.audit_reader import AuditReader
from desktop.storage.readers.board_page_reader import BoardPageReader
from desktop.storage.readers.board_reader import every_card
from desktop.storage.readers.case_reader import CaseReader
from desktop.storage.readers.clock_reader import Asking, clock_facts
from desktop.storage.readers.exchange_reader import ExchangeReader
from desktop.storage.readers.link_reader import LinkReader
from desktop.storage.readers.order_reader import OrderReader
from desktop.storage.readers.reckoned_reader import ReckonedReader
from desktop.storage.readers.shift_briefing_reader import ShiftBriefingReader
from desktop.storage.reckoning.arrears import together
from desktop.storage.tables import column_choice, derived, thumbnail

_TYPES: Final = "SELECT case_id, type FROM case_card WHERE case_id AMONG ?"


def _of_some(asking: Asking, orders: OrderReader, cases: Collection[str]) -> tuple[ClockFacts, ...]:
    views = orders.orders_of_cases([CaseId(case) for case in cases])
    return clock_facts(replace(asking, cases=sorted(cases)), views)


class SqlReader(
    CaseReader,
    ExchangeReader,
    LinkReader,
    ShiftBriefingReader,
    AuditReader,
    BoardPageReader,
    ReckonedReader,
):
    """A consistent view over one connection; the methods are those of ``services.ports.Reader``."""

    def board(self) -> tuple[CaseCard, ...]:
        return every_card(self._connection, self._marks)

    def clock_facts(
        self,
        progress: Progress = SILENT,
        cases: Collection[CaseId] | None = None,
        *,
        payments: bool = True,
    ) -> tuple[ClockFacts, ...]:
        asking = Asking(self._connection, progress=progress, payments=payments)
        if cases is not None:
            # Never some at a time: reports that were merged are read with the one that leads.
            named = together(self._connection, cases)
            return _of_some(asking, self, named) if named else ()
        return clock_facts(asking, self.orders())

    def types(self, cases: Collection[CaseId]) -> Mapping[CaseId, str]:
        return {
            CaseId(case): type_
            for case, type_ in run_among(self._connection, _TYPES, sorted(cases))
        }

    def task_dues(self) -> tuple[datetime, ...]:
        return task_dues(self._connection)

    def open_tasks(self) -> tuple[TaskView, ...]:
        return every_open_task(self._connection)

    def assigned_task(self, task: TaskId) -> AssignedRow | None:
        return assigned_row(self._connection, task)

    def assigned_tasks(
        self, query: AssignedQuery, after: tuple[str, str] | None, limit: int
    ) -> AssignedPage:
        return assigned_page(self._connection, query, after, limit)

    def assigned_counts(self, query: AssignedQuery) -> Mapping[AssignedView, int]:
        return assigned_counts(self._connection, query)

    def passed_on_tasks(self) -> tuple[tuple[AssignedRow, AssignedRow], ...]:
        return passed_on_tasks(self._connection)

    def assigned_by_unit(self) -> Mapping[str, int]:
        return assigned_by_unit(self._connection)

    def tasks_due(self, after: datetime, until: datetime) -> tuple[TaskView, ...]:
        return tasks_due(self._connection, after, until)

    def current(self, subject: str) -> Fields:
        return shown_fields(heads(self._connection, [subject])[subject])

    def unreplaced_values(self, subject: str, field: str) -> tuple[tuple[str, Json], ...]:
        values = heads(self._connection, [subject])[subject].get(field, ())
        return tuple((words_of(item.value), item.value) for item in values)

    def fields_of_stream(self, subject: str, stream: str) -> Fields:
        by_field = heads(self._connection, [subject])[subject]
        own = {
            name: [item for item in values if item.stream == stream]
            for name, values in by_field.items()
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

    def subjects(self, kind: str) -> Mapping[str, Fields]:
        names = run(
            self._connection,
            "SELECT DISTINCT subject FROM value WHERE subject >= ? AND subject < ? ORDER BY subject",
            (f"{kind}/", f"{kind}0"),  # the octet after "/" is "0"
        ).scalars()
        found = heads(self._connection, names)
        return {name: shown_fields(item) for name, item in found.items()}

    def slips_arrived(self) -> Mapping[str, Fields]:
        out = of_field(self._connection, "v.fields", "handed_pack")
        pack = of_field(self._connection, "o.fields", "dispatch.pack")
        question = (
            "SELECT DISTINCT v.subject FROM value v JOIN order_row o ON o.order_id = substr(v.subject, 6) "  # noqa: S608 - own names
            f"WHERE v.subject >= 'slip/' AND v.subject < 'slip0' AND {out} IS NOT NULL AND {pack} IS NULL "
            "ORDER BY v.subject"
        )
        found = heads(self._connection, run(self._connection, question).scalars())
        return {name: shown_fields(item) for name, item in found.items()}

    def slips_alone(self) -> Mapping[str, Fields]:
        names = run(
            self._connection,
            "SELECT DISTINCT subject FROM value WHERE subject >= 'slip/' AND subject < 'slip0' "
            "AND substr(subject, 6) NOT IN (SELECT order_id FROM order_row) ORDER BY subject",
        ).scalars()
        found = heads(self._connection, names)
        return {name: shown_fields(item) for name, item in found.items()}

    def tip(self, stream: str) -> str:
        return journal_table.tail(self._connection, stream)[1]

    def heads(self) -> Mapping[str, int]:
        return journal_table.stream_heads(self._connection)

    def held(self) -> int:
        waiting = run(self._connection, "SELECT stream, count(*) FROM held GROUP BY stream")
        renewals = Renewals(self._connection)  # what a centre lost never comes
        return sum(count for stream, count in waiting.fetchall() if renewals.stands(stream))

    def held_streams(self) -> Mapping[DeviceId, int]:
        return journal_table.held_streams(self._connection)

    def entries(self, stream: str, first: int, last: int) -> Iterator[Entry]:
        return journal_table.entries(self._connection, stream, first, last)

    def signatures(self) -> Iterator[StoredSignature]:
        return origin_table.signatures(self._connection)

    def lines(self, stream: str, first: int, last: int) -> Iterator[bytes]:
        return origin_table.lines(self._connection, stream, first, last)

    def receipts_given(self) -> Iterator[Entry]:
        return origin_table.receipts(self._connection, self._own)

    def stream_words(
        self, stream: str, subjects: Collection[str], kinds: Collection[str]
    ) -> tuple[Entry, ...]:
        return journal_table.words(self._connection, stream, subjects, kinds, 0)

    def own_words(
        self, subjects: Collection[str], kinds: Collection[str], after: int = 0
    ) -> tuple[Entry, ...]:
        found = journal_table.words(self._connection, self._own, subjects, kinds, after)
        if after:
            return found
        own = (name for name in self.heads() if seat_of(name) and device_of(name) == self._own)
        of_seats = (self.stream_words(name, subjects, kinds) for name in own)
        return tuple(sorted(chain(found, *of_seats), key=lambda entry: entry.lamport))

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

    def on_call(self) -> tuple[OnCall, ...]:
        return duty_plans.contacts(self._connection)

    def shifts(self) -> tuple[DutyShift, ...]:
        return duty_plans.shifts(self._connection)

    def claims(self, now: datetime) -> tuple[WorkClaim, ...]:
        return claims.all_of(self._connection, now)

    def column_choice(self, signature: str) -> str | None:
        found: str | None = cached_value(self._connection, column_choice, signature)
        return found
