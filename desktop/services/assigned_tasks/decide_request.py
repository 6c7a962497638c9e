"""What a centre makes of a station's request: a task of another station, or a refusal; and how the asking station hears
what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.tasks.assigned_task import (
    AssignedState,
    TaskResult,
)
from desktop.domain.cases.tasks.task import Task
from desktop.domain.cases.tasks.task_request import notice_source
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import TASK_RECORDED
from desktop.services.assigned_tasks.enclose_files import enclose_evidence_in
from desktop.services.assigned_tasks.give_task import (
    TypedTask,
    give_in,
    require_centre,
    withdraw_in,
)
from desktop.services.cases.changes.propose_station import ProposedStation, propose_stations
from desktop.services.exchange.peers.trusted_stations import trusted_stations
from desktop.services.look_up import case_file
from desktop.services.ports import Transaction
from desktop.services.session import Session

_HEARD: Final = {
    AssignedState.ACCEPTED: AssignedState.ACCEPTED,
    AssignedState.FINISHED: AssignedState.FINISHED,
    AssignedState.RETURNED: AssignedState.RETURNED,
    AssignedState.WITHDRAWN: AssignedState.REFUSED,
}
"""State of the task that came of a request → what the asking station hears."""


@dataclass(frozen=True, slots=True)
class Passing:
    """To whom and how a request is passed on. ``due`` None: as the request has it, or by the rule of its kind;
    ``note``: what the centre adds to its words; ``evidence``: with the evidence of the case it is about."""

    unit: str
    due: datetime | None = None
    note: str = ""
    evidence: bool = False


def receivers_of_request(session: Session, task: TaskId) -> tuple[ProposedStation, ...]:
    """The stations it can be passed on to, the best first: of the district it names, then by the address of its
    case, then by how much each has in hand. Raises ``task.unknown``, ``task.not_centre``,
    ``request.nobody`` where no other station is enrolled."""
    session.require(Permission.WRITE_CASES, at_centre=True)
    require_centre(session)
    with session.store.read() as reader:
        row = _request(reader.assigned_task(task))
    place = row.one.request.place if row.one.request else ""
    found = propose_stations(session, case_file(session, row.case).case, place)
    others = tuple(one for one in found if one.unit_code != row.unit_code)
    if not others:
        raise RuleError("request.nobody")
    return others


def pass_on_request(session: Session, task: TaskId, passing: Passing) -> Task:
    """Make a task of another station of it; the asking station hears to whom it went.

    Raises:
        UserInputError: ``task.unknown``, ``task.due_past``. RuleError: ``request.decided``, ``request.same_unit``,
            ``task.not_centre``, ``task.no_station``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    require_centre(session)
    with session.store.write() as transaction:
        row = _waiting(transaction, task)
        one, file = row.one, transaction.case_file(row.case)
        victim = file.case.victim if file is not None else Victim()
        if passing.unit == row.unit_code:
            raise RuleError("request.same_unit")
        now = session.clock.now()
        asked_due = one.task.due if one.task.due and one.task.due > now else None
        typed = TypedTask(
            unit=passing.unit,
            kind=one.kind,
            words="\n".join(part for part in (one.task.text, clean(passing.note)) if part),
            due=passing.due or asked_due,
            urgent=one.urgent,
            name=victim.name,
            phone=victim.phone,
            address=victim.address,
        )
        given = give_in(session, transaction, typed, f"task/{task}")
        name = trusted_stations(transaction)[passing.unit]
        _let_know(session, transaction, row, _Notice(AssignedState.PASSED_ON, name))
        if passing.evidence:
            transaction.project()
            _enclose(session, transaction, given, row)
    return given


def refuse_request(session: Session, task: TaskId, reason: str) -> None:
    """Pass it on to nobody. Raises as :func:`pass_on_request`, and ``UserInputError("request.no_reason")``."""
    session.require(Permission.WRITE_CASES, at_centre=True)
    require_centre(session)
    words = clean(reason)
    if not words:
        raise UserInputError("request.no_reason")
    with session.store.write() as transaction:
        row = _waiting(transaction, task)
        _let_know(session, transaction, row, _Notice(AssignedState.REFUSED, words))


def follow_requests(session: Session) -> int:
    """Let every asking station know what became of what was passed on, and take back the tasks of requests that were
    withdrawn: before bundles for them are written. How many; with nothing new, nothing is recorded."""
    session.require(Permission.DISPATCH)
    with session.store.read() as reader:
        waiting = any(_news(request, given) for request, given in reader.passed_on_tasks())
    if not waiting:
        return 0
    count = 0
    with session.store.write() as transaction:
        for request, given in transaction.passed_on_tasks():
            count += _follow(session, transaction, request, given)
    return count


@dataclass(frozen=True, slots=True)
class _Notice:
    state: AssignedState
    words: str = ""
    at: datetime | None = None
    by: str = ""
    result: TaskResult | None = None


def _news(request: AssignedRow, given: AssignedRow) -> bool:
    if request.one.state is AssignedState.WITHDRAWN:
        return given.one.state is not AssignedState.WITHDRAWN
    heard = _HEARD.get(given.one.state)
    return heard is not None and heard is not request.one.state


def _follow(
    session: Session, transaction: Transaction, request: AssignedRow, given: AssignedRow
) -> int:
    if not _news(request, given):
        return 0
    if request.one.state is AssignedState.WITHDRAWN and given.one.open:
        withdraw_in(session, transaction, given)
    else:
        one = given.one
        notice = _Notice(_HEARD[one.state], one.words, one.state_at, one.by, one.result)
        _let_know(session, transaction, request, notice)
    return 1


def _let_know(
    session: Session, transaction: Transaction, row: AssignedRow, notice: _Notice
) -> None:
    now, officer = session.clock.now(), session.officer.number
    made = Task(
        id=TaskId(session.ids.new_id()),
        text=notice.words,
        source=notice_source(notice.state, notice.result),
        about=f"task/{row.one.task.id}",
        made_at=notice.at or now,
        made_by=notice.by or officer,
    )
    fields = {**made.to_fields(row.case), "done_at": to_wire(now), "done_by": officer}
    stream = session.profile.stream_for(row.unit_code)
    new = NewEntry(TASK_RECORDED, f"task/{made.id}", fields, stream=stream)
    transaction.append(officer, new)


def _enclose(session: Session, transaction: Transaction, given: Task, of: AssignedRow) -> None:
    row = transaction.assigned_task(given.id)
    if row is not None:
        enclose_evidence_in(session, transaction, row, of.case)


def _request(row: AssignedRow | None) -> AssignedRow:
    if row is None or row.one.request is None:
        raise UserInputError("task.unknown")
    return row


def _waiting(transaction: Transaction, task: TaskId) -> AssignedRow:
    row = _request(transaction.assigned_task(task))
    if row.one.state is not AssignedState.REQUESTED:
        raise RuleError("request.decided")
    return row
