"""Tasks of a case: take one on, tick it off, take the tick back."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.case_file.views import TaskView
from desktop.domain.cases.tasks.assigned_task import ASSIGNED
from desktop.domain.cases.tasks.task import Task, TaskSource
from desktop.domain.cases.tasks.task_request import LAST_STATES
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import term_end
from desktop.domain.records.fields import Fields, text
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import TASK_DONE, TASK_RECORDED, TASK_REOPENED
from desktop.services.session import Session


def add_task(
    session: Session,
    case: CaseId,
    words: str,
    due: datetime | None = None,
    *,
    source: TaskSource = TaskSource.OWN,
) -> Task:
    """Record something to be done; ``due`` may have passed already.

    Raises:
        UserInputError: ``task.empty``, ``case.unknown``.
    """
    return _record(session, case, TaskId(session.ids.new_id()), words, due, TaskProposal(source))


def accept_proposal(session: Session, case: CaseId, proposal: TaskProposal, words: str) -> Task:
    """Take on what the program proposed, in the words it was shown in, due by the rule ``task.<source>``.

    Taken on already, here or by a bundle, nothing is recorded; what was changed or done meanwhile stays.

    Raises:
        UserInputError: ``task.empty``, ``case.unknown``.
    """
    return _record(
        session,
        case,
        proposal.task_id(case),
        words,
        due_by_rule(session, proposal.source),
        proposal,
    )


def due_by_rule(session: Session, source: TaskSource) -> datetime:
    """When a proposal that is taken on now is due."""
    return term_end(session.rules, f"task.{source.value}", session.clock.now())


def open_tasks(session: Session) -> tuple[TaskView, ...]:
    """Open tasks of every case, the first due first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.open_tasks()


def task_dues(session: Session) -> tuple[datetime, ...]:
    """When open tasks are due, earliest first; nothing for those who read no cases."""
    if not session.officer.may(Permission.READ_CASES):
        return ()
    with session.store.read() as reader:
        return reader.task_dues()


def finish_task(session: Session, task: TaskId) -> None:
    """Tick a task off; done already, nothing is recorded.

    Raises:
        UserInputError: ``task.unknown``. RuleError: ``task.assigned``: the centre gave it, and it is answered;
            ``task.request``: another station is asked for it, and nobody answered yet.
    """
    session.require(Permission.WRITE_CASES)
    done = {"done_at": to_wire(session.clock.now()), "done_by": session.officer.number}
    _set(session, task, TASK_DONE, done, done=True)


def reopen_task(session: Session, task: TaskId) -> None:
    """Take the tick back; open already, nothing is recorded. Raises as :func:`finish_task`."""
    session.require(Permission.WRITE_CASES)
    _set(session, task, TASK_REOPENED, {"done_at": "", "done_by": ""}, done=False)


def _record(
    session: Session,
    case: CaseId,
    task_id: TaskId,
    words: str,
    due: datetime | None,
    origin: TaskProposal,
) -> Task:
    session.require(Permission.WRITE_CASES)
    if not clean(words):
        raise UserInputError("task.empty")
    task = Task(
        id=task_id,
        text=clean(words),
        due=due,
        source=origin.source,
        about=origin.about,
        made_at=session.clock.now(),
        made_by=session.officer.number,
    )
    with session.store.write() as transaction:
        if transaction.case_card(case) is None:
            raise UserInputError("case.unknown")
        subject = f"task/{task.id}"
        if not text(transaction.current(subject), "text"):
            entry = NewEntry(TASK_RECORDED, subject, task.to_fields(case))
            transaction.append(session.officer.number, entry)
    return task


def _set(session: Session, task: TaskId, kind: str, fields: Fields, *, done: bool) -> None:
    with session.store.write() as transaction:
        known = transaction.current(f"task/{task}")
        if not text(known, "case"):
            raise UserInputError("task.unknown")
        if text(known, "source").startswith(ASSIGNED):
            raise RuleError("task.assigned")
        row = transaction.assigned_task(task)
        if row is not None and row.one.state not in LAST_STATES:
            raise RuleError("task.request")
        if bool(text(known, "done_at")) is not done:
            transaction.append(session.officer.number, NewEntry(kind, f"task/{task}", fields))
