"""A station asks another for something through the centre, and hears what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.inbox import stations
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.case_file.assigned_rows import AssignedRow, AssignedView
from desktop.domain.case_file.task_terms import Responsible
from desktop.domain.cases.tasks.assigned_task import AssignedKind, AssignedState, TaskResult
from desktop.domain.errors import UserInputError
from desktop.domain.ids import TaskId
from desktop.domain.installation.officer import Role
from desktop.domain.progress import SILENT
from desktop.services.assigned_tasks import decide_request
from desktop.services.assigned_tasks.answer_task import accept_task, finish_assigned, return_task
from desktop.services.assigned_tasks.decide_request import (
    Passing,
    pass_on_request,
    receivers_of_request,
    refuse_request,
)
from desktop.services.assigned_tasks.enclose_files import enclose_files
from desktop.services.assigned_tasks.give_task import TypedTask, give_task, withdraw_task
from desktop.services.assigned_tasks.list_assigned import (
    count_assigned,
    find_assigned,
    list_assigned,
    responsible_now,
)
from desktop.services.assigned_tasks.request_task import (
    TypedRequest,
    request_again,
    request_task,
    withdraw_request,
)
from desktop.services.assigned_tasks.task_slip import draw_task_slip
from desktop.services.calls.assign_case import assign_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.tasks import finish_task
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.view_evidence import open_evidence
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_evidence, case_file
from desktop.services.orders.shift.centre_shift import centre_shift
from desktop.services.orders.shift.lead_shift import duty_view
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import HandClock
from tests.support.error_texts import refused
from tests.support.sessions import a_form, take_seat

Carry = Callable[[], None]


@pytest.fixture
def centre(centre: Session) -> Session:
    """With ids that name their maker, as the program makes them."""
    return replace(centre, ids=centre.ids.bound_to(centre.profile.device))


@pytest.fixture
def session(session: Session) -> Session:
    return replace(session, ids=session.ids.bound_to(session.profile.device))


@pytest.fixture
def other(quick_folder: Path, centre: Session) -> Iterator[Session]:
    """A station of another district."""
    seat = take_seat(
        quick_folder / "other", "A", unit_code="620103550000", unit_name="七里河派出所"
    )
    trust_peer(seat.session, approve(centre, own_card(seat.session)))
    yield replace(seat.session, ids=seat.session.ids.bound_to(seat.session.profile.device))
    seat.session.store.close()


@pytest.fixture
def carried(session: Session, other: Session, centre: Session, quick_folder: Path) -> Carry:
    """Sticks of both stations up to the centre, and one answer down to each."""
    trips = iter(range(99))

    def go() -> None:
        for station in (session, other):
            up = quick_folder / f"stick{next(trips)}"
            up.mkdir()
            export_bundle(station, up, SILENT)
            assert not ingest(centre, Quarantine(quick_folder / "no"), [up], SILENT).problems
        down = quick_folder / f"stick{next(trips)}"
        down.mkdir()
        try:
            write_replies(centre, down, SILENT)
        except UserInputError as error:
            assert error.code == "export.nothing"  # noqa: PT017 - nobody lacks anything
        for station in (session, other):
            apply_bundle(station, [down], SILENT)

    return go


def own(session: Session, task: TaskId) -> AssignedRow:
    return find_assigned(session, task)


def only_given(session: Session) -> AssignedRow:
    (row,) = list_assigned(session, AssignedView.ALL).rows
    return row


def test_a_request_is_passed_on_and_its_result_comes_back(
    session: Session, other: Session, centre: Session, carried: Carry
) -> None:
    case, unit = register_report(session, a_form(session)).case, other.profile.unit_code
    typed = TypedTask("", AssignedKind.EVIDENCE, " 调取取款监控 ", urgent=True, case=case)
    task = request_task(session, TypedRequest(typed, unit[:6])).id
    assert own(session, task).one.state is AssignedState.REQUESTED
    refused("task.request", lambda: finish_task(session, task))
    carried()

    leader = replace(centre, officer=replace(centre.officer, roles=(Role.DUTY_LEADER,)))
    began = centre.clock.now()
    assert [row.one.task.id for row in duty_view(leader, (began, began)).tasks] == [task]
    waiting = list_assigned(centre, AssignedView.REQUESTS).rows
    assert [(row.one.task.text, row.one.urgent, row.unit_code) for row in waiting] == [
        ("调取取款监控", True, session.profile.unit_code)
    ]
    assert count_assigned(centre)[AssignedView.REQUESTS] == 1
    (best,) = receivers_of_request(centre, task)
    assert (best.unit_code, best.place) == (unit, unit[:6])
    for code, unit_code in (
        ("request.same_unit", session.profile.unit_code),
        ("task.no_station", "x"),
    ):
        refused(code, partial(pass_on_request, centre, task, Passing(unit_code)))
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(decide_request, "propose_stations", lambda *_: ())
        refused("request.nobody", lambda: receivers_of_request(centre, task))
    given = pass_on_request(centre, task, Passing(unit, note="急")).id
    assert [row.open_tasks for row in stations(centre) if row.unit_code == unit] == [1]
    refused("request.decided", lambda: pass_on_request(centre, task, Passing(unit)))
    refused("request.decided", lambda: refuse_request(centre, task, "晚了"))
    carried()
    for side in (session, centre):
        one = own(side, task).one
        assert one.state is AssignedState.PASSED_ON
        assert one.request is not None
        assert one.request.receiver == "七里河派出所"
    _accepted_and_finished(session, other, carried, task, given)
    assert not list_assigned(other, AssignedView.REQUESTS).rows, "who asked is not said there"


def _accepted_and_finished(
    session: Session, other: Session, carried: Carry, task: TaskId, given: TaskId
) -> None:
    there = only_given(other)
    assert (there.one.task.text, there.one.urgent) == ("调取取款监控\n急", True)
    assert case_file(other, there.case).case.victim.name == "李秀兰"
    accept_task(other, given)
    carried()
    carried()
    assert own(session, task).one.state is AssignedState.ACCEPTED
    finish_assigned(other, given, "监控已调取", TaskResult.ACHIEVED)
    carried()
    one = own(session, task).one
    assert (one.state, one.words, one.result, one.by) == (
        AssignedState.FINISHED, "监控已调取", TaskResult.ACHIEVED, other.officer.number,
    )  # fmt: skip
    file = case_file(session, own(session, task).case)
    assert [known.id for known in file.tasks] == [task], "the request only, until it is ticked off"
    finish_task(session, task)
    assert own(session, task).one.state is AssignedState.FINISHED
    assert file.conflicts == ()
    refused("task.over", lambda: withdraw_request(session, task))


def test_what_comes_of_requests_that_nobody_does(
    session: Session, other: Session, centre: Session, carried: Carry
) -> None:
    """One is refused, one returned by the other station, one withdrawn before anybody decided, one after."""
    unit = other.profile.unit_code
    warn = TypedTask(
        "", AssignedKind.WARNING, "劝阻", name="白秀英", phone="13919364417", address="七里河区"
    )
    refused("task.empty", lambda: request_task(session, TypedRequest(replace(warn, words=" "))))
    refused("request.place", lambda: request_task(session, TypedRequest(warn, "兰州")))
    refused("case.unknown", lambda: request_task(session, TypedRequest(replace(warn, case="none"))))
    refused("centre.reads_cases", lambda: request_task(centre, TypedRequest(warn)))
    turned, back, early, late = (request_task(session, TypedRequest(warn)).id for _ in range(4))
    withdraw_request(session, early)
    carried()
    assert own(centre, early).one.state is AssignedState.WITHDRAWN
    refused("request.decided", lambda: pass_on_request(centre, early, Passing(unit)))
    refused("task.not_centre", lambda: refuse_request(session, turned, "不"))
    refused("request.no_reason", lambda: refuse_request(centre, turned, " "))
    refuse_request(centre, turned, "已由110处置")
    given = pass_on_request(centre, back, Passing(unit)).id
    moot = pass_on_request(centre, late, Passing(unit)).id
    refused("task.unknown", lambda: withdraw_task(centre, back))
    refused("task.unknown", lambda: accept_task(session, back))
    refused("task.over", lambda: draw_task_slip(session, back))
    carried()
    there = find_assigned(other, given)
    victim = case_file(other, there.case).case.victim
    assert (victim.name, victim.phone, victim.address) == ("白秀英", "13919364417", "七里河区")
    return_task(other, given, "不在辖区")
    withdraw_request(session, late)
    carried()
    carried()
    states = {name: own(session, name).one for name in (turned, back, early, late)}
    assert [(one.state, one.words) for one in states.values()] == [
        (AssignedState.REFUSED, "已由110处置"),
        (AssignedState.RETURNED, "不在辖区"),
        (AssignedState.WITHDRAWN, ""),
        (AssignedState.WITHDRAWN, ""),
    ]
    assert find_assigned(other, moot).one.state is AssignedState.WITHDRAWN
    for name, one in states.items():
        assert own(centre, name).one == one
    _asked_again(session, centre, carried, back, unit)


def _asked_again(
    session: Session, centre: Session, carried: Carry, back: TaskId, unit: str
) -> None:
    """By a request of its own; what became of the former one stays."""
    former = own(session, back).one
    again = TypedRequest(TypedTask("", AssignedKind.WARNING, "人已回到七里河区"), unit[:6])
    fresh = request_again(session, back, again).id
    refused("request.not_over", lambda: request_again(session, fresh, again))
    carried()
    anew = own(centre, fresh)
    assert (anew.one.state, anew.one.task.about) == (AssignedState.REQUESTED, f"task/{back}")
    assert (anew.one.task.text, anew.case) == ("劝阻\n人已回到七里河区", own(session, back).case)
    pass_on_request(centre, fresh, Passing(unit))
    assert own(centre, fresh).one.state is AssignedState.PASSED_ON
    assert own(centre, back).one == former


def test_what_was_done_before_a_request_was_withdrawn_is_heard(
    session: Session, other: Session, centre: Session, carried: Carry, quick_folder: Path
) -> None:
    """Both words come up together, or the withdrawal first: the work was done, and counts."""
    typed = TypedTask("", AssignedKind.WARNING, "劝阻", name="白秀英")
    unit = other.profile.unit_code
    together, later = (request_task(session, TypedRequest(typed)).id for _ in range(2))
    carried()
    given = [pass_on_request(centre, one, Passing(unit)).id for one in (together, later)]
    carried()
    finish_assigned(other, given[0], "已见面劝阻", TaskResult.ACHIEVED)
    withdraw_request(session, later)
    export_bundle(session, quick_folder, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [quick_folder], SILENT)
    assert decide_request.follow_requests(centre) == 1, "the task is withdrawn"
    finish_assigned(other, given[1], "已见面劝阻", TaskResult.ACHIEVED)
    withdraw_request(session, together)
    carried()
    for request in (together, later):
        one = own(session, request).one
        assert (one.state, one.words) == (AssignedState.FINISHED, "已见面劝阻")
    assert decide_request.follow_requests(centre) == 0


def test_files_go_along_with_a_task_and_with_what_is_passed_on(
    session: Session, other: Session, centre: Session, carried: Carry, quick_folder: Path
) -> None:
    """Down to who is to do it and to nobody else, opened there by a recorded look; what shows the result comes up."""
    photo, unit = quick_folder / "取款.jpg", other.profile.unit_code
    photo.write_bytes(b"a man at a machine")
    case = register_report(session, a_form(session)).case
    attach_files(session, case, [photo], SILENT)
    task = request_task(
        session, TypedRequest(TypedTask("", AssignedKind.VISIT, "上门", case=case))
    ).id
    carried()
    given = pass_on_request(centre, task, Passing(unit, evidence=True)).id
    more = quick_folder / "通知.pdf"
    more.write_bytes(b"what the centre has to say")
    for code, paths in (("task.files", []), ("task.files", [quick_folder])):
        refused(code, partial(enclose_files, centre, given, paths, "中心", SILENT))
    refused("task.unknown", lambda: enclose_files(centre, task, [more], "中心", SILENT))
    refused("centre.reads_cases", lambda: attach_files(centre, case, [more], SILENT))
    enclose_files(centre, given, [more], "中心", SILENT)
    carried()
    there = find_assigned(other, given)
    assert there.files == 2
    looked = {}
    for item in case_evidence(other, there.case):
        with open_evidence(other, there.case, item.id) as content:
            looked[item.name] = content.read()
    assert looked == {"取款.jpg": photo.read_bytes(), "通知.pdf": more.read_bytes()}
    assert [item.name for item in case_evidence(session, case)] == ["取款.jpg"]

    accept_task(other, given)
    found = quick_folder / "到场.jpg"
    found.write_bytes(b"nobody was there")
    attach_files(other, there.case, [found], SILENT)
    finish_assigned(other, given, "没找到人", TaskResult.NOT_REACHED)
    carried()
    assert [centre.vault.has(item.sha256) for item in case_evidence(centre, there.case)] == [
        True
    ] * 3
    refused("task.over", lambda: enclose_files(centre, given, [more], "中心", SILENT))


def test_files_of_a_returned_record_go_nowhere(
    session: Session, other: Session, centre: Session, carried: Carry, quick_folder: Path
) -> None:
    unit, paper = session.profile.unit_code, quick_folder / "通知.pdf"
    paper.write_bytes(b"what the centre has to say")
    task = give_task(centre, TypedTask(unit, AssignedKind.VISIT, "上门", name="白秀英")).id
    carried()
    return_task(session, task, "不在辖区")
    enclose_files(centre, task, [paper], "中心", SILENT)
    carried()
    row = find_assigned(centre, task)
    assert row.one.state is AssignedState.RETURNED
    assign_case(centre, row.case, other.profile.unit_code)
    carried()
    (item,) = case_evidence(centre, row.case)
    assert (session.vault.has(item.sha256), other.vault.has(item.sha256)) == (False, True)


def test_a_request_that_waits_is_the_duty_leaders(session: Session, centre: Session) -> None:
    clock = session.clock
    assert isinstance(clock, HandClock)
    task = request_task(session, TypedRequest(TypedTask("", AssignedKind.CALL_BACK, "回访"))).id
    assert responsible_now(session, own(session, task)) is Responsible.OFFICER
    assert count_assigned(session)[AssignedView.OVERDUE] == 0
    clock.advance(hours=2)
    assert responsible_now(session, own(session, task)) is Responsible.DUTY_LEADER
    assert count_assigned(session)[AssignedView.OVERDUE] == 1
    page = list_assigned(session, AssignedView.OVERDUE)
    assert [row.one.task.id for row in page.rows] == [task]
    more = request_task(session, TypedRequest(TypedTask("", AssignedKind.VISIT, "上门"))).id
    first = list_assigned(session, AssignedView.REQUESTS, limit=1)
    assert [row.one.task.id for row in first.rows] == [more]
    rest = list_assigned(session, AssignedView.REQUESTS, after=first.after)
    assert [row.one.task.id for row in rest.rows] == [task]


def test_a_handover_masks_the_words_of_what_stations_ask_for(
    session: Session, centre: Session, carried: Carry
) -> None:
    typed = TypedTask("", AssignedKind.CALL_BACK, "回访 13919364417")
    task = request_task(session, TypedRequest(typed)).id
    carried()
    leader = replace(centre, officer=replace(centre.officer, roles=(Role.DUTY_LEADER,)))
    desk = centre_shift(leader)
    assert desk is not None
    (line,) = desk.tasks
    assert "回访" in line.text
    assert "13919364417" not in line.text
    assert own(centre, task).one.task.text == "回访 13919364417"
