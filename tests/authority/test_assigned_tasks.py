"""A task that a centre gives: whose word counts on it, in whatever order bundles arrive.

The machine lets a centre give and withdraw tasks about a case of a station, whose two PCs accept, finish and return
them, while changed programs give tasks to themselves, change what was asked for, answer for another station, for the
station as its centre, and twice in one place. Every replica hears the others' streams in any cuts. No forged word
counts anywhere but where it was forged, no honest one is refused, and once all has arrived every replica says the same
of each task: what was finished stays so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from desktop.domain.cases.tasks.assigned_task import (
    SAID_BY_CENTRE,
    AssignedKind,
    AssignedState,
    AssignedTask,
    TaskResult,
    answer_source,
    assigned_source,
)
from desktop.domain.cases.tasks.task import Task
from desktop.domain.cases.tasks.task_request import request_source
from desktop.domain.ids import DeviceId, TaskId, bound_id
from desktop.domain.installation.profile import device_of
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import from_wire
from desktop.journal import kinds
from desktop.journal.entry import Entry, NewEntry
from tests.authority.cells import AT, CENTRE, COLLEAGUE, OTHER, UNITS, WORKER
from tests.authority.test_offered_cases import DESKS, FIRST, a_store
from tests.support.quick_places import quick_place

OURS: Final = (FIRST, COLLEAGUE)
_CASES: Final = {device: bound_id(1_764_000_000_000, 1, device) for device in (FIRST, OTHER)}
_SOURCE: Final = assigned_source(AssignedKind.VISIT)
_TASK: Final = st.integers(0, 1)
_OURS: Final = st.sampled_from(OURS)
_STATES: Final = (AssignedState.ACCEPTED, AssignedState.FINISHED, AssignedState.RETURNED)
_STATE: Final = st.sampled_from(_STATES)
_TICK: Final[dict[str, Json]] = {"done_at": AT, "done_by": WORKER}


class AssignedTasks(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = quick_place()
        root = Path(self._folder.name)
        self.stores = {device: a_store(root, device) for device in (*DESKS, CENTRE)}
        self.carried: dict[tuple[DeviceId, str], int] = {}
        self.given: dict[int, TaskId] = {}
        self.finished: set[TaskId] = set()
        self.refs: set[str] = set()
        """Where a forged word stands; ``refused``: those that a replica refused, with it."""
        self.refused: set[tuple[DeviceId, str]] = set()
        self.made = 0
        for device, case in _CASES.items():
            fields: dict[str, Json] = {
                "narrative": "x", "accepted_at": AT, "unit_code": UNITS[device], "number": case,
            }  # fmt: skip
            self._say(device, NewEntry(kinds.CASE_REGISTERED, f"case/{case}", fields))

    def teardown(self) -> None:
        for _ in range(2):
            for to in self.stores:
                for stream in self._streams_for(to):
                    self._carry(to, stream, 10**6)
        for task in self.given.values():
            self._agree(task)
        for (to, stream), done in self.carried.items():
            forged = {ref for ref in self.refs if ref.rpartition(":")[0] == stream}
            here = {ref for ref in forged if int(ref.rpartition(":")[2]) <= done}
            assert {(to, ref) for ref in here} <= self.refused, "a forged word counts"
        for store in self.stores.values():
            digest = store.digest()
            assert store.rebuild(SILENT) == digest, "made again from the journal it is another"
            store.close()
        self._folder.cleanup()

    def _agree(self, task: TaskId) -> None:
        """But where a PC forged something itself: its own words it does not judge."""
        forged_by = {device_of(ref.rpartition(":")[0]) for ref in self.refs}
        honest = [device for device in (*OURS, CENTRE) if device not in forged_by]
        assert len({self._read(device, task) for device in honest}) <= 1
        if task in self.finished:
            states = {self._read(device, task).state for device in honest}
            assert states <= {AssignedState.FINISHED}

    def _read(self, device: DeviceId, task: TaskId) -> AssignedTask:
        with self.stores[device].read() as reader:
            row = reader.assigned_task(task)
        assert row is not None
        return row.one

    def _knows(self, device: DeviceId, task: TaskId) -> bool:
        with self.stores[device].read() as reader:
            return reader.assigned_task(task) is not None

    def _streams_for(self, to: DeviceId) -> list[str]:
        if to == CENTRE:
            return list(DESKS)
        mates = [d for d in DESKS if d != to and UNITS[d] == UNITS[to]]
        return [*mates, f"{CENTRE}.{UNITS[to]}"]

    def _carry(self, to: DeviceId, stream: str, count: int) -> None:
        source = self.stores[device_of(stream)]
        done = self.carried.get((to, stream), 0)
        with source.read() as reader:
            last = reader.heads().get(stream, 0)
            items: list[Entry] = list(reader.entries(stream, done + 1, min(last, done + count)))
        with self.stores[to].write() as writing:
            refused = writing.apply(items).refused
        self.carried[to, stream] = min(last, done + count)
        self.refused |= {(to, item.ref) for item in refused}
        assert {item.ref for item in refused} <= self.refs, "an honest word was refused"

    def _say(self, device: DeviceId, *news: NewEntry) -> tuple[Entry, ...]:
        with self.stores[device].write() as writing:
            entries = writing.append_all(WORKER, news)
            writing.project()
        return entries

    def _forge(self, device: DeviceId, new: NewEntry) -> None:
        self.refs |= {entry.ref for entry in self._say(device, new)}

    def _task(self, maker: DeviceId, source: str, about: str = "") -> Task:
        self.made += 1
        key = TaskId(bound_id(1_764_000_000_000, 100 + self.made, maker))
        return Task(key, "x", None, source, about, from_wire(AT), WORKER)

    def _answer(self, by: DeviceId, about: TaskId, state: AssignedState, case: str) -> NewEntry:
        result = TaskResult.ACHIEVED if state is AssignedState.FINISHED else None
        task = self._task(by, answer_source(state, result), f"task/{about}")
        return NewEntry(kinds.TASK_RECORDED, f"task/{task.id}", {**task.to_fields(case), **_TICK})

    @rule(place=_TASK)
    def the_centre_gives(self, place: int) -> None:
        self._carry(CENTRE, FIRST, 10**6)
        if place not in self.given:
            task = self._task(CENTRE, _SOURCE)
            self.given[place] = task.id
            fields, stream = task.to_fields(_CASES[FIRST]), f"{CENTRE}.{UNITS[FIRST]}"
            new = NewEntry(kinds.TASK_RECORDED, f"task/{task.id}", fields, stream=stream)
            self._say(CENTRE, new)

    @rule(place=_TASK)
    def the_centre_withdraws(self, place: int) -> None:
        if place in self.given and self._read(CENTRE, self.given[place]).open:
            withdrawn = {"source": assigned_source(AssignedKind.VISIT, withdrawn=True), **_TICK}
            subject, stream = f"task/{self.given[place]}", f"{CENTRE}.{UNITS[FIRST]}"
            self._say(CENTRE, NewEntry(kinds.CASE_AMENDED, subject, withdrawn, stream=stream))

    @rule(place=_TASK, device=_OURS, state=_STATE)
    def the_station_answers(self, place: int, device: DeviceId, state: AssignedState) -> None:
        """As its program lets it: an open one that it knows."""
        task = self.given.get(place)
        if task is None or not self._knows(device, task) or not self._read(device, task).open:
            return
        answer = self._answer(device, task, state, _CASES[FIRST])
        tick = NewEntry(kinds.TASK_DONE, f"task/{task}", _TICK)
        self._say(device, answer, *(() if state is AssignedState.ACCEPTED else (tick,)))
        if state is AssignedState.FINISHED:
            self.finished.add(task)

    @rule(place=_TASK, state=_STATE, by=st.sampled_from((OTHER, CENTRE)))
    def another_answers_for_it(self, place: int, state: AssignedState, by: DeviceId) -> None:
        task = self.given.get(place)
        if task is not None:
            new = self._answer(by, task, state, _CASES[FIRST])
            stream = f"{CENTRE}.{UNITS[FIRST]}" if by == CENTRE else ""
            self._forge(by, NewEntry(new.kind, new.subject, new.fields, stream=stream))

    @rule(place=_TASK, by=st.sampled_from(DESKS), name=st.sampled_from(("due", "source", "case")))
    def somebody_changes_what_was_asked(self, place: int, by: DeviceId, name: str) -> None:
        task, others = self.given.get(place), {"due": AT, "source": "", "case": _CASES[OTHER]}
        if task is not None:
            fields: dict[str, Json] = {name: others[name]}
            self._forge(by, NewEntry(kinds.CASE_AMENDED, f"task/{task}", fields))

    @rule(by=st.sampled_from((FIRST, OTHER)))
    def a_station_gives_itself_one(self, by: DeviceId) -> None:
        task = self._task(by, _SOURCE)
        fields = task.to_fields(_CASES[by])
        self._forge(by, NewEntry(kinds.TASK_RECORDED, f"task/{task.id}", fields))

    @rule(place=_TASK, state=_STATE)
    def one_answer_becomes_another(self, place: int, state: AssignedState) -> None:
        task = self.given.get(place)
        if task is None or not self._knows(FIRST, task) or not self._read(FIRST, task).open:
            return
        answer = self._answer(FIRST, task, AssignedState.FINISHED, _CASES[FIRST])
        self._say(FIRST, answer)
        self.finished.add(task)
        changed: dict[str, Json] = {"source": answer_source(state)}
        self._forge(FIRST, NewEntry(kinds.CASE_AMENDED, answer.subject, changed))

    @rule(to=st.sampled_from((*DESKS, CENTRE)), place=st.integers(0, 2), count=st.integers(1, 6))
    def a_stick_arrives(self, to: DeviceId, place: int, count: int) -> None:
        streams = self._streams_for(to)
        self._carry(to, streams[place % len(streams)], count)


def test_what_one_pc_finished_is_not_returned_by_the_other() -> None:
    world = AssignedTasks()
    world.the_centre_gives(0)
    for device in OURS:
        for stream in (*(d for d in OURS if d != device), f"{CENTRE}.{UNITS[FIRST]}"):
            world._carry(device, stream, 10**6)
    world.the_station_answers(0, FIRST, AssignedState.FINISHED)
    world.the_station_answers(0, COLLEAGUE, AssignedState.RETURNED)
    world._carry(CENTRE, COLLEAGUE, 10**6)
    assert world._read(CENTRE, world.given[0]).state is AssignedState.RETURNED
    world._carry(CENTRE, FIRST, 10**6)
    assert world._read(CENTRE, world.given[0]).state is AssignedState.FINISHED
    world.teardown()


@pytest.mark.parametrize("begins", SAID_BY_CENTRE)
def test_only_one_side_may_write_each_kind_of_task(begins: str) -> None:
    """By the station that holds the case, by another one, and by the centre: it counts of the side that the table
    names, and whoever hears a word of the other side refuses it."""
    world = AssignedTasks()
    world._carry(CENTRE, FIRST, 10**6)
    for by in (FIRST, OTHER, CENTRE):
        task = world._task(by, f"{begins}visit")
        stream = f"{CENTRE}.{UNITS[FIRST]}" if by == CENTRE else ""
        fields = {**task.to_fields(_CASES[FIRST]), **_TICK}
        new = NewEntry(kinds.TASK_RECORDED, f"task/{task.id}", fields, stream=stream)
        if (by == CENTRE) is SAID_BY_CENTRE[begins] and by != OTHER:
            world._say(by, new)
        else:
            world._forge(by, new)
    request = world._task(FIRST, request_source(AssignedKind.VISIT))
    world._say(
        FIRST,
        NewEntry(kinds.TASK_RECORDED, f"task/{request.id}", request.to_fields(_CASES[FIRST])),
    )
    world._carry(CENTRE, FIRST, 10**6)
    rewritten: dict[str, Json] = {"source": _SOURCE}
    for by, changed in ((OTHER, _TICK), (FIRST, rewritten)):
        world._forge(by, NewEntry(kinds.CASE_AMENDED, f"task/{request.id}", changed))
    world.teardown()


TestAssignedTasks = AssignedTasks.TestCase
TestAssignedTasks.settings = settings(
    phases=(Phase.explicit, Phase.generate),
    max_examples=5,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
