"""Whoever is tied to a case: what is recorded is read again, in its order, and nothing that nobody understands."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.people.person import PersonRole, PersonTie, TieKind, TypedTie, ties_of
from desktop.domain.ids import CaseId, PersonId
from tests.support.clocks import START


def _tie(number: int, kind: TieKind, minutes: int) -> PersonTie:
    typed = TypedTie("王某", role=PersonRole.HOLDER, kind=kind, value="6217004230001234569")
    at = START + timedelta(minutes=minutes)
    return PersonTie(PersonId(f"p{number}"), CaseId("c1"), typed, "620134", at)


@given(st.lists(st.tuples(st.sampled_from(TieKind), st.integers(0, 3)), max_size=6))
def test_ties_come_back_oldest_first(facts: list[tuple[TieKind, int]]) -> None:
    ties = [_tie(number, kind, minutes) for number, (kind, minutes) in enumerate(facts)]
    found = ties_of({tie.id: tie.to_fields() for tie in reversed(ties)})
    assert list(found) == sorted(ties, key=lambda tie: (tie.at, tie.id))


def test_a_tie_in_the_words_of_a_newer_program_is_left_out() -> None:
    known = _tie(1, TieKind.PHONE, 0).to_fields()
    strange = ({**known, "role": "ambassador"}, {**known, "tie": "dream"}, {**known, "at": ""})
    assert ties_of({f"p{n}": fields for n, fields in enumerate(strange)}) == ()
