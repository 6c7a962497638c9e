"""How the evidence of a case stands before the court's list, and when it is to be read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.case_file.completeness import (
    EvidenceRecords,
    FactFinding,
    case_findings,
    item_findings,
    open_count,
)
from desktop.domain.case_file.views import CaseFile, HistoryRow
from desktop.domain.evidence.checks import LastRead, first_due, overdue_items
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import Deadline
from desktop.journal.kinds import EVIDENCE_VERIFIED
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Completeness:
    """``items``: item → its facts. ``case``: those of the case. ``overdue``: items to be read again."""

    items: Mapping[EvidenceId, tuple[FactFinding, ...]]
    case: tuple[FactFinding, ...]
    overdue: tuple[EvidenceId, ...] = ()

    @property
    def all(self) -> tuple[FactFinding, ...]:
        """The facts of the case, then those of each item."""
        return (*self.case, *(finding for found in self.items.values() for finding in found))

    @property
    def count(self) -> tuple[int, int]:
        """(settled, needed) over everything."""
        return open_count(self.all)


def completeness(session: Session, case: CaseId) -> Completeness:
    """Every fact with where its proof is; merged reports count with the case that leads them.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        (file, _), rows = whole_in(reader, case), reader.history(case)
    return completeness_of(session, file, rows)


def completeness_of(session: Session, file: CaseFile, rows: Iterable[HistoryRow]) -> Completeness:
    """The same of a file and history that were read before."""
    checks = last_reads(rows)
    overdue = overdue_items(session.rules, file.evidence, checks, session.clock.now())
    known = EvidenceRecords(session.scripts.evidence, file, checks, frozenset(overdue))
    return Completeness(
        {item.id: item_findings(known, item) for item in file.evidence},
        case_findings(known),
        overdue,
    )


def reverify_clock(session: Session, file: CaseFile, rows: Iterable[HistoryRow]) -> Deadline | None:
    """When the first item of a case is to be read again; None without evidence."""
    return first_due(session.rules, file.evidence, last_reads(rows))


def last_reads(rows: Iterable[HistoryRow]) -> dict[EvidenceId, LastRead]:
    """The newest reading of each item; ``rows`` oldest first."""
    found = {}
    for row in rows:
        if row.kind == EVIDENCE_VERIFIED:
            name = EvidenceId(row.subject.partition("/")[2])
            found[name] = LastRead(row.wall, dict(row.fields).get("ok") == "true")
    return found
