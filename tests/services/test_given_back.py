"""Every change of a party and of a way is taken back from the history, fact by fact, by the rows that declare them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.cases.case import Case
from desktop.domain.cases.payments.way import WAY_FIELDS, WAYS, WayKind
from desktop.domain.cases.people.party import PARTIES, PARTY_FIELDS, PartyRole, PartyText
from desktop.domain.ids import CaseId, PartyId, TransferId
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.give_back import give_back
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.domain.cases.test_way import CODES
from tests.support.sessions import a_form
from tests.support.strict import all_of

FACTS = {"role": "agent", "id_kind": "passport", "id_number": "E12345678", "phone": "13893100027"}
OTHERS = {
    "role": "payer witness",
    "id_kind": "uscc",
    "id_number": "G7654321",
    "phone": "13893100028",
}
PARTY = [row.attribute for row in PARTY_FIELDS.rows]
WAY = [row.attribute for row in WAY_FIELDS.rows]


def _party(session: Session, facts: Mapping[str, str]) -> PartyText:
    full: dict[str, Any] = {name: facts.get(name, "甲") for name in PARTY}
    return PartyText(PartyId(session.ids.new_id()), **full)


def _way_facts(place: int) -> dict[str, str]:
    """Of each fact a value; those with codes each another."""
    return {name: CODES[name][place] if CODES[name] else f"甲{place}" for name in WAY}


def _amend(session: Session, case: CaseId, **changes: Any) -> Case:
    register_report(session, replace(form_of(session, case), **changes))
    return case_file(session, case).case


def _party_case(session: Session) -> tuple[CaseId, PartyText, Case]:
    party = _party(session, FACTS)
    case = register_report(session, a_form(session, parties=(party,), reported_by=party.id)).case
    return case, party, case_file(session, case).case


@pytest.mark.parametrize("name", PARTY)
@pytest.mark.parametrize("emptied", [False, True])
def test_each_fact_of_a_party_is_given_back(session: Session, name: str, *, emptied: bool) -> None:
    case, party, before = _party_case(session)
    other = "" if emptied else OTHERS.get(name, "乙")
    changed = replace(party, **{name: other})  # type: ignore[arg-type]  # the name is a field's
    after = _amend(session, case, parties=(changed,))
    assert after != before
    give_back(session, case, f"{PARTIES.beginning}{party.id}.{name}")
    assert case_file(session, case).case == before
    give_back(session, case, f"{PARTIES.beginning}{party.id}.{name}")
    assert case_file(session, case).case == after, "and that is taken back as well"


@pytest.mark.parametrize("role", PartyRole)
def test_each_role_is_given_back(session: Session, role: PartyRole) -> None:
    case, party, before = _party_case(session)
    _amend(session, case, parties=(replace(party, role=f"{role} newer"),))
    give_back(session, case, f"{PARTIES.beginning}{party.id}.role")
    assert case_file(session, case).case == before


def test_who_was_added_is_taken_out_again_and_reports_no_more(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    before = case_file(session, case).case
    party = _party(session, FACTS)
    after = _amend(session, case, parties=(party,), reported_by=party.id)
    give_back(session, case, f"{PARTIES.beginning}{party.id}.name")
    assert case_file(session, case).case == before
    give_back(session, case, f"{PARTIES.beginning}{party.id}.name")
    assert case_file(session, case).case == after


def test_a_fact_that_was_added_is_taken_back_alone(session: Session) -> None:
    bare = PartyText(PartyId(session.ids.new_id()), name="王芳")
    case = register_report(session, a_form(session, parties=(bare,))).case
    before = case_file(session, case).case
    _amend(session, case, parties=(replace(bare, phone="13893100027"),))
    give_back(session, case, f"{PARTIES.beginning}{bare.id}.phone")
    assert case_file(session, case).case == before


def _ways_case(session: Session, way: Mapping[str, str]) -> tuple[CaseId, TransferId]:
    form = a_form(session)
    typed: dict[str, Any] = {f"way_{name}": value for name, value in way.items()}
    case = register_report(
        session, replace(form, transfers=(replace(form.transfers[0], **typed),))
    ).case
    return case, TransferId(form.transfers[0].id)


def _retype(session: Session, case: CaseId, way: Mapping[str, str]) -> Case:
    typed: dict[str, Any] = {f"way_{name}": value for name, value in way.items()}
    (paid,) = form_of(session, case).transfers
    return _amend(session, case, transfers=(replace(paid, **typed),))


@pytest.mark.parametrize("name", WAY)
@pytest.mark.parametrize("emptied", [False, True])
def test_each_fact_of_a_way_is_given_back(session: Session, name: str, *, emptied: bool) -> None:
    case, transfer = _ways_case(session, _way_facts(0))
    before = case_file(session, case).case
    after = _retype(session, case, {name: "" if emptied else _way_facts(1)[name]})
    assert after != before
    give_back(session, case, f"{WAYS.beginning}{transfer}.{name}")
    assert case_file(session, case).case == before
    give_back(session, case, f"{WAYS.beginning}{transfer}.{name}")
    assert case_file(session, case).case == after


@pytest.mark.parametrize("kind", WayKind)
def test_each_way_that_was_said_later_is_taken_back_whole(session: Session, kind: WayKind) -> None:
    case, transfer = _ways_case(session, {})
    before = case_file(session, case).case
    after = _retype(session, case, {**_way_facts(0), "kind": kind})
    assert all_of(way.kind == kind for way in after.ways)
    give_back(session, case, f"{WAYS.beginning}{transfer}.kind")
    assert case_file(session, case).case == before
