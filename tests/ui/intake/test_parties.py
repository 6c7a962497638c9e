"""Page 当事人: the victim in person at one key, a daughter for her mother, a company with its handler, a child."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.case import Case
from desktop.domain.cases.people.party import SELF
from desktop.domain.ids import CaseId
from desktop.services.cases.form.drafts import blank_party
from desktop.services.look_up import case_file, search
from desktop.services.ports import FormSpec
from desktop.ui.intake.pages import papers
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.input.field import Field
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.intake.conftest import MakePage
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.looks import LOOKS

CONTROL = Qt.KeyboardModifier.ControlModifier
REPORTER = 2
"""The step."""


def registered(page: IntakePage, seat: Seat) -> Case:
    case = CaseId(page.form.case_id)
    page.go_to(6).register()
    return case_file(seat.session, case).case


def to_the_switch(page: IntakePage) -> IntakePage:
    """From the first page with the key that goes on."""
    page.fill(victim_name="李秀兰", victim_id_number="620102196804152044").next()
    assert page.focused().objectName() == "reported_by_self"
    return page


def test_the_victim_in_person_is_one_key(page: IntakePage, seat: Seat) -> None:
    """What nobody said is asked first; then the keyboard stands in the first thing that is not known."""
    to_the_switch(page).enter()
    assert page.focused_path() == "victim.address"
    assert page.form.reported_by == SELF
    page.type("张掖路 88 号").next()
    case = registered(page, seat)
    assert (case.reporter.name, case.parties) == ("李秀兰", ())


def test_whoever_never_turns_the_switch_reports_as_before(page: IntakePage, seat: Seat) -> None:
    case = registered(page.fill(victim_name="李秀兰"), seat)
    assert (case.reported_by, case.reporter.name) == ("", "李秀兰")


def test_a_daughter_reports_for_her_mother(page: IntakePage, seat: Seat) -> None:
    """All of it by keys: agent, name, relation, telephone, ID, papers."""
    to_the_switch(page).press(Qt.Key.Key_Right).enter()
    for name, fact in (
        ("name", "王芳"), ("relation", "女儿"), ("phone", "13893100027"), ("id_kind", "resident_id"),
        ("id_number", "620102199204150026"), ("organisation", ""), ("address", "同住"), ("papers", "户口簿"),
        ("consent", "其母电话中同意"),
    ):  # fmt: skip
        assert page.focused_path() == f"parties.0.{name}"
        if fact:
            page.type(fact)
        page.enter()
    assert page.focused_path() == "victim.name"
    case = registered(page, seat)
    (party,) = case.parties
    assert case.reporter == party
    assert (party.roles, party.name, party.relation) == (("agent",), "王芳", "女儿")
    assert (party.phone, party.papers, party.consent) == ("13893100027", "户口簿", "其母电话中同意")
    assert case.victim.name == "李秀兰"
    assert [hit.case for hit in search(seat.session, "王芳")[0]] == [case.id]


def test_a_company_reports_by_its_handler(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="兰州某某商贸有限公司").go_to(REPORTER)
    page.focus("victim.id_kind").type("uscc")
    page.fill(victim_id_number="91110000600037341L", victim_representative="赵建华")
    assert not page.field("victim.workplace").isVisible()
    page.window.find("reported_by_self").setFocus()
    for _ in range(3):
        page.press(Qt.Key.Key_Right)
    assert page.focused().objectName() == "reported_by_handler"
    page.enter().type("孙会计").enter().type("公司出纳")
    page.fill(parties_0_papers="授权委托书", parties_0_organisation="兰州某某商贸有限公司")
    case = registered(page, seat)
    assert (case.victim.id_kind, case.victim.representative) == ("uscc", "赵建华")
    assert (case.reporter.roles, case.reporter.name) == (("handler",), "孙会计")


def test_a_child_with_its_guardian_and_a_witness(
    page: IntakePage, make_page: MakePage, seat: Seat
) -> None:
    """Reopened, every fact stands where it was typed."""
    page.fill(victim_name="王小明").go_to(REPORTER)
    page.window.click("reported_by_guardian")
    page.fill(parties_0_name="王大山", parties_0_relation="父亲", parties_0_papers="出生医学证明")
    page.press(Qt.Key.Key_Plus, CONTROL)
    assert page.focused_path() == "parties.1.role"
    page.type("witness")
    page.fill(parties_1_name="刘老师", parties_1_phone="13893100028")
    case = registered(page, seat)
    again = make_page()
    again.screen.resume(case.id)
    again.go_to(REPORTER)
    assert again.window.find("reported_by_guardian").isChecked()  # type: ignore[attr-defined]  # a button
    assert again.field("parties.0.name").value() == "王大山"
    assert again.field("parties.1.role").value() == "witness"
    again.fill(parties_0_phone="13893100029")
    changed = registered(again, seat)
    assert changed.parties == (replace(case.parties[0], phone="13893100029"), case.parties[1])


def test_the_switch_goes_round_without_leaving_anybody_behind(page: IntakePage) -> None:
    to_the_switch(page)
    for role in ("agent", "guardian", "handler"):
        page.press(Qt.Key.Key_Right)
        assert [party.role for party in page.form.parties] == [role]
    page.press(Qt.Key.Key_Right)
    assert [party.role for party in page.form.parties] == [""]
    page.press(Qt.Key.Key_Right)
    assert page.focused().objectName() == "reported_by_self"
    assert (page.form.parties, page.form.reported_by) == ((), SELF)


def test_whoever_was_typed_stays_when_the_victim_reports_after_all(page: IntakePage) -> None:
    page.fill(victim_name="李秀兰").go_to(REPORTER)
    page.window.click("reported_by_agent")
    page.fill(parties_0_name="王芳")
    page.window.click("reported_by_self")
    assert (page.form.reported_by, page.form.parties[0].name) == (SELF, "王芳")
    page.window.click("reported_by_agent")
    assert page.form.reported_by == page.form.parties[0].id
    assert len(page.form.parties) == 1


def test_a_party_is_taken_out_after_a_question(page: IntakePage) -> None:
    page.fill(victim_name="李秀兰").go_to(REPORTER)
    page.window.click("reported_by_agent")
    page.fill(parties_0_name="王芳")
    page.press(Qt.Key.Key_Plus, CONTROL)
    page.press(Qt.Key.Key_Minus, CONTROL)  # nothing was typed: nothing to ask
    assert [party.name for party in page.form.parties] == ["王芳"]
    page.focus("parties.0.relation").press(Qt.Key.Key_Minus, CONTROL)
    page.dialog("confirm_dialog").click("confirm_accept")
    assert (page.form.parties, page.form.reported_by) == ((), "")
    assert page.focused().objectName() == "reported_by_self"


def test_roles_of_a_newer_program_stay(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="李秀兰").go_to(REPORTER)
    page.screen.model.add_party(blank_party(seat.session), "payer ambassador")
    page.fill(parties_0_name="王芳")
    assert page.field("parties.0.role").value() == "payer ambassador"
    assert registered(page, seat).parties[0].roles == ("payer", "ambassador")


def test_a_notice_for_witnesses_is_listed_where_one_may_be_handed_it(
    page: IntakePage, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = FormSpec("witness_rights", {"zh_CN": "证人诉讼权利义务告知书"}, "criminal_2022")
    monkeypatch.setattr(papers, "list_forms", lambda _session: (notice,))
    page.fill(victim_name="李秀兰").go_to(6)

    def listed() -> bool:
        return [row.id for row in page.screen.pages.papers.offered()] == [notice.id]

    assert not listed()
    page.screen.model.add_party(replace(blank_party(seat.session), name="王芳"), "witness")
    page.go_to(REPORTER).go_to(6)
    assert listed()


def test_of_very_many_parties_a_part_is_typed_into(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="李秀兰").go_to(REPORTER)
    several = tuple(replace(blank_party(seat.session), name=f"证人{n}") for n in range(40))
    page.screen.model.load(replace(page.form, parties=several))
    assert page.window.find("party_12").isVisible()
    assert page.screen.pages.fields.fields_at("parties.12.name") == ()
    assert len(registered(page, seat).parties) == 40


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_much_of_everything_fits(
    page: IntakePage, seat: Seat, language: str, scheme: Scheme
) -> None:
    """An organisation with its handler, a further victim from abroad and a role of a newer program."""
    kit = page.screen.kit
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    page.fill(victim_name="兰州某某商贸有限责任公司第一分公司").go_to(REPORTER)
    page.focus("victim.id_kind").type("uscc")
    page.window.click("reported_by_handler")
    page.fill(parties_0_name="阿不都热依木·买买提", parties_0_id_number="620102199204150021")
    for role, kind in (("victim", "foreign_resident"), ("payer ambassador", "uscc")):
        blank = replace(blank_party(seat.session), id_kind=kind, name="某某", id_number="12")
        page.screen.model.add_party(blank, role)
    page.window.qtbot.waitUntil(
        lambda: not clipped_texts(page.screen) + overlaps(page.screen), timeout=1000
    )
    kit.theme.set_scheme(Scheme.LIGHT)


def test_the_payer_is_filled_in_by_one_key_where_nobody_typed_another(
    page: IntakePage, seat: Seat
) -> None:
    page.fill(victim_name="李秀兰", transfers_0_amount="98,000")
    page.press(Qt.Key.Key_Plus, CONTROL)
    page.fill(transfers_1_amount="2,000", transfers_1_payer_name="赵丽")
    page.go_to(REPORTER)
    page.press(Qt.Key.Key_Plus, CONTROL).type("payer")
    offer = page.window.find("party_1_payer")
    assert not offer.isVisible(), "nobody knows the name yet"
    page.fill(parties_0_name="王芳")
    assert offer.isVisible()
    assert [row.payer_name for row in page.form.transfers] == ["李秀兰", "赵丽"], "only offered"
    page.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert [row.payer_name for row in page.form.transfers] == ["王芳", "赵丽"]
    assert not offer.isVisible()
    case = registered(page, seat)
    paid = case_file(seat.session, case.id).transfers
    assert [item.payer.name for item in paid] == ["王芳", "赵丽"]


def test_an_example_stands_in_the_field_it_is_an_example_of(page: IntakePage) -> None:
    """Of the victim, of who reports, of the payment and of the lead; no other field has any."""
    page.fill(victim_name="王小明").go_to(REPORTER)
    page.window.click("reported_by_guardian")
    shown = {}
    for field in page.screen.findChildren(Field):
        if isinstance(field.editor, QLineEdit) and field.editor.placeholderText():
            shown[field.objectName().removesuffix("_field")] = field.editor.placeholderText()
    assert shown == {
        name: zh(key)
        for name, key in {
            "reporter.address": "intake.victim.address_example",
            "parties.0.relation": "party.relation_example",
            "parties.0.papers": "party.papers_example",
            "parties.0.consent": "party.consent_example",
            "transfers.0.time": "intake.money.time_example",
            "lead_value": "intake.identifiers.example",
        }.items()
    }
