"""Record a procedural step of a case or take it back, and type the numbers that the official register gave."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, StepId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED, STEP_RECORDED, STEP_WITHDRAWN
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.session import Session


def record_step(
    session: Session, case: CaseId, kind: StepKind, at: datetime, number: str = "", note: str = ""
) -> ProcedureStep:
    """Record that a step was taken at ``at``, on the paper with this number.

    Raises:
        UserInputError: ``case.unknown``; ``step.future`` for a step that has not been taken yet, because a clock
            would start that is not running.
    """
    session.require(Permission.WRITE_CASES)
    if at > session.clock.now():
        raise UserInputError("step.future")
    step = ProcedureStep(
        StepId(session.ids.new_id()), kind, at, clean(number), clean(note), session.officer.number
    )
    with session.store.write() as transaction:
        if transaction.case_card(case) is None:
            raise UserInputError("case.unknown")
        entry = NewEntry(STEP_RECORDED, f"step/{step.id}", step.to_fields(case))
        transaction.append(session.officer.number, entry)
    return step


def withdraw_step(session: Session, case: CaseId, step: StepId, reason: str) -> None:
    """A step that was recorded by mistake, in the case or a report merged into it, counts no more; the record of it
    stays.

    Raises:
        UserInputError: ``case.unknown``, ``step.unknown``.
        RuleError: ``step.no_reason``.
    """
    session.require(Permission.WRITE_CASES)
    if not clean(reason):
        raise RuleError("step.no_reason")
    with session.store.write() as transaction:
        if step not in {item.id for item in whole_in(transaction, case)[0].steps}:
            raise UserInputError("step.unknown")
        entry = NewEntry(STEP_WITHDRAWN, f"step/{step}", {"withdrawn": clean(reason)})
        transaction.append(session.officer.number, entry)


def set_official_numbers(session: Session, case: CaseId, numbers: OfficialNumbers) -> None:
    """Record what differs from what is known; nothing when nothing does.

    Raises:
        UserInputError: ``case.unknown``.
    """
    session.require(Permission.WRITE_CASES)
    typed = OfficialNumbers(clean(numbers.incident), clean(numbers.acceptance), clean(numbers.case))
    with session.store.write() as transaction:
        file = transaction.case_file(case)
        if file is None:
            raise UserInputError("case.unknown")
        known = file.case.official.to_fields()
        changed = {name: value for name, value in typed.to_fields().items() if value != known[name]}
        if changed:
            entry = NewEntry(CASE_AMENDED, f"case/{case}", changed)
            transaction.append(session.officer.number, entry)
