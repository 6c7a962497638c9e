"""What a station asks another station to do, through the centre (请求协作).

The request is a task of a case of the asking station, with its kind, how pressing it is and where it is to be done in
its source. The centre passes it on as a task of another station, or refuses; what becomes of it the centre lets the
asking station know by tasks about the request, done as they are made, as a station answers a task
(:mod:`desktop.domain.cases.tasks.assigned_task`). Who asked ticks the request off: before that it is
withdrawn, afterwards it is read. Which of them counts follows from all of them: finished before returned,
then refused, then withdrawn by who asked, then accepted, then passed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.cases.tasks.assigned_task import (
    NOTICE,
    REQUEST,
    URGENT,
    AssignedKind,
    AssignedState,
    AssignedTask,
    TaskRequest,
    TaskResult,
    kind_named,
    result_in,
)
from desktop.domain.cases.tasks.task import Task

_PLACE: Final = "at_"
LAST_STATES: Final = (AssignedState.FINISHED, AssignedState.RETURNED, AssignedState.REFUSED)
"""In which a request is over by a word of the centre, the strongest first."""


def request_source(kind: AssignedKind, *, urgent: bool = False, place: str = "") -> str:
    """The source of a request; ``place``: digits of a division code."""
    marks = (URGENT if urgent else "", f"{_PLACE}{place}" if place else "")
    return REQUEST + ".".join(mark for mark in (kind.value, *marks) if mark)


def notice_source(state: AssignedState, result: TaskResult | None) -> str:
    """The source of what the centre lets the asking station know."""
    return NOTICE + ".".join((state.value, *((result.value,) if result else ())))


def is_request(task: Task) -> bool:
    """Whether a station asks another for it."""
    return task.source.startswith(REQUEST)


def read_request(task: Task, others: Iterable[Task]) -> AssignedTask:
    """How far a request got by what the centre said of it among the ``others`` of its case."""
    kind, *marks = task.source.removeprefix(REQUEST).split(".")
    notices: dict[str, Task] = {}
    for one in sorted(others, key=lambda one: one.id):
        if one.source.startswith(NOTICE) and one.about == f"task/{task.id}":
            notices.setdefault(one.source.split(".")[1], one)
    passed = notices.get(AssignedState.PASSED_ON.value)
    place = next((mark.removeprefix(_PLACE) for mark in marks if mark.startswith(_PLACE)), "")
    request = TaskRequest(place, passed.text if passed else "")
    state = _state(task, notices)
    word, at, by, words = notices.get(state.value), task.made_at, task.made_by, ""
    if word is not None:
        at, by = word.made_at, word.made_by
        words = "" if state is AssignedState.PASSED_ON else word.text
    elif state is AssignedState.WITHDRAWN:
        at, by = task.done_at, task.done_by
    result = result_in(word) if word is not None else None
    return AssignedTask(
        task, kind_named(kind), URGENT in marks, state, at, by, words, result, request
    )


def requests_among(tasks: Iterable[Task]) -> tuple[AssignedTask, ...]:
    """Those of a case that another station is asked for, in the order of ``tasks``."""
    every = list(tasks)
    return tuple(read_request(one, every) for one in every if is_request(one))


def _state(task: Task, notices: dict[str, Task]) -> AssignedState:
    for state in LAST_STATES:
        if state.value in notices:
            return state
    if task.done_at is not None:
        return AssignedState.WITHDRAWN
    for state in (AssignedState.ACCEPTED, AssignedState.PASSED_ON):
        if state.value in notices:
            return state
    return AssignedState.REQUESTED
