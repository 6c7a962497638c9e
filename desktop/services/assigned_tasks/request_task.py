"""Ask another station for something, through the centre (请求协作), and take that back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.cases.tasks.task import Task
from desktop.domain.cases.tasks.task_request import request_source
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import TASK_DONE, TASK_RECORDED
from desktop.services.assigned_tasks.give_task import TypedTask, record_person, task_as_typed
from desktop.services.ports import Transaction
from desktop.services.session import Session

_PLACE: Final = re.compile(r"[0-9]{6}")
_CITY: Final = 4


@dataclass(frozen=True, slots=True)
class TypedRequest:
    """``task``: as typed, but that it names no unit, and a case of this station or none; ``place``: six digits of the
    division code of where it is to be done, "" where that is not known."""

    task: TypedTask
    place: str = ""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A district by its division code."""

    code: str
    name: str


def request_task(session: Session, typed: TypedRequest) -> Task:
    """Record it in the case it is about, or in a record of the person it is about; the next export carries it up.

    Raises:
        UserInputError: ``task.empty``, ``task.due_past``, ``case.unknown``, ``request.place``.
        RuleError: ``centre.reads_cases`` at a centre.
    """
    session.require(Permission.WRITE_CASES)
    task = _made(session, typed)
    with session.store.write() as transaction:
        case = CaseId(typed.task.case)
        if not case:
            case = record_person(session, transaction, typed.task, task.text)
        elif transaction.case_card(case) is None:
            raise UserInputError("case.unknown")
        _record(session, transaction, task, case)
    return task


def request_again(session: Session, former: TaskId, typed: TypedRequest) -> Task:
    """Ask once more for what was returned, refused, withdrawn or done in vain: a request of its own in the same case,
    which names the former one and has its words before the new ones.

    Raises:
        UserInputError: as :func:`request_task`, and ``task.unknown``. RuleError: ``request.not_over``.
    """
    session.require(Permission.WRITE_CASES)
    task = _made(session, typed)
    with session.store.write() as transaction:
        row = transaction.assigned_task(former)
        if row is None or row.one.request is None:
            raise UserInputError("task.unknown")
        if row.one.open:
            raise RuleError("request.not_over")
        words = f"{row.one.task.text}\n{task.text}"
        task = replace(task, text=words, about=f"task/{former}")
        _record(session, transaction, task, row.case)
    return task


def _made(session: Session, typed: TypedRequest) -> Task:
    asked = typed.task
    source = request_source(asked.kind, urgent=asked.urgent, place=typed.place)
    task = task_as_typed(session, asked, source)
    if typed.place and not _PLACE.fullmatch(typed.place):
        raise UserInputError("request.place")
    return task


def _record(session: Session, transaction: Transaction, task: Task, case: CaseId) -> None:
    entry = NewEntry(TASK_RECORDED, f"task/{task.id}", task.to_fields(case))
    transaction.append(session.officer.number, entry)


def withdraw_request(session: Session, task: TaskId) -> None:
    """Take a request back; where it became a task already, the centre takes that back. What was finished, returned or
    refused meanwhile counts.

    Raises:
        UserInputError: ``task.unknown``. RuleError: ``task.over``.
    """
    session.require(Permission.WRITE_CASES)
    with session.store.write() as transaction:
        row = transaction.assigned_task(task)
        if row is None or row.one.request is None:
            raise UserInputError("task.unknown")
        if not row.one.open:
            raise RuleError("task.over")
        officer = session.officer.number
        over = {"done_at": to_wire(session.clock.now()), "done_by": officer}
        transaction.append(officer, NewEntry(TASK_DONE, f"task/{task}", over))


def place_name(session: Session, code: str) -> str:
    """The district behind a division code; the code itself where none is known."""
    division = session.directories.division(code)
    return division.path[-1] if division is not None and division.path else code


def places_of_city(session: Session) -> tuple[PlaceChoice, ...]:
    """The districts of the city that this unit's code names, by code."""
    city = session.profile.unit_code[:_CITY]
    codes = (f"{city}{number:02d}" for number in range(1, 100))
    found = ((code, session.directories.division(code)) for code in codes)
    return tuple(PlaceChoice(code, one.path[-1]) for code, one in found if one and one.path)
