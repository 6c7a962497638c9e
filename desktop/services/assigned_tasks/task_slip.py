"""A task of the centre on paper, for the officer who goes out for it."""

from __future__ import annotations

from desktop.domain.cases.tasks.assigned_task import AssignedState
from desktop.domain.errors import RuleError
from desktop.domain.installation.officer import Permission
from desktop.services.assigned_tasks.list_assigned import find_assigned
from desktop.services.look_up import case_file
from desktop.services.ports import Pdf
from desktop.services.ports.printing.sheets import TaskSlipFacts
from desktop.services.session import Session

FORM = "task_slip"


def draw_task_slip(session: Session, task: str) -> Pdf:
    """The slip, with the person's telephone and address in full: whoever goes out needs them.

    Raises:
        UserInputError: ``task.unknown``.
        RuleError: ``task.over``: nobody is to go out for it any more.
    """
    session.require(Permission.READ_CASES)
    row = find_assigned(session, task)
    one = row.one
    if not one.open or one.request:
        raise RuleError("task.over")
    victim = case_file(session, row.case).case.victim
    facts = TaskSlipFacts(
        unit_name=row.unit_name,
        number=row.case_number,
        kind=one.kind,
        urgent=one.urgent,
        words=one.task.text,
        given_at=one.task.made_at,
        given_by=one.task.made_by,
        due=one.task.due,
        accepted_by=one.by if one.state is AssignedState.ACCEPTED else "",
        name=victim.name,
        phone=victim.phone,
        address=victim.address,
    )
    pdf = session.sheets.sheet(facts, session.clock.now())
    return pdf.about(FORM, f"case/{row.case}")
