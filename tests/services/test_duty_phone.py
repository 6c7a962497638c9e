"""The duty telephone stands on what somebody takes home, and nowhere where nobody said it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.profile.profile_file import profile_text
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.duty_phone import duty_phone_in, duty_phone_of
from desktop.domain.installation.officer import Role
from desktop.services.cases.changes.register_report import register_report
from desktop.services.duty_phone import duty_phone, own_duty_phone, set_duty_phone
from desktop.services.papers.draw_form import draw_form
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.session import Session
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.support.sessions import a_form, take_seat

NUMBER = "0931-8888888"
FORMS = ("acceptance_receipt", "guidance")


@pytest.fixture
def desk(tmp_path: Path) -> Session:
    return replace(take_seat(tmp_path / "desk", "A").session, papers=new_papers())


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_names_the_telephone_once_somebody_said_it(desk: Session, form: str) -> None:
    case = register_report(desk, a_form(desk)).case
    assert "值班电话" not in all_text(draw_form(desk, form, case).data)
    assert set_duty_phone(desk, profile_text, " ０９３１－８８８８８８８ ") == NUMBER
    assert NUMBER in all_text(draw_form(desk, form, case).data)
    set_duty_phone(desk, profile_text, "")
    assert NUMBER not in all_text(draw_form(desk, form, case).data)


def test_whoever_acts_on_a_notice_knows_whom_to_ring(desk: Session) -> None:
    set_duty_phone(desk, profile_text, NUMBER)
    case = register_report(desk, a_form(desk)).case
    facts = paper_facts(desk, case)
    for form in ("freeze_notice", "unfreeze_notice", "query_notice", "data_freeze_notice"):
        assert new_papers().texts(form, facts)["contact"] == NUMBER


def test_the_note_to_take_home_says_who_took_the_report(desk: Session) -> None:
    case = register_report(desk, a_form(desk)).case
    said = all_text(draw_form(desk, "guidance", case).data)
    assert desk.officer.number in said
    assert desk.profile.unit_name in said


def test_only_the_own_unit_is_reached_by_it(desk: Session) -> None:
    set_duty_phone(desk, profile_text, NUMBER)
    assert own_duty_phone(desk, desk.profile.unit_code) == NUMBER
    assert own_duty_phone(desk, "620105000000") == ""


def test_what_is_no_number_is_refused_and_the_old_one_stays(desk: Session) -> None:
    set_duty_phone(desk, profile_text, NUMBER)
    for typed in ("白天打所长手机", "0931-88888888888", "1", "110;rm", "13919364417/2"):
        with pytest.raises(UserInputError, match=r"duty_phone\.unreadable"):
            set_duty_phone(desk, profile_text, typed)
    assert duty_phone(desk) == NUMBER


def test_an_administrator_says_it(desk: Session) -> None:
    clerk = replace(desk, officer=replace(desk.officer, roles=(Role.FRONT_DESK,)))
    with pytest.raises(RuleError, match=r"rights\.missing"):
        set_duty_phone(clerk, profile_text, NUMBER)


@given(st.text() | st.text("0123456789-转 ０１－"))
def test_what_is_read_is_read_the_same_again(typed: str) -> None:
    try:
        number = duty_phone_of(typed)
    except UserInputError:
        assert duty_phone_in(tomli_w.dumps({"duty_phone": typed})) == ""
        return
    assert duty_phone_of(number) == number
    assert len(number) <= 24
