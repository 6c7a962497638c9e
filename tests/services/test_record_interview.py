"""The time of an interview is its own: started, ended, typed, taken back; the report's time is never it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.case_file.supplement_papers import interview_for
from desktop.domain.cases.interview import Interview
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.give_back import give_back
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.services.papers.record_interview import (
    end_interview,
    record_interview,
    start_interview,
)
from tests.support.sessions import Seat, a_form


@pytest.fixture
def case(seat: Seat) -> CaseId:
    return register_report(seat.session, a_form(seat.session)).case


def known(seat: Seat, case: CaseId, about: str = "") -> Interview:
    return interview_for(case_file(seat.session, case), about)


def test_it_starts_and_ends_when_the_key_is_pressed(seat: Seat, case: CaseId) -> None:
    accepted = case_file(seat.session, case).case.accepted_at
    seat.clock.advance(hours=2)
    began = start_interview(seat.session, case)
    assert began.began == seat.clock.now() != accepted
    assert (began.asker, began.recorder) == (seat.session.officer.number, "")
    assert began.place == case_file(seat.session, case).case.unit_name
    seat.clock.advance(minutes=40)
    ended = end_interview(seat.session, case)
    assert ended == known(seat, case)
    assert ended.ended is not None
    assert ended.ended - (ended.began or ended.ended) == timedelta(minutes=40)
    assert known(seat, case, "supplement/s1").is_unsaid
    for again, code in ((start_interview, "interview.begun"), (end_interview, "interview.over")):
        with pytest.raises(AppError) as refused:
            again(seat.session, case)
        assert refused.value.code == code


def test_what_has_not_begun_does_not_end(seat: Seat, case: CaseId) -> None:
    with pytest.raises(AppError) as refused:
        end_interview(seat.session, case)
    assert refused.value.code == "interview.not_begun"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"began": 1}, "interview.future"),
        ({"ended": 1}, "interview.future"),
        ({"began": -1, "ended": -2}, "interview.order"),
        ({"asker": "620134", "recorder": " 620134 "}, "interview.same_officer"),
        ({"present": "甲" * 4001}, "interview.long"),
    ],
)
def test_what_can_not_be_is_refused(
    seat: Seat, case: CaseId, typed: dict[str, object], code: str
) -> None:
    now = seat.clock.now()
    facts = {
        name: now + timedelta(hours=value) if isinstance(value, int) else value
        for name, value in typed.items()
    }
    with pytest.raises(AppError) as refused:
        record_interview(seat.session, case, replace(Interview(), **facts))  # type: ignore[arg-type]  # real ones
    assert refused.value.code == code
    assert known(seat, case).is_unsaid


def test_it_is_in_the_history_outlives_an_amendment_and_can_be_given_back(
    seat: Seat, case: CaseId
) -> None:
    start_interview(seat.session, case)
    typed = replace(known(seat, case), place="被害人家中", recorder="620135", present="母亲王芳")
    record_interview(seat.session, case, typed)
    register_report(seat.session, replace(form_of(seat.session, case), narrative="改过"))
    assert known(seat, case) == typed
    amended = [row for row in history(seat.session, case) if row.kind == CASE_AMENDED]
    assert any("answer.interview.first.place" in dict(row.fields) for row in amended)
    give_back(seat.session, case, "answer.interview.first.place")
    assert known(seat, case).place == case_file(seat.session, case).case.unit_name
    record_interview(seat.session, case, Interview())
    assert known(seat, case).is_unsaid


def test_who_only_reads_records_nothing(seat: Seat, case: CaseId) -> None:
    auditor = Officer("620199", "审计", (Role.AUDITOR,))
    session = replace(seat.session, officer=auditor)
    with pytest.raises(AppError, match=r"^rights\.missing$"):
        start_interview(session, case)
