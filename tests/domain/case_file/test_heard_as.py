"""As what somebody is heard, by their place in the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.case_file.heard_as import HeardAs, has_witness, heard_as
from desktop.domain.cases.case import Case
from desktop.domain.cases.people.party import Party, victim_as_party
from desktop.domain.ids import PartyId
from tests.documents.clause_cases import FIRM
from tests.documents.samples import a_case
from tests.support.every_row import every_row


def of_unit() -> Case:
    return replace(a_case(), victim=FIRM)


@every_row(
    ("role", "of_person", "for_unit"),
    [
        ("agent reporter", HeardAs.WITNESS, HeardAs.VICTIM),
        ("handler", HeardAs.WITNESS, HeardAs.VICTIM),
        ("guardian payer", HeardAs.GUARDIAN, HeardAs.GUARDIAN),
        ("payer", HeardAs.WITNESS, HeardAs.WITNESS),
        ("witness", HeardAs.WITNESS, HeardAs.WITNESS),
        ("reporter", HeardAs.WITNESS, HeardAs.WITNESS),
        ("victim witness", HeardAs.VICTIM, HeardAs.VICTIM),
        ("from_a_newer_program", HeardAs.WITNESS, HeardAs.WITNESS),
    ],
)
def test_the_role_says_as_what(role: str, of_person: HeardAs, for_unit: HeardAs) -> None:
    asked = Party(PartyId("p1"), role=role, name="王芳")
    assert heard_as(a_case().victim, asked) is of_person
    assert heard_as(of_unit().victim, asked) is for_unit


@pytest.mark.parametrize(("role", "named"), [("victim", False), ("witness", True), ("", False)])
def test_a_witness_is_somebody_named_who_is_no_victim(role: str, named: bool) -> None:
    party = Party(PartyId("p1"), role, name="王芳" if role else "")
    assert has_witness(a_case().victim, (party,)) is named
    assert not has_witness(a_case().victim, ())


def test_the_first_victim_and_who_represents_a_unit_are_heard_as_victims() -> None:
    for case in (a_case(), of_unit()):
        assert heard_as(case.victim, victim_as_party(case.victim)) is HeardAs.VICTIM
    head = Party(PartyId("p1"), role="reporter", name=FIRM.representative)
    assert heard_as(of_unit().victim, head) is HeardAs.VICTIM
