"""The list of tasks that a centre gave: all of them at the centre, at a station its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.case_file.assigned_rows import (
    AssignedPage,
    AssignedQuery,
    AssignedRow,
    AssignedView,
)
from desktop.domain.case_file.task_terms import Responsible, asked_by_rules, responsible
from desktop.domain.cases.tasks.assigned_task import AssignedKind
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.services.exchange.peers.trusted_stations import trusted_stations
from desktop.services.ports import Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class StationChoice:
    """A station that a task can be given to."""

    code: str
    name: str


def list_assigned(
    session: Session,
    view: AssignedView,
    *,
    unit: str = "",
    kind: AssignedKind | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 200,
) -> AssignedPage:
    """A page of a part of the list; ``after``: what the page before ended with."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    query = AssignedQuery(view, now, *asked_by_rules(session.rules, now), unit, kind)
    with session.store.read() as reader:
        return reader.assigned_tasks(query, after, limit)


def count_assigned(session: Session) -> Mapping[AssignedView, int]:
    """How many each part of the list has."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    query = AssignedQuery(AssignedView.ALL, now, *asked_by_rules(session.rules, now))
    with session.store.read() as reader:
        return reader.assigned_counts(query)


def stations_to_give(session: Session) -> tuple[StationChoice, ...]:
    """The stations whose PCs are trusted here, by code; at a station nobody."""
    session.require(Permission.READ_CASES)
    if session.profile.role is not InstallationRole.CENTRE:
        return ()
    with session.store.read() as reader:
        names = trusted_stations(reader)
    return tuple(StationChoice(code, name) for code, name in sorted(names.items()))


def find_assigned(session: Session, task: str) -> AssignedRow:
    """One of them; raises ``UserInputError("task.unknown")``."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        row = reader.assigned_task(TaskId(task.strip()))
    if row is None:
        raise UserInputError("task.unknown")
    return row


def open_assigned(reader: Reader, task: TaskId) -> AssignedRow:
    """One that a centre gave and that somebody is still to do.

    Raises:
        UserInputError: ``task.unknown``. RuleError: ``task.over``.
    """
    row = reader.assigned_task(task)
    if row is None or row.one.request:
        raise UserInputError("task.unknown")
    if not row.one.open:
        raise RuleError("task.over")
    return row


def responsible_now(session: Session, row: AssignedRow) -> Responsible | None:
    """Who has to see to it now, by the rules in force; None for one that is over."""
    session.require(Permission.READ_CASES)
    return responsible(session.rules, row.one, session.clock.now())
