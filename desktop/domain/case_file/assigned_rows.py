"""The list of tasks that a centre gives: its rows, and which of them are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.cases.tasks.assigned_task import AssignedKind, AssignedState, AssignedTask
from desktop.domain.ids import CaseId


class AssignedView(StrEnum):
    """A part of the list. ``OPEN`` and ``OVERDUE`` stand in the order they are due, the others the newest first."""

    OPEN = "open"
    OVERDUE = "overdue"
    RETURNED = "returned"
    FINISHED = "finished"
    ALL = "all"
    REQUESTS = "requests"
    """What stations ask other stations for; those that wait for the centre first, then the newest."""


STATES: dict[AssignedView, tuple[AssignedState, ...]] = {
    AssignedView.OPEN: (AssignedState.GIVEN, AssignedState.ACCEPTED, AssignedState.REQUESTED),
    AssignedView.OVERDUE: (AssignedState.GIVEN, AssignedState.ACCEPTED, AssignedState.REQUESTED),
    AssignedView.RETURNED: (AssignedState.RETURNED,),
    AssignedView.FINISHED: (AssignedState.FINISHED, AssignedState.WITHDRAWN),
    AssignedView.ALL: tuple(AssignedState),
    AssignedView.REQUESTS: tuple(AssignedState),
}
"""The states of each part. Of requests those that nobody decided about stand in every part that has their state, the
others among the requests alone: once passed on, the task stands there."""


@dataclass(frozen=True, slots=True)
class AssignedQuery:
    """``unit``, ``kind``: only of these, "" and None for all. What is due by ``now`` is overdue, and what was given by
    ``given_by`` and not accepted since, with ``accepted_too`` whether it was accepted or not."""

    view: AssignedView
    now: datetime
    given_by: datetime
    accepted_too: bool = False
    unit: str = ""
    kind: AssignedKind | None = None


@dataclass(frozen=True, slots=True)
class AssignedRow:
    """A task with its case's words. ``offered``: the case itself still waits for the station to take it on; ``files``:
    how many the centre sent along with tasks of the case."""

    one: AssignedTask
    case: CaseId
    case_number: str
    victim: str
    unit_code: str
    unit_name: str
    offered: bool = False
    files: int = 0


@dataclass(frozen=True, slots=True)
class AssignedPage:
    """``after``: what to ask for the next page with; None behind the last."""

    rows: tuple[AssignedRow, ...]
    after: tuple[str, str] | None
