"""What the clocks of all cases are counted from, by a handful of queries however many cases there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.merge import twice_in
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.holder_objection import OBJECTIONS, HolderObjection
from desktop.domain.cases.payments.transfer import Transfer, transfer_from_fields
from desktop.domain.cases.payments.way import NO_WAY, WAYS, PaymentWay
from desktop.domain.cases.step import ProcedureStep, step_from_fields
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.fields import number, text
from desktop.domain.time.clock import from_wire
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import heads, of_field, shown_fields, stands_taken_out
from desktop.storage.database.statements import run
from desktop.storage.dialects import dialect_of

_CARDS: Final = (
    "SELECT c.case_id, c.number, c.victim, c.visit, c.state, c.accepted_at, c.loss_fen FROM case_card c "
    "WHERE c.lead_id = c.case_id {only} ORDER BY c.accepted_at, c.case_id"
)
_LEADS: Final = "SELECT c.case_id, c.lead_id FROM case_card c WHERE c.lead_id <> c.case_id {only}"
_PARTS: Final = (
    "SELECT s.subject, c.lead_id FROM case_card c JOIN subject s ON s.case_id = c.case_id "
    "WHERE s.kind = '{kind}' {only}"
)
_HUNTED: Final = frozenset({CaseState.NEW, CaseState.STOPPING})
_RETURNED: Final = (
    "SELECT DISTINCT v.subject, c.lead_id FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    "WHERE {returned} <> '0' {only}"
)
_REGISTERED: Final = (
    "SELECT DISTINCT c.case_id FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    "WHERE {incident} <> '\"\"' {only}"
)
_ASKED: Final = (
    "SELECT 'task/' || t.task_id, c.lead_id FROM task_row t JOIN case_card c ON c.case_id = t.case_id "
    "WHERE 1 = 1 {only}"
)
_WITH_WAYS: Final = (
    "SELECT DISTINCT 'case/' || c.case_id FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    "WHERE v.fields LIKE '%\"answer.way.%' {only}"
)
"""Cases that say of a payment how it left."""
_OBJECTED: Final = (
    "SELECT DISTINCT 'case/' || c.case_id, c.lead_id FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    "WHERE v.fields LIKE '%\"answer.objection.%' {only}"
)
"""Cases with an objection of the holder of an account."""
_AT_ONCE: Final = 100
"""Cases or subjects between two questions whether to go on."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Of which cases, None for all; and who hears how it goes: ten thousand of them take a second."""

    connection: Connection
    cases: Collection[str] | None = None
    progress: Progress = SILENT

    def rows(self, query: str, **words: str) -> Sequence[Any]:
        """The rows of ``query`` that are of these cases."""
        if self.cases is None:
            return run(self.connection, query.format(only="", **words)).fetchall()
        several = dialect_of(self.connection).several(self.cases)
        statement = query.format(only="AND c.case_id AMONG ?", **words)
        return run(self.connection, statement, (several,)).fetchall()

    def rows_of_values(self, query: str, **words: str) -> Sequence[Any]:
        """The same of a query that joins cards with what their cases say. It is told both by name: a server that has to
        work out one from the other goes through all there is."""
        if self.cases is None:
            return self.rows(query, **words)
        several = dialect_of(self.connection).several
        given = (several(self.cases), several([f"case/{case}" for case in self.cases]))
        only = "AND c.case_id AMONG ? AND v.subject AMONG ?"
        return run(self.connection, query.format(only=only, **words), given).fetchall()

    def heads(self, subjects: Collection[str]) -> Iterator[tuple[str, Heads]]:
        """The values of every subject."""
        names = list(subjects)
        for start in range(0, len(names), _AT_ONCE):
            self.progress.check()
            yield from heads(self.connection, names[start : start + _AT_ONCE]).items()


def clock_facts(asking: Asking, orders: Iterable[OrderView]) -> tuple[ClockFacts, ...]:
    """Of every case, oldest first; reports that were merged count as one, by the case that leads."""
    by_case = _by_case(asking, orders)
    steps, transfers, asked = _steps(asking), _transfers(asking), _asked(asking)
    returned, objections = _returned(asking), _objections(asking)
    incident = of_field(asking.connection, "v.fields", "official.incident")
    registered = {row[0] for row in asking.rows_of_values(_REGISTERED, incident=incident)}
    found = []
    for place, row in enumerate(asking.rows(_CARDS)):
        if place % _AT_ONCE == 0:
            asking.progress.check()
        case, state = row.case_id, CaseState(row.state)
        payments = transfers[case].all()
        found.append(
            ClockFacts(
                CaseId(case), row.number, row.victim, Visit(row.visit), state,
                from_wire(row.accepted_at), case in registered, payments if state in _HUNTED else (),
                tuple(by_case[case]), tuple(steps[case]), frozenset(asked[case]), row.loss_fen,
                transfers[case].twice(case), payments, returned.get(case, 0),
                tuple(objections[case]),
            )
        )  # fmt: skip
    return tuple(found)


def _by_case(asking: Asking, orders: Iterable[OrderView]) -> defaultdict[str, list[OrderView]]:
    """The orders of each case that leads."""
    found: defaultdict[str, list[OrderView]] = defaultdict(list)
    lead = {row[0]: row[1] for row in asking.rows(_LEADS)}
    for view in orders:
        found[lead.get(view.case, view.case)].append(view)
    return found


def _parts(asking: Asking, query: str, kind: str) -> Iterator[tuple[str, str, Heads]]:
    """(case, key, values) of every part of a kind."""
    owner: dict[str, str] = {row[0]: row[1] for row in asking.rows(query, kind=kind)}
    for name, values in asking.heads(owner):
        yield owner[name], key_of(name), values


def _steps(asking: Asking) -> defaultdict[str, list[ProcedureStep]]:
    found: defaultdict[str, list[ProcedureStep]] = defaultdict(list)
    for case, key, values in _parts(asking, _PARTS, "step"):
        step = step_from_fields(key, shown_fields(values))
        if step is not None:
            found[case].append(step)
    for steps in found.values():
        steps.sort(key=lambda step: (step.at, step.id))  # as a case that is read whole has them
    return found


@dataclass(slots=True)
class _Payments:
    """Of one event, by the report that tells them."""

    _reports: dict[str, list[Transfer]] = field(default_factory=dict)

    def add(self, report: str, payment: Transfer) -> None:
        self._reports.setdefault(report, []).append(payment)

    def all(self) -> tuple[Transfer, ...]:
        """In the officer's order."""
        every = chain.from_iterable(self._reports.values())
        return tuple(sorted(every, key=lambda item: (item.position, item.id)))

    def twice(self, lead: str) -> Mapping[TransferId, TransferId]:
        """Told by an earlier report too, that of ``lead`` being the first."""
        if len(self._reports) < 2:
            return {}
        order = sorted(self._reports, key=lambda report: (report != lead, report))
        return twice_in([self._reports[report] for report in order])


def _transfers(asking: Asking) -> defaultdict[str, _Payments]:
    found: defaultdict[str, _Payments] = defaultdict(_Payments)
    ways = _ways(asking)
    for case, key, values in _parts(asking, _PARTS, "transfer"):
        if not stands_taken_out(f"transfer/{key}", values):
            fields = shown_fields(values)
            report = text(fields, "case")
            way = ways.get((report, key), NO_WAY)
            found[case].add(report, replace(transfer_from_fields(key, fields), way=way))
    return found


def _ways(asking: Asking) -> dict[tuple[str, str], PaymentWay]:
    """By report and payment, where the report says how it left: none says it of a payment of another."""
    named = [row[0] for row in asking.rows_of_values(_WITH_WAYS)]
    return {
        (key_of(case), way.id): way
        for case, values in asking.heads(named)
        for way in WAYS.from_fields(shown_fields(values))
    }


def _objections(asking: Asking) -> defaultdict[str, list[HolderObjection]]:
    owner: dict[str, str] = {row[0]: row[1] for row in asking.rows_of_values(_OBJECTED)}
    found: defaultdict[str, list[HolderObjection]] = defaultdict(list)
    for name, values in asking.heads(owner):
        found[owner[name]] += OBJECTIONS.from_fields(shown_fields(values))
    for objections in found.values():
        objections.sort(key=lambda objection: objection.id)
    return found


def _returned(asking: Asking) -> dict[str, int]:
    """What came back of no single payment, by the report that tells most of it, as several may tell of the same."""
    returned = of_field(asking.connection, "v.fields", "returned_fen")
    owner: dict[str, str] = {
        row[0]: row[1] for row in asking.rows_of_values(_RETURNED, returned=returned)
    }
    found: dict[str, int] = {}
    for name, values in asking.heads(owner):
        fen = number(shown_fields(values, ("returned_fen",)), "returned_fen")
        found[owner[name]] = max(found.get(owner[name], 0), fen)
    return found


def _asked(asking: Asking) -> defaultdict[str, set[str]]:
    owner: dict[str, str] = {row[0]: row[1] for row in asking.rows(_ASKED)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, values in asking.heads(owner):
        fields = shown_fields(values, ("source", "about"))
        if text(fields, "source") == TaskSource.MASKED_NUMBER:
            found[owner[name]].add(text(fields, "about"))
    return found
