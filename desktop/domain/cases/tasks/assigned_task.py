"""A task that a centre gives a station (派警), and what the station answers.

Both are tasks of a case, in fields that every program knows (:mod:`desktop.domain.cases.tasks.task`): of the task the
source says its kind and how pressing it is; an answer is a task of its own, done when it is made, whose source says
what becomes of the one it is about. Nothing of an answer is ever written over, so which counts follows from all of
them, in whatever order they arrive: finished before returned, returned before withdrawn, that before accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.cases.case_holder import HolderNote
from desktop.domain.cases.tasks.task import Task

ASSIGNED: Final = "assigned."
"""What the source of such a task begins with."""
ANSWER: Final = "answer."
"""The same of an answer to one."""
REQUEST: Final = "request."
"""The same of what a station asks another for (:mod:`desktop.domain.cases.tasks.task_request`)."""
NOTICE: Final = "notice."
"""The same of what the centre lets the asking station know of it."""
SAID_BY_CENTRE: Final[Mapping[str, bool]] = {
    ASSIGNED: True,
    ANSWER: False,
    REQUEST: False,
    NOTICE: True,
}
"""Who alone may write a task with such a source: a centre, or a station about a case that it holds."""
URGENT: Final = "urgent"
"""The mark of one that is pressing."""
_WITHDRAWN: Final = "withdrawn"


class AssignedKind(StrEnum):
    """What is to be done."""

    WARNING = "warning"
    """预警劝阻: tell somebody that a fraud is at work on them."""
    VISIT = "visit"
    """上门见面."""
    EVIDENCE = "evidence"
    """调取证据."""
    CALL_BACK = "call_back"
    """电话回访."""
    OTHER = "other"
    """A kind that a newer program knows."""


class AssignedState(StrEnum):
    """How far a task got."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    FINISHED = "finished"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    """By the centre, before the station was done; a request by the station that made it."""
    REQUESTED = "requested"
    """A request (:mod:`desktop.domain.cases.tasks.task_request`) that the centre is still to decide about."""
    PASSED_ON = "passed"
    """A request that became a task of another station, which has not accepted it."""
    REFUSED = "refused"
    """A request that the centre passes on to nobody."""


OPEN_STATES: Final = frozenset({AssignedState.GIVEN, AssignedState.ACCEPTED})
"""In which somebody is still to do something."""


REQUEST_STATES: Final = frozenset({AssignedState.REQUESTED, AssignedState.PASSED_ON})
"""The same of a request, before another station accepted it."""


class TaskResult(StrEnum):
    """What came of a finished task."""

    ACHIEVED = "achieved"
    NOT_REACHED = "not_reached"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """``place``: division code of where it is to be done, "" where the station named none; ``receiver``: the name of
    the station that it was passed on to, "" before."""

    place: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class AssignedTask:
    """``state_at`` and ``by``: since when it is in its state, and by whose word; ``words``: the result, or why it was
    returned. ``result``: None while nobody told one, and where an earlier program only ticked it off."""

    task: Task
    kind: AssignedKind
    urgent: bool
    state: AssignedState
    state_at: datetime | None
    by: str
    words: str = ""
    result: TaskResult | None = None
    request: TaskRequest | None = None
    """What a station's request has besides; None for a task that a centre gave."""

    @property
    def open(self) -> bool:
        """Whether somebody is still to do something."""
        return self.state in OPEN_STATES or self.state in REQUEST_STATES


def assigned_source(kind: AssignedKind, *, urgent: bool = False, withdrawn: bool = False) -> str:
    """The source of a task that a centre gives."""
    marks = [name for name, set_ in ((URGENT, urgent), (_WITHDRAWN, withdrawn)) if set_]
    return ASSIGNED + ".".join((kind.value, *marks))


def answer_source(state: AssignedState, result: TaskResult | None = None) -> str:
    """The source of an answer."""
    return ANSWER + ".".join((state.value, *((result.value,) if result else ())))


def is_assigned(task: Task) -> bool:
    """Whether a centre gave it."""
    return task.source.startswith(ASSIGNED)


def is_answer(task: Task) -> bool:
    """Whether it only says what becomes of another one."""
    return task.source.startswith((ANSWER, NOTICE))


def read_assigned(task: Task, others: Iterable[Task], declined: HolderNote | None) -> AssignedTask:
    """How far a task got by its answers among the ``others`` of its case. ``declined``: that the station returned the
    case with all that is in it."""
    kind, *marks = task.source.removeprefix(ASSIGNED).split(".")
    found = [one for one in others if is_answer(one) and one.about == f"task/{task.id}"]
    state, answer, result = _counted(task, found, withdrawn=_WITHDRAWN in marks)
    at, by, words = task.made_at, task.made_by, ""
    if answer is not None:
        at, by, words = answer.made_at, answer.made_by, answer.text
    elif state is AssignedState.GIVEN and declined is not None and declined.unit:
        state, at, by, words = AssignedState.RETURNED, declined.at, declined.by, declined.reason
    elif task.done_at is not None:
        at, by = task.done_at, task.done_by
    return AssignedTask(task, kind_named(kind), URGENT in marks, state, at, by, words, result)


def _counted(
    task: Task, answers: Iterable[Task], *, withdrawn: bool
) -> tuple[AssignedState, Task | None, TaskResult | None]:
    first: dict[str, Task] = {}
    for one in sorted(answers, key=_place):
        first.setdefault(one.source.split(".")[1], one)
    for state in (AssignedState.FINISHED, AssignedState.RETURNED):
        if state.value in first:
            answer = first[state.value]
            return state, answer, result_in(answer)
    if withdrawn:
        return AssignedState.WITHDRAWN, None, None
    if task.done_at is not None:
        return AssignedState.FINISHED, None, None
    accepted = first.get(AssignedState.ACCEPTED.value)
    return AssignedState.ACCEPTED if accepted else AssignedState.GIVEN, accepted, None


def assigned_among(tasks: Iterable[Task], declined: HolderNote | None) -> tuple[AssignedTask, ...]:
    """Those of a case that a centre gave, in the order of ``tasks``."""
    every = list(tasks)
    return tuple(read_assigned(one, every, declined) for one in every if is_assigned(one))


def _place(answer: Task) -> tuple[float, str]:
    return (answer.made_at.timestamp() if answer.made_at else 0.0, answer.id)


def kind_named(name: str) -> AssignedKind:
    """The kind of this name; one that only a newer program knows is another."""
    return AssignedKind(name) if name in set(AssignedKind) else AssignedKind.OTHER


def result_in(answer: Task) -> TaskResult | None:
    """The result that the source of an answer ends with."""
    name = answer.source.rpartition(".")[2]
    return TaskResult(name) if name in set(TaskResult) else None
