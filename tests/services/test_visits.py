"""Four kinds of visit: what each needs, and one becoming another without retyping."""

from __future__ import annotations

import json

import pytest

from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.journal.kinds import CASE_CONVERTED, CASE_REGISTERED
from desktop.runtime.files.resources import resource_path
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.convert_visit import convert_visit
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import document_of
from desktop.services.cases.form.visit_elements import elements
from desktop.services.look_up import board, case_deadlines, case_file, history
from desktop.services.papers.enquiry_sheet import enquiry_facts
from tests.support.sessions import Seat
from tests.support.strict import all_of

OTHERS = [visit for visit in Visit if visit is not Visit.REPORT]


def _sample(visit: Visit) -> dict[str, object]:
    found: dict[str, object] = json.loads(resource_path(f"samples/{visit}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("visit", list(Visit))
def test_a_sample_of_each_kind_registers_and_reads_back(seat: Seat, visit: Visit) -> None:
    form = form_from_document(seat.session, _sample(visit))
    case = register_report(seat.session, form).case
    file = case_file(seat.session, case)
    assert file.case.visit is visit
    again = form_from_document(seat.session, document_of(file))
    assert (again.visit, again.answers, again.narrative) == (visit, form.answers, form.narrative)
    assert history(seat.session, case)[0].kind == CASE_REGISTERED


@pytest.mark.parametrize("visit", OTHERS)
def test_the_sample_lacks_nothing_and_a_blank_form_everything(seat: Seat, visit: Visit) -> None:
    form = form_from_document(seat.session, _sample(visit))
    needed = elements(seat.session, form)
    assert needed
    assert all_of(item.done for item in needed)
    blank = elements(seat.session, IntakeForm("c", visit=visit.value))
    assert [item.key for item in blank] == [item.key for item in needed]
    assert not any(item.done for item in blank)


def test_a_question_left_open_for_a_reason_is_done(seat: Seat) -> None:
    form = IntakeForm("c", visit="tip", answers=(("tip.ask.learned", "@refused"),))
    done = {item.key: item.done for item in elements(seat.session, form)}
    assert done["tip.ask.learned"]
    assert not done["tip.ask.identity"]


def test_an_enquiry_becomes_a_report_with_all_that_was_typed(seat: Seat) -> None:
    form = form_from_document(seat.session, _sample(Visit.ENQUIRY))
    case = register_report(seat.session, form).case
    before = case_file(seat.session, case)
    convert_visit(seat.session, case, Visit.REPORT)
    convert_visit(seat.session, case, Visit.REPORT)  # it is one already: nothing more to say
    after = case_file(seat.session, case)
    assert (after.case.visit, after.case.converted_from) == (Visit.REPORT, "enquiry")
    assert after.case.answers == before.case.answers
    assert after.identifiers == before.identifiers
    told = [row for row in history(seat.session, case) if row.kind == CASE_CONVERTED]
    assert [dict(row.fields) for row in told] == [{"visit": "report", "converted_from": "enquiry"}]


def test_the_wizard_converts_a_registered_case_by_registering_it_again(seat: Seat) -> None:
    case = register_report(
        seat.session, form_from_document(seat.session, _sample(Visit.DISSUASION))
    ).case
    form = form_of(seat.session, case).as_visit("report")
    register_report(seat.session, form)
    last = history(seat.session, case)[-1]
    assert (last.kind, dict(last.fields)["converted_from"]) == (CASE_CONVERTED, "dissuasion")
    register_report(seat.session, form_of(seat.session, case))
    assert case_file(seat.session, case).case.converted_from == "dissuasion"
    assert len(history(seat.session, case)) == 3  # the case, its lead, the conversion


def test_a_draft_remembers_what_it_was_begun_as(seat: Seat) -> None:
    blank = IntakeForm("c")
    assert blank.as_visit("tip").converted_from == ""
    form = IntakeForm("c", visit="enquiry", victim=VictimText(name="马晓梅"))
    report = form.as_visit("report")
    assert (report.victim, report.converted_from) == (form.victim, "enquiry")
    assert report.as_visit("dissuasion").converted_from == "enquiry"
    assert report.as_visit("enquiry").converted_from == ""
    case = register_report(seat.session, report).case
    assert case_file(seat.session, case).case.converted_from == "enquiry"


def test_an_open_draft_of_the_case_follows(seat: Seat) -> None:
    form = form_from_document(seat.session, _sample(Visit.ENQUIRY))
    case = register_report(seat.session, form).case
    save_draft(seat.session, form)
    convert_visit(seat.session, case, Visit.REPORT)
    assert form_of(seat.session, case).visit == "report"


def test_a_draft_alone_cannot_be_converted_by_number(seat: Seat) -> None:
    save_draft(seat.session, IntakeForm("c"))
    with pytest.raises(UserInputError, match=r"^case\.unknown$"):
        convert_visit(seat.session, CaseId("c"), Visit.TIP)


def test_who_only_asks_starts_no_clock_of_filing(seat: Seat) -> None:
    names = {}
    for visit in Visit:
        case = register_report(seat.session, form_from_document(seat.session, _sample(visit))).case
        clocks = case_deadlines(seat.session, case_file(seat.session, case))
        names[visit] = {clock.name for clock in clocks}
    assert not names[Visit.ENQUIRY] | names[Visit.DISSUASION]
    assert names[Visit.TIP] < names[Visit.REPORT]


def test_the_sheet_says_what_was_asked_answered_and_ticked(seat: Seat) -> None:
    form = form_from_document(seat.session, _sample(Visit.ENQUIRY))
    case = register_report(seat.session, form).case
    facts = enquiry_facts(seat.session, case_file(seat.session, case), {}, "zh_CN")
    assert facts.question == form.narrative
    assert facts.type_name == "虚假贷款类诈骗"
    assert facts.advice[0].startswith("放款前收费")
    assert len(facts.advice) == 3
    assert any("96110" in line for line in facts.advice)


def test_a_name_that_is_to_be_kept_secret_stands_on_no_list(seat: Seat) -> None:
    document = _sample(Visit.TIP) | {"victim": {"name": "马晓梅"}}
    for said, shown in (("@=named", "马晓梅"), ("@=secret", "")):
        answers = {"tip.ask.identity": said}
        form = form_from_document(seat.session, document | {"answers": answers})
        case = register_report(seat.session, form).case
        card = next(card for card in board(seat.session) if card.id == case)
        assert card.victim == shown
        assert case_file(seat.session, case).case.victim.name == "马晓梅"
