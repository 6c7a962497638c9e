"""Give a station a task (下达), and take it back before it is done.

A task stands in a case, which carries it down and its answers up. About a case of the station it stands there. Else
the centre makes a record of the person or number it is about, and offers that to the station as it offers a call
(:mod:`desktop.services.calls.assign_case`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.case_file.task_terms import due_by_kind
from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.cases.tasks.assigned_task import AssignedKind, assigned_source
from desktop.domain.cases.tasks.task import Task
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import text
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED, TASK_RECORDED
from desktop.services.assigned_tasks.list_assigned import open_assigned
from desktop.services.calls.assign_case import assign_in
from desktop.services.cases.changes.register_report import record_form
from desktop.services.exchange.peers.trusted_stations import trusted_stations
from desktop.services.ports import Transaction
from desktop.services.session import Session

_WARNS: Final = frozenset({AssignedKind.WARNING, AssignedKind.VISIT})
"""Tasks about somebody who is to be kept from paying; the others are about what is to be found out."""


@dataclass(frozen=True, slots=True)
class TypedTask:
    """A task as typed. ``due`` None: by the rule of its kind. ``case``: id of the case it is about, "" for none yet;
    ``name``, ``phone``, ``address``: of whom it is about then."""

    unit: str
    kind: AssignedKind
    words: str
    due: datetime | None = None
    urgent: bool = False
    case: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""


def give_task(session: Session, typed: TypedTask) -> Task:
    """Record it in the stream of the station; the next receipt bundle carries it down.

    Raises:
        UserInputError: ``task.empty``, ``task.due_past``, ``case.unknown``.
        RuleError: ``task.not_centre`` at a station, ``task.no_station`` where no PC of the unit is trusted here,
            ``task.case_not_assigned`` about a call that no station was asked to take on.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    require_centre(session)
    with session.store.write() as transaction:
        return give_in(session, transaction, typed)


def give_in(session: Session, transaction: Transaction, typed: TypedTask, about: str = "") -> Task:
    """The part of it that happens inside a transaction; ``about``: the subject it came of, where that is no case.
    Raises as :func:`give_task`."""
    source = assigned_source(typed.kind, urgent=typed.urgent)
    task = task_as_typed(
        session, typed, source, about or (f"case/{typed.case}" if typed.case else "")
    )
    if typed.unit not in trusted_stations(transaction):
        raise RuleError("task.no_station", unit=typed.unit)
    if _is_of(transaction, typed):
        _record(session, transaction, task, typed.case, typed.unit)
    else:
        case = record_person(session, transaction, typed, task.text)
        _record(session, transaction, task, case, session.profile.unit_code)
        transaction.project()
        assign_in(session, transaction, case, typed.unit, task.text)
    return task


def task_as_typed(session: Session, typed: TypedTask, source: str, about: str = "") -> Task:
    """The task, not recorded yet; due as typed, else by the rule of its kind. Raises ``UserInputError``:
    ``task.empty``, ``task.due_past``."""
    now, words = session.clock.now(), clean(typed.words)
    if not words:
        raise UserInputError("task.empty")
    if typed.due is not None and typed.due <= now:
        raise UserInputError("task.due_past")
    return Task(
        id=TaskId(session.ids.new_id()),
        text=words,
        due=typed.due or due_by_kind(session.rules, typed.kind, now),
        source=source,
        about=about,
        made_at=now,
        made_by=session.officer.number,
    )


def withdraw_task(session: Session, task: TaskId) -> None:
    """Take a task back that the station has not finished or returned; what the station says first still counts.

    Raises:
        UserInputError: ``task.unknown``. RuleError: ``task.not_centre``, ``task.over``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    require_centre(session)
    with session.store.write() as transaction:
        withdraw_in(session, transaction, open_assigned(transaction, task))


def withdraw_in(session: Session, transaction: Transaction, row: AssignedRow) -> None:
    """The part of it that happens inside a transaction, of one that is open."""
    source = assigned_source(row.one.kind, urgent=row.one.urgent, withdrawn=True)
    officer = session.officer.number
    over = {"source": source, "done_at": to_wire(session.clock.now()), "done_by": officer}
    stream = session.profile.stream_for(row.unit_code)
    new = NewEntry(CASE_AMENDED, f"task/{row.one.task.id}", over, stream=stream)
    transaction.append(officer, new)


def require_centre(session: Session) -> None:
    """Only a centre gives tasks and decides about requests; raises ``RuleError("task.not_centre")`` at a station."""
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("task.not_centre")


def _is_of(transaction: Transaction, typed: TypedTask) -> bool:
    """Whether the case it is about is one of the station, so that the task stands there."""
    if not typed.case:
        return False
    fields = transaction.current(f"case/{typed.case}")
    unit = text(fields, "unit_code")
    if not fields:
        raise UserInputError("case.unknown")
    if unit not in {peer.card.unit_code for peer in transaction.peers()}:
        raise RuleError("task.case_not_assigned")
    return unit == typed.unit


def record_person(
    session: Session, transaction: Transaction, typed: TypedTask, words: str
) -> CaseId:
    """The record of whom a task about nobody's case is about: a dissuasion, or a tip-off."""
    form = IntakeForm(
        case_id=session.ids.new_id(),
        visit=(Visit.DISSUASION if typed.kind in _WARNS else Visit.TIP).value,
        victim=VictimText(
            name=clean(typed.name), phone=clean(typed.phone), address=clean(typed.address)
        ),
        narrative=words,
    )
    made = record_form(session, transaction, form)
    transaction.project()
    return made.case


def _record(session: Session, transaction: Transaction, task: Task, case: str, unit: str) -> None:
    stream = session.profile.stream_for(unit)
    entry = NewEntry(TASK_RECORDED, f"task/{task.id}", task.to_fields(case), stream=stream)
    transaction.append(session.officer.number, entry)
