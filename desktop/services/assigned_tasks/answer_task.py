"""What a station answers to a task of its centre: accepted, finished, returned. The next bundle carries it up."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.cases.tasks.assigned_task import (
    OPEN_STATES,
    AssignedState,
    TaskResult,
    answer_source,
)
from desktop.domain.cases.tasks.task import Task
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import TASK_DONE, TASK_RECORDED
from desktop.services.assigned_tasks.list_assigned import open_assigned
from desktop.services.cases.changes.change_holder import answer_offer
from desktop.services.ports import Transaction
from desktop.services.session import Session


def accept_task(session: Session, task: TaskId) -> None:
    """Take a task on, with the record that carries it. Accepted already, nothing is recorded.

    Raises:
        UserInputError: ``task.unknown``. RuleError: ``task.over`` where it is finished, returned or withdrawn.
    """
    session.require(Permission.WRITE_CASES)
    with session.store.write() as transaction:
        row = open_assigned(transaction, task)
        _take_on(session, transaction, row)
        if row.one.state is not AssignedState.ACCEPTED:
            _answer(session, transaction, row, AssignedState.ACCEPTED, "")


def finish_assigned(
    session: Session, task: TaskId, words: str, result: TaskResult = TaskResult.ACHIEVED
) -> None:
    """Say what came of it; one that was not accepted before is with that. Raises as :func:`accept_task`, and
    ``UserInputError("task.no_result")``."""
    session.require(Permission.WRITE_CASES)
    cleaned = clean(words)
    if not cleaned:
        raise UserInputError("task.no_result")
    with session.store.write() as transaction:
        row = open_assigned(transaction, task)
        _take_on(session, transaction, row)
        _answer(session, transaction, row, AssignedState.FINISHED, cleaned, result)


def return_task(session: Session, task: TaskId, reason: str) -> None:
    """Give it back to the centre; with a record that nobody took on, that is returned. Raises as :func:`accept_task`,
    and ``UserInputError("task.no_reason")``."""
    session.require(Permission.WRITE_CASES)
    cleaned = clean(reason)
    if not cleaned:
        raise UserInputError("task.no_reason")
    with session.store.write() as transaction:
        row = open_assigned(transaction, task)
        if row.offered:
            answer_offer(session, transaction, row.case, declined=cleaned)
        else:
            _answer(session, transaction, row, AssignedState.RETURNED, cleaned)


def _take_on(session: Session, transaction: Transaction, row: AssignedRow) -> None:
    if row.offered:
        answer_offer(session, transaction, row.case)
        transaction.project()


def _answer(
    session: Session,
    transaction: Transaction,
    row: AssignedRow,
    state: AssignedState,
    words: str,
    result: TaskResult | None = None,
) -> None:
    news = _entries(session, row, state, words, result)
    transaction.append_all(session.officer.number, tuple(news))


def _entries(
    session: Session,
    row: AssignedRow,
    state: AssignedState,
    words: str,
    result: TaskResult | None,
) -> Iterator[NewEntry]:
    """The answer, done as it is made; with the last one the task itself is ticked off, as programs show it that know no
    answers."""
    now, officer = session.clock.now(), session.officer.number
    answer = Task(
        id=TaskId(session.ids.new_id()),
        text=words,
        source=answer_source(state, result),
        about=f"task/{row.one.task.id}",
        made_at=now,
        made_by=officer,
    )
    done = {"done_at": to_wire(now), "done_by": officer}
    yield NewEntry(TASK_RECORDED, f"task/{answer.id}", {**answer.to_fields(row.case), **done})
    if state not in OPEN_STATES:
        yield NewEntry(TASK_DONE, f"task/{row.one.task.id}", done)
