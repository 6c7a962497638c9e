"""A task goes from the centre to a station and comes back accepted, finished or returned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.inbox import stations
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.case_file.assigned_rows import AssignedRow, AssignedView
from desktop.domain.case_file.task_terms import Responsible
from desktop.domain.cases.case import Visit
from desktop.domain.cases.tasks.assigned_task import AssignedKind, AssignedState, TaskResult
from desktop.domain.progress import SILENT
from desktop.services.assigned_tasks.answer_task import accept_task, finish_assigned, return_task
from desktop.services.assigned_tasks.give_task import TypedTask, give_task, withdraw_task
from desktop.services.assigned_tasks.list_assigned import (
    count_assigned,
    find_assigned,
    list_assigned,
    responsible_now,
)
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.tasks import finish_task, open_tasks
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import board, case_file
from desktop.services.orders.shift.shift_briefing import shift_briefing
from desktop.services.session import Session
from tests.support.clocks import HandClock
from tests.support.error_texts import refused
from tests.support.sessions import a_form

Carry = Callable[[], None]


@pytest.fixture
def centre(centre: Session) -> Session:
    """With ids that name their maker, as the program makes them."""
    return replace(centre, ids=centre.ids.bound_to(centre.profile.device))


@pytest.fixture
def carried(session: Session, centre: Session, quick_folder: Path) -> Carry:
    """A stick up to the centre, and an answer down."""
    trips = iter(range(99))

    def go() -> None:
        up = quick_folder / f"stick{next(trips)}"
        up.mkdir()
        export_bundle(session, up, SILENT)
        assert not ingest(centre, Quarantine(quick_folder / "no"), [up], SILENT).problems
        down = quick_folder / f"stick{next(trips)}"
        down.mkdir()
        write_replies(centre, down, SILENT)
        assert not apply_bundle(session, [down], SILENT).problems

    return go


def only(session: Session, view: AssignedView = AssignedView.ALL) -> AssignedRow:
    rows = list_assigned(session, view).rows
    assert len(rows) == 1
    return rows[0]


def test_a_task_about_nobodys_case_is_accepted_and_finished(
    session: Session, centre: Session, carried: Carry
) -> None:
    unit = session.profile.unit_code
    typed = TypedTask(unit, AssignedKind.WARNING, " 见面劝阻 ", name="白秀英", phone="13919364417")
    refused("task.not_centre", lambda: give_task(session, typed))
    task = give_task(centre, typed).id
    assert [row.open_tasks for row in stations(centre)] == [1]
    assert only(centre, AssignedView.OPEN).one.state is AssignedState.GIVEN
    carried()

    there = only(session)
    assert (there.one.task.text, there.victim, there.offered) == ("见面劝阻", "白秀英", True)
    assert case_file(session, there.case).case.visit is Visit.DISSUASION
    assert [view.task.id for view in open_tasks(session)] == [task]
    assert [card.assigned_tasks for card in board(session)] == [1], "a mark on the board"
    refused("task.assigned", lambda: finish_task(session, task))
    refused("centre.reads_cases", lambda: accept_task(centre, task))
    accept_task(session, task)
    accept_task(session, task)
    assert only(session).one.state is AssignedState.ACCEPTED
    carried()
    assert only(centre).one.state is AssignedState.ACCEPTED

    refused("task.no_result", lambda: finish_assigned(session, task, " "))
    finish_assigned(session, task, "没找到人", TaskResult.NOT_REACHED)
    refused("task.over", lambda: return_task(session, task, "晚了"))
    assert open_tasks(session) == ()
    assert [card.assigned_tasks for card in board(session)] == [0]
    withdraw_task(centre, task)
    carried()
    for side in (session, centre):
        one = only(side, AssignedView.FINISHED).one
        assert (one.state, one.words, one.result) == (
            AssignedState.FINISHED,
            "没找到人",
            TaskResult.NOT_REACHED,
        )
        assert case_file(side, there.case).assigned == (one,)
        assert len(case_file(side, there.case).tasks) == 1
        assert case_file(side, there.case).conflicts == ()


def test_one_about_a_case_of_the_station_stands_there_and_is_returned(
    session: Session, centre: Session, carried: Carry
) -> None:
    case, unit = register_report(session, a_form(session)).case, session.profile.unit_code
    carried()
    past = centre.clock.now() - timedelta(hours=1)
    for code, typed in (
        ("task.empty", TypedTask(unit, AssignedKind.EVIDENCE, " ")),
        ("task.due_past", TypedTask(unit, AssignedKind.EVIDENCE, "调取", past)),
        ("task.no_station", TypedTask("620102990000", AssignedKind.EVIDENCE, "调取")),
        ("case.unknown", TypedTask(unit, AssignedKind.EVIDENCE, "调取", case="none")),
    ):
        refused(code, partial(give_task, centre, typed))
    call = register_report(centre, a_form(centre)).case
    typed = TypedTask(unit, AssignedKind.EVIDENCE, "调取", case=call)
    refused("task.case_not_assigned", partial(give_task, centre, typed))
    task = give_task(centre, TypedTask(unit, AssignedKind.EVIDENCE, "调取监控", case=case)).id
    carried()
    refused("task.no_reason", lambda: return_task(session, task, " "))
    assert (only(session).case, only(session).offered) == (case, False)
    return_task(session, task, "监控已覆盖")
    carried()
    row = only(centre, AssignedView.RETURNED)
    assert (row.one.words, row.one.by) == ("监控已覆盖", session.officer.number)
    assert responsible_now(centre, row) is None
    refused("task.over", lambda: withdraw_task(centre, task))


def test_what_is_missed_goes_to_the_head_and_then_to_the_duty_leader(
    session: Session, centre: Session, carried: Carry
) -> None:
    clock = centre.clock
    assert isinstance(clock, HandClock)
    unit = session.profile.unit_code
    task = give_task(centre, TypedTask(unit, AssignedKind.CALL_BACK, "回访", urgent=True)).id
    for who, hours in zip(Responsible, (1, 2, 1), strict=True):
        assert responsible_now(centre, find_assigned(centre, task)) is who
        clock.advance(hours=hours)
    assert count_assigned(centre)[AssignedView.OVERDUE] == 1
    assert only(centre, AssignedView.OVERDUE).one.urgent
    carried()
    assert isinstance(session.clock, HandClock)
    session.clock.advance(hours=4)
    told = [item for case in shift_briefing(session).cases for item in case.news]
    assert [item.responsible for item in told if item.text == "回访"] == [Responsible.DUTY_LEADER]
    return_task(session, task, "不归本所管辖")
    carried()
    row = only(centre, AssignedView.RETURNED)
    assert (row.one.words, row.one.state) == ("不归本所管辖", AssignedState.RETURNED)
    assert only(session, AssignedView.RETURNED).one.words == "不归本所管辖"


def test_pages_go_on_behind_the_last_row(session: Session, centre: Session) -> None:
    unit = session.profile.unit_code
    kinds = (AssignedKind.VISIT, AssignedKind.CALL_BACK, AssignedKind.VISIT)
    given = [give_task(centre, TypedTask(unit, kind, "上门")).id for kind in kinds]
    for view in (AssignedView.OPEN, AssignedView.ALL):
        found, after = [], None
        while True:
            page = list_assigned(centre, view, after=after, limit=1)
            found += [row.one.task.id for row in page.rows]
            after = page.after
            if after is None:
                break
        assert sorted(found) == sorted(given)
    asked = list_assigned(centre, AssignedView.ALL, kind=AssignedKind.CALL_BACK, unit=unit)
    assert [row.one.task.id for row in asked.rows] == [given[1]]
    assert list_assigned(centre, AssignedView.ALL, unit="620102990000").rows == ()
