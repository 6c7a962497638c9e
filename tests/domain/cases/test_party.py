"""Who is who in a report: records among the answers, whoever wrote them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.case import (
    RECORD_FAMILIES,
    case_from_fields,
    is_question,
    member_of,
    record_field,
)
from desktop.domain.cases.people.party import PARTIES, PARTY_FIELDS, SELF, Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.ids import PartyId
from desktop.domain.records.field_table import assembled
from desktop.domain.records.record_family import LONGEST, MOST
from desktop.journal import kinds
from desktop.journal.canonical import canonical
from desktop.journal.entry_table import ENTRIES
from tests.support.strict import all_of

START = {"accepted_at": "2026-11-24T02:31:07.000000Z"}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
IDS = st.text("0123456789abcdef", min_size=1, max_size=8)
FACTS = {row.attribute: WORDS for row in PARTY_FIELDS.rows} | {
    "role": st.lists(st.sampled_from(["agent", "guardian", "ambassador"]), unique=True).map(" ".join),
    "id_kind": st.sampled_from(["resident_id", "passport", "uscc", "star_card"]),
}  # fmt: skip
SOMEBODY = st.fixed_dictionaries({"id": IDS.map(PartyId), **FACTS}).map(
    lambda facts: assembled(Party, facts)
)
SEVERAL = st.lists(SOMEBODY, max_size=5, unique_by=lambda party: party.id)


def case_with(fields: dict[str, Any]) -> Any:
    return case_from_fields("c", {**START, **json.loads(canonical(fields))})


@given(SEVERAL)
def test_parties_are_read_as_they_were_written(parties: list[Party]) -> None:
    """Roles and kinds of a newer program included; whoever has no fact at all is nobody."""
    somebody = tuple(
        sorted((p for p in parties if p != Party(id=p.id)), key=lambda party: party.id)
    )
    case = replace(case_with({}), parties=tuple(parties))
    fields = case.to_fields()
    of_parties = [value for name, value in fields.items() if name.startswith("answer.")]
    assert [value for value in of_parties if not isinstance(value, str)] == []
    for name in fields:
        kind = ENTRIES[kinds.CASE_REGISTERED].type_of("case", name)
        assert kind is not None, name
        assert kind.accepts(fields[name]), name
    read = case_with(dict(fields))
    assert read.parties == somebody
    assert read.answers == ()


@given(
    st.dictionaries(
        st.text("ab._-/ 人\n", max_size=9).map("answer.party.{}".format),
        st.none() | st.booleans() | st.integers(-9, 9) | st.lists(st.text()) | st.text(max_size=9),
    )
)
def test_whatever_stands_there_is_no_answer(fields: dict[str, Any]) -> None:
    case = case_with(fields)
    assert case.answers == ()
    assert case_with({"answers": {n.removeprefix("answer."): "x" for n in fields}}).answers == ()
    assert not any(is_question(member_of(name)[1]) for name in fields)
    for party in case.parties:
        assert all_of(isinstance(getattr(party, name), str) for name in Party.__dataclass_fields__)


def test_of_endless_parties_and_texts_a_bounded_part_is_read() -> None:
    fields = {f"answer.party.{place:05}.name": "某" * 70_000 for place in range(MOST + 50)}
    parties = case_from_fields("c", {**START, **fields}).parties
    assert len(parties) == MOST
    assert {len(party.name) for party in parties} == {LONGEST}


def test_a_fact_of_a_newer_program_is_named_by_its_record() -> None:
    held = record_field("answer.party.p1.favourite.colour")
    assert held is not None
    assert (held.family, held.id, held.key, held.row) == (PARTIES, "p1", "favourite.colour", None)
    known = record_field("answer.party.p1.phone")
    assert known is not None
    assert known.row is not None
    assert known.row.mask is not None
    others = (
        "answer.core.ask",
        "answer.party",
        "answer.party.p1",
        "answer.party..name",
        "party.p1.name",
    )
    assert [record_field(name) for name in others] == [None] * len(others)


def test_the_victim_reports_until_another_party_is_named() -> None:
    daughter = Party(PartyId("p1"), role="agent", name="王芳")
    case = replace(case_with({}), victim=Victim(name="李秀兰"), parties=(daughter,))
    assert (case.reporter.id, case.reporter.name) == (SELF, "李秀兰")
    assert replace(case, reported_by="p1").reporter == daughter
    for nobody in (SELF, "p2"):
        assert replace(case, reported_by=nobody).reporter.name == "李秀兰"
    assert [party.name for party in case.everyone] == ["李秀兰", "王芳"]


def test_nobody_else_is_the_victim_in_person() -> None:
    """A record under the id of the first victim would report in person, under another name."""
    case = case_with(
        {"victim.name": "李秀兰", "answer.party.self.name": "王芳", "answer.reporter": SELF}
    )
    assert (case.reporter.name, case.parties) == ("李秀兰", ())
    assert record_field("answer.party.self.name") is None
    assert case.answers == ()


def test_families_do_not_overlap() -> None:
    beginnings = [family.beginning for family in RECORD_FAMILIES]
    assert len(set(beginnings)) == len(beginnings)
