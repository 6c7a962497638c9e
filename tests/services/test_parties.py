"""Parties of a report, from the form over the journal and a bundle to the form of another desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.cases.form_facts import parties_of
from desktop.domain.cases.intake import IntakeForm, form_from_json
from desktop.domain.cases.people.party import SELF, PartyText
from desktop.domain.cases.sent_despite import SENT_DESPITE
from desktop.domain.errors import UserInputError
from desktop.domain.ids import PartyId
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.give_back import give_back
from desktop.services.cases.changes.register_report import register_report, unrecorded
from desktop.services.cases.form.drafts import save_draft
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history, search
from desktop.services.session import Session
from tests.domain.cases.test_party import SEVERAL
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import a_form
from tests.support.stations import Station
from tests.support.sweep import examples

QUICK = settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def typed(session: Session, several: list[PartyText]) -> tuple[PartyText, ...]:
    """With ids as the form gives them, in the order in which they were typed."""
    return tuple(replace(item, id=PartyId(session.ids.new_id())) for item in several)


def daughter(session: Session) -> PartyText:
    return PartyText(
        PartyId(session.ids.new_id()), role="agent", name="王芳", relation="女儿",
        phone="13893100027", papers="户口簿", consent="其母电话中同意",
    )  # fmt: skip


CARDS = SEVERAL.map(
    lambda several: [
        PartyText(**{name: getattr(item, name) for name in PartyText.__dataclass_fields__})
        for item in several
    ]
)


@QUICK
@given(CARDS, st.sampled_from(["", "call", "vision"]), st.booleans())
def test_any_set_of_parties_reaches_the_form_of_another_desk(
    station: Station, several: list[PartyText], source: str, other: bool
) -> None:
    a, b, centre = station.all
    parties = typed(a, several)
    reporter = parties[0].id if parties and other else SELF
    form = a_form(a, parties=parties, source=source, reported_by=reporter)
    form = form_from_json(form.to_json())  # as a draft brings it back
    case = register_report(a, form).case
    station.until_rest()
    expected = parties_of(form)
    assert case_file(centre, case).case.parties == expected
    for desk in (a, b):
        again = form_of(desk, case)
        assert parties_of(again) == expected
        assert (again.source, again.reported_by) == (source, reporter)
        assert not unrecorded(desk, again)


def test_a_report_of_before_is_reported_by_the_victim(station: Station) -> None:
    """Opened and registered again, nothing of it changes."""
    case = register_report(station.a, a_form(station.a)).case
    before = length(station.a)
    form = form_of(station.a, case)
    register_report(station.a, replace(form, reported_by=""))
    assert length(station.a) == before
    file = case_file(station.a, case)
    assert (file.case.reporter.id, file.case.parties, file.case.source) == (SELF, (), "")


def test_a_party_taken_out_stays_in_the_history_and_can_be_given_back(station: Station) -> None:
    a, b, _ = station.all
    form = a_form(a)
    party = daughter(a)
    case = register_report(a, replace(form, parties=(party,), reported_by=party.id)).case
    station.until_rest()
    register_report(b, replace(form_of(b, case), parties=(), reported_by=""))
    station.until_rest()
    file = case_file(a, case)
    assert (file.case.parties, file.case.reporter.id) == ((), SELF)
    names = {
        value
        for row in history(a, case)
        for name, value in row.fields
        if name == f"answer.party.{party.id}.name"
    }
    assert names == {"王芳", ""}
    register_report(a, replace(form_of(a, case), parties=(party,), reported_by=party.id))
    station.until_rest()
    for session in station.all:
        found = case_file(session, case)
        assert found.case.reporter.name == "王芳"
        assert found.conflicts == ()
        assert session.store.digest() == session.store.rebuild(SILENT)
        assert not check_health(session, SILENT)


def test_the_history_gives_a_party_back_whole(station: Station) -> None:
    """And whatever else was typed over, one fact at a time; a fact that was never another has nothing before."""
    a, b, _ = station.all
    party = daughter(a)
    case = register_report(a, a_form(a, parties=(party,), reported_by=party.id)).case
    before = case_file(a, case).case
    register_report(a, replace(form_of(a, case), parties=(), reported_by="", narrative="改过"))
    station.until_rest()
    give_back(b, case, f"answer.party.{party.id}.name")
    give_back(b, case, "narrative")
    station.until_rest()
    for session in station.all:
        found = case_file(session, case)
        assert found.case == before
        assert found.conflicts == ()
    for field in ("victim.name", "state", "visit", "nothing", f"answer.party.{party.id}.colour"):
        with pytest.raises(UserInputError) as caught:
            give_back(b, case, field)
        assert_error(caught.value, "history.nothing_before")


def test_why_an_order_was_sent_is_not_given_back(session: Session) -> None:
    """It is recorded with the order, and nobody types it over."""
    case = register_report(session, a_form(session)).case
    field = f"{SENT_DESPITE}o1"
    with session.store.write() as transaction:
        for reason in ("核实", "另说"):
            entry = NewEntry(CASE_AMENDED, f"case/{case}", {field: f"time_absurd\n{reason}"})
            transaction.append(session.officer.number, entry)
    with pytest.raises(UserInputError) as caught:
        give_back(session, case, field)
    assert_error(caught.value, "history.nothing_before")


def test_giving_back_overrules_nobody_unseen(station: Station) -> None:
    a, b, _ = station.all
    case = register_report(a, a_form(a, source="call")).case
    register_report(a, replace(form_of(a, case), source="report"))
    station.until_rest()
    register_report(b, replace(form_of(b, case), source="police_110"))
    give_back(a, case, "answer.case.source")
    station.until_rest()
    (conflict,) = case_file(a, case).conflicts
    assert {item.value for item in conflict.values} == {"call", "police_110"}


def test_two_desks_each_add_somebody_and_name_another_reporter(station: Station) -> None:
    """Both are parties of the case; who reports is for a person to decide."""
    a, b, _ = station.all
    case = register_report(a, a_form(a)).case
    station.until_rest()
    opened = form_of(a, case), form_of(b, case)
    for session, form in zip((a, b), opened, strict=True):
        party = daughter(session)
        register_report(session, replace(form, parties=(party,), reported_by=party.id))
    station.until_rest()
    for session in station.all:
        found = case_file(session, case)
        assert len(found.case.parties) == 2
        assert [item.field for item in found.conflicts] == ["answer.reporter"]


def test_an_open_draft_follows_what_a_colleague_typed(station: Station) -> None:
    a, b, _ = station.all
    party = daughter(a)
    case = register_report(a, a_form(a, parties=(party,))).case
    station.until_rest()
    draft = form_of(a, case)
    elsewhere = form_of(b, case)
    register_report(
        b, replace(elsewhere, parties=(replace(elsewhere.parties[0], phone="13893100028"),))
    )
    station.until_rest()
    register_report(a, replace(draft, parties=(replace(draft.parties[0], relation="养女"),)))
    station.until_rest()
    (found,) = case_file(b, case).case.parties
    assert (found.phone, found.relation) == ("13893100028", "养女")


def test_a_draft_does_not_go_on_in_the_card_of_another_party(station: Station) -> None:
    a, b, _ = station.all
    parties = (daughter(a), daughter(a))
    case = register_report(a, a_form(a, parties=parties)).case
    station.until_rest()
    draft = form_of(a, case)
    save_draft(a, replace(draft, narrative="补充", focus="parties.1.phone"))
    register_report(b, replace(form_of(b, case), parties=draft.parties[1:]))
    station.until_rest()
    again = form_of(a, case)
    assert (again.parties, again.focus) == (draft.parties[1:], "")


def test_a_case_is_found_by_every_party(station: Station) -> None:
    a = station.a
    case = register_report(a, a_form(a, parties=(daughter(a),))).case
    for words in ("王芳", "13893100027"):
        assert [hit.case for hit in search(a, words)[0]] == [case], words


def test_whoever_is_only_a_choice_is_not_recorded(station: Station) -> None:
    a = station.a
    blank = PartyText(PartyId(a.ids.new_id()), role="agent", id_kind="passport")
    form: IntakeForm = a_form(a, parties=(blank,), reported_by=blank.id)
    file = case_file(a, register_report(a, form).case)
    assert file.case.parties == ()
    assert file.case.reporter.name == "李秀兰"
