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
_WAYS: Final = "v.fields LIKE '%\"answer.way.%'"
_OBJECTED: Final = "v.fields LIKE '%\"answer.objection.%'"
_SAYS: Final = (
    "SELECT v.subject, c.case_id, c.lead_id, "  # noqa: S608 - own words
    f"CASE WHEN {_WAYS} THEN 1 ELSE 0 END AS of_ways, CASE WHEN {_OBJECTED} THEN 1 ELSE 0 END AS of_objections, "
    "CASE WHEN {returned} <> '0' THEN 1 ELSE 0 END AS of_returned, "
    "CASE WHEN {incident} <> '\"\"' THEN 1 ELSE 0 END AS of_incident "
    "FROM case_card c JOIN value v ON v.subject = 'case/' || c.case_id "
    f"WHERE ({_WAYS} OR {_OBJECTED} OR {{returned}} <> '0' OR {{incident}} <> '\"\"') {{only}}"
)
"""Cases that say of a payment how it left, of an objection of the holder of an account, of money that came back, or by
which number the official register has them: what each says is looked at once for all four."""
_ASKED: Final = (
    "SELECT 'task/' || t.task_id, c.lead_id FROM task_row t JOIN case_card c ON c.case_id = t.case_id "
    "WHERE 1 = 1 {only}"
)
_AT_ONCE: Final = 100
"""Cases or subjects between two questions whether to go on."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Of which cases, None for all; and who hears how it goes: ten thousand of them take a second. ``payments``: also
    those, which are most of the work."""

    connection: Connection
    cases: Collection[str] | None = None
    progress: Progress = SILENT
    payments: bool = True

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
    says = _says(asking)
    steps, transfers, asked = _steps(asking), _transfers(asking, says), _asked(asking)
    returned, objections = _returned(asking, says), _objections(asking, says)
    found = []
    for place, row in enumerate(asking.rows(_CARDS)):
        if place % _AT_ONCE == 0:
            asking.progress.check()
        case, state = row.case_id, CaseState(row.state)
        payments = transfers[case].all()
        found.append(
            ClockFacts(
                CaseId(case), row.number, row.victim, Visit(row.visit), state,
                from_wire(row.accepted_at), case in says.registered, payments if state in _HUNTED else (),
                tuple(by_case[case]), tuple(steps[case]), frozenset(asked[case]), row.loss_fen,
                transfers[case].twice(case), payments, returned.get(case, 0),
                tuple(objections[case]),
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(slots=True)
class _Says:
    """Which cases say something of a kind; of two kinds with the case that leads."""

    ways: set[str] = field(default_factory=set)
    objections: dict[str, str] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)


def _says(asking: Asking) -> _Says:
    returned = of_field(asking.connection, "v.fields", "returned_fen")
    incident = of_field(asking.connection, "v.fields", "official.incident")
    found = _Says()
    for row in asking.rows_of_values(_SAYS, returned=returned, incident=incident):
        if row.of_ways:
            found.ways.add(row.subject)
        if row.of_objections:
            found.objections[row.subject] = row.lead_id
        if row.of_returned:
            found.returned[row.subject] = row.lead_id
        if row.of_incident:
            found.registered.add(row.case_id)
    return found


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


def _transfers(asking: Asking, says: _Says) -> defaultdict[str, _Payments]:
    found: defaultdict[str, _Payments] = defaultdict(_Payments)
    if not asking.payments:
        return found
    ways = _ways(asking, says)
    for case, key, values in _parts(asking, _PARTS, "transfer"):
        if not stands_taken_out(f"transfer/{key}", values):
            fields = shown_fields(values)
            report = text(fields, "case")
            way = ways.get((report, key), NO_WAY)
            found[case].add(report, replace(transfer_from_fields(key, fields), way=way))
    return found


def _ways(asking: Asking, says: _Says) -> dict[tuple[str, str], PaymentWay]:
    """By report and payment, where the report says how it left: none says it of a payment of another."""
    return {
        (key_of(case), way.id): way
        for case, values in asking.heads(sorted(says.ways))
        for way in WAYS.from_fields(shown_fields(values))
    }


def _objections(asking: Asking, says: _Says) -> defaultdict[str, list[HolderObjection]]:
    found: defaultdict[str, list[HolderObjection]] = defaultdict(list)
    for name, values in asking.heads(says.objections):
        found[says.objections[name]] += OBJECTIONS.from_fields(shown_fields(values))
    for objections in found.values():
        objections.sort(key=lambda objection: objection.id)
    return found


def _returned(asking: Asking, says: _Says) -> dict[str, int]:
    """What came back of no single payment, by the report that tells most of it, as several may tell of the same."""
    found: dict[str, int] = {}
    for name, values in asking.heads(says.returned):
        lead = says.returned[name]
        fen = number(shown_fields(values, ("returned_fen",)), "returned_fen")
        found[lead] = max(found.get(lead, 0), fen)
    return found


def _asked(asking: Asking) -> defaultdict[str, set[str]]:
    owner: dict[str, str] = {row[0]: row[1] for row in asking.rows(_ASKED)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, values in asking.heads(owner):
        fields = shown_fields(values, ("source", "about"))
        if text(fields, "source") == TaskSource.MASKED_NUMBER:
            found[owner[name]].add(text(fields, "about"))
    return found
