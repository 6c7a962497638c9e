"""劝阻: a centre calls whoever was warned until it is known what came of it, and counts what stayed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.cases.answers import choice_mark
from desktop.domain.cases.case import Visit
from desktop.domain.cases.dissuasion import LEVEL, Dissuasions
from desktop.domain.ids import CaseId
from desktop.services.calls.dissuade import CallOut, due_calls, record_call_out
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.read_statistics import read_statistics
from desktop.services.session import Session
from tests.support.clocks import START, HandClock
from tests.support.error_texts import refused
from tests.support.sessions import a_form

RED, UNREACHED, STOPPED = map(choice_mark, ("red", "unreached", "stopped"))


def taken(centre: Session, name: str, visit: Visit = Visit.DISSUASION) -> CaseId:
    own = centre.ids.bound_to(centre.profile.device)
    form = replace(
        a_form(centre, name), case_id=own.new_id(), visit=visit, transfers=(), identifiers=(),
        answers=((LEVEL, RED),),
    )  # fmt: skip
    return register_report(centre, form).case


def call(outcome: str, saved: str = "", at: datetime | None = None, note: str = "") -> CallOut:
    return CallOut(RED, outcome, "再打", saved, at, note)


def test_who_is_warned_is_called_until_something_came_of_it(centre: Session) -> None:
    clock = centre.clock
    assert isinstance(clock, HandClock)
    case, soon = taken(centre, "王芳"), timedelta(minutes=10)
    assert [(one.victim, one.due) for one in due_calls(centre)] == [("王芳", START + soon)]
    refused("dissuasion.no_outcome", lambda: record_call_out(centre, case, call("")))
    past = call(UNREACHED, at=START)
    refused("dissuasion.past", lambda: record_call_out(centre, case, past))
    report = taken(centre, "李秀兰", Visit.REPORT)
    refused("dissuasion.other_visit", lambda: record_call_out(centre, report, call(STOPPED)))

    clock.advance(minutes=5)
    again = record_call_out(centre, case, call(UNREACHED, note="占线"))
    assert again == clock.now() + soon
    assert [one.due for one in due_calls(centre)] == [again]
    agreed = clock.now() + timedelta(hours=3)
    record_call_out(centre, case, call(UNREACHED, at=agreed))
    assert [one.due for one in due_calls(centre)] == [agreed]
    assert record_call_out(centre, case, call(STOPPED, saved="5万")) is None
    assert due_calls(centre) == ()

    file = case_file(centre, case)
    assert [task.open for task in file.tasks] == [False, False]
    assert [one.text for one in file.supplements] == ["占线"]
    taken(centre, "赵强")
    found = read_statistics(centre)
    assert found.dissuasions == Dissuasions(
        count=2, stopped=1, open=1, saved_fen=5_000_000, calls=3
    )
    assert found.total.reports == 1, "whoever was warned is no report"
