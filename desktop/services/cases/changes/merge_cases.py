"""Tell several reports of one event as one case, or take that back. A person decides; nothing is moved or lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file import merge as case_merge
from desktop.domain.case_file.merge import (
    CaseGroup,
    MergedReport,
    Merger,
    joined,
    repeated_transfers,
)
from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Fields, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_MERGED, CASE_UNMERGED
from desktop.services.look_up import HINTS, file_in
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class RepeatReport:
    """A case that looks like another report of the same event: the same person, ``payments`` payments in both."""

    case: CaseId
    number: str
    victim: str
    accepted_at: datetime
    unit_name: str
    payments: int


def merge_cases(session: Session, lead: CaseId, other: CaseId, reason: str = "") -> CaseGroup:
    """Let ``lead`` lead and ``other`` point to it. Whoever of them was merged before speaks for its whole group.

    Raises:
        UserInputError: ``case.unknown``.
        RuleError: ``merge.same``: they are one case already.
    """
    session.require(Permission.WRITE_CASES)
    with session.store.write() as transaction:
        into = _lead_of(transaction, lead)
        merged = _lead_of(transaction, other)
        if into == merged:
            raise RuleError("merge.same")
        facts: Fields = {
            case_merge.INTO: into,
            case_merge.AT: to_wire(session.clock.now()),
            case_merge.BY: session.officer.number,
            case_merge.REASON: clean(reason),
        }
        leads: Fields = {case_merge.LEADS + merged: clean(reason) or "+"}
        _record(session, transaction, CASE_MERGED, {merged: facts, into: leads})
        transaction.project()
        return transaction.case_group(into)


def unmerge_case(session: Session, case: CaseId, reason: str) -> CaseId:
    """Let a merged case stand by itself again, with everything it had and whatever was merged into it; returns the
    case that led it.

    Raises:
        UserInputError: ``case.unknown``.
        RuleError: ``merge.no_reason``; ``merge.none``: the case leads or stands alone.
    """
    session.require(Permission.WRITE_CASES)
    if not clean(reason):
        raise RuleError("merge.no_reason")
    with session.store.write() as transaction:
        lead = _lead_of(transaction, case)
        if lead == case:
            raise RuleError("merge.none")
        gone: Fields = {
            case_merge.INTO: "",
            case_merge.AT: to_wire(session.clock.now()),
            case_merge.BY: session.officer.number,
            case_merge.REASON: clean(reason),
        }
        into = text(transaction.current(f"case/{case}"), case_merge.INTO)
        facts: dict[str, Fields] = {case: dict(gone)}
        back = text(transaction.current(f"case/{lead}"), case_merge.INTO)
        if back:  # two desks merged each other's case: both pointers have to go
            facts[lead] = dict(gone)
        facts[into] = {**facts.get(into, {}), case_merge.LEADS + case: ""}
        _record(session, transaction, CASE_UNMERGED, facts)
        return lead


def whole_file(session: Session, case: CaseId) -> tuple[CaseFile, Merger]:
    """A case with the parts of every report merged into it; of a merged one its own, and the case that leads it.

    Raises:
        UserInputError: ``case.unknown``.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return whole_in(reader, case)


def whole_in(reader: Reader, case: CaseId) -> tuple[CaseFile, Merger]:
    """The same within a transaction."""
    own = file_in(reader, case)
    group = reader.case_group(case)
    if group.lead != case:
        return own, Merger(file_in(reader, group.lead))
    return joined(own, [_report(reader, member) for member in group.members])


def likely_repeats(session: Session, file: CaseFile) -> tuple[RepeatReport, ...]:
    """Cases of the same person (by identity number) that tell at least one of the same payments, the oldest first."""
    session.require(Permission.READ_CASES)
    person = file.case.victim.id_number
    if not person:
        return ()
    with session.store.read() as reader:
        found = []
        for case in sorted(_beside(reader, file)):
            other = reader.case_file(case)
            if other is None or other.case.victim.id_number != person:
                continue
            payments = len(repeated_transfers(file.transfers, other.transfers))
            if payments:
                about = other.case
                found.append(
                    RepeatReport(
                        case, about.number, about.victim.name, about.accepted_at, about.unit_name,
                        payments,
                    )
                )  # fmt: skip
    return tuple(sorted(found, key=lambda item: (item.accepted_at, item.case)))


def _beside(reader: Reader, file: CaseFile) -> Iterator[CaseId]:
    """Cases that hold one of the payees' accounts or order numbers, each once; of a group the one that leads."""
    known: set[CaseId] = set()
    for number in sorted(
        {t.payee.number for t in file.transfers} | {t.order_number for t in file.transfers}
    ):
        if not number or "*" in number:
            continue
        for same in reader.same_account(number, file.case.id, HINTS):
            lead = reader.case_group(same.case).lead
            if lead not in known and lead != file.case.id:
                known.add(lead)
                yield lead


def _report(reader: Reader, case: CaseId) -> MergedReport:
    fields = reader.current(f"case/{case}")
    at = text(fields, case_merge.AT)
    return MergedReport(
        file_in(reader, case),
        from_wire(at) if at else None,
        text(fields, case_merge.BY),
        text(fields, case_merge.REASON),
    )


def _lead_of(reader: Reader, case: CaseId) -> CaseId:
    if reader.case_card(case) is None:
        raise UserInputError("case.unknown")
    return reader.case_group(case).lead


def _record(
    session: Session, transaction: Transaction, kind: str, facts: dict[str, Fields]
) -> None:
    for case, fields in facts.items():
        transaction.append(session.officer.number, NewEntry(kind, f"case/{case}", fields))
