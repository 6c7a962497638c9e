"""Targets of an investigation: what they are called, what came in to them, and what was said of two of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.cases.people.person import Person, PersonTie, TieKind, TypedTie
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.series.people_sheet import (
    PeopleSheet,
    PersonDecision,
    PersonTarget,
    TargetState,
    Thing,
    TieProposal,
)
from desktop.domain.series.series import LinkVerdict
from tests.domain.orders.samples import NOON


def person(*ties: TypedTie, case: str = "c1") -> Person:
    made = (
        PersonTie(PersonId(f"t{n}"), CaseId(case), tie, "1", NOON) for n, tie in enumerate(ties)
    )
    return Person("t0", tuple(made))


def target(**facts: object) -> PersonTarget:
    plain: dict[str, object] = {
        "key": "k", "state": TargetState.UNKNOWN, "things": (), "missing": (),
    }  # fmt: skip
    return PersonTarget(**{**plain, **facts})  # type: ignore[arg-type]  # named fields


def test_a_target_is_called_by_the_surest_that_is_known() -> None:
    guessed = TypedTie("张三", "62010219800101001X", certainty=Certainty.GUESSED)
    read = TypedTie("张叁", "620102198001010029", certainty=Certainty.RECEIPT)
    known = target(
        person=person(guessed, read), proposal=TieProposal(CaseId("c1"), (TypedTie("李四"),))
    )
    assert (known.name, known.id_number) == ("张叁、张三", read.id_number)
    nameless = target(person=person(TypedTie(id_number=guessed.id_number)))
    assert nameless.name == nameless.id_number == guessed.id_number
    proposed = target(proposal=TieProposal(CaseId("c1"), (guessed, read)))
    assert (proposed.name, proposed.id_number) == ("张三", guessed.id_number)
    assert (target().name, target().id_number, target().cases) == ("", "", ())


things = st.builds(
    Thing,
    st.just("6217"),
    st.sampled_from(TieKind),
    st.just("6217"),
    cases=st.lists(st.sampled_from(["c1", "c2", "c3"]).map(CaseId), max_size=3).map(tuple),
    in_fen=st.integers(0, 99),
    held_fen=st.integers(0, 99),
)


@given(st.lists(things, max_size=3), st.integers(0, 50), st.booleans())
def test_sums_and_cases_are_those_of_its_accounts(
    several: list[Thing], between: int, known: bool
) -> None:
    made = target(
        things=tuple(several),
        between_fen=between,
        person=person(TypedTie("张三"), TypedTie("张三"), case="c9") if known else None,
    )
    assert made.in_fen + between == sum(thing.in_fen for thing in several)
    assert made.held_fen == sum(thing.held_fen for thing in several)
    named = {case for thing in several for case in thing.cases} | ({"c9"} if known else set())
    assert len(made.cases) == len(set(made.cases))
    assert set(made.cases) == named
    assert not known or made.cases[0] == "c9"
    assert Thing("1", TieKind.ACCOUNT, "1").in_fen == target().between_fen == 0
    assert Thing("1", TieKind.ACCOUNT, "1").tier == Thing("1", TieKind.ACCOUNT, "1").held_fen == 0


def test_decisions_about_two_persons() -> None:
    same = PersonDecision(("t1", "t2"), LinkVerdict.SAME, ("a", "a"))
    apart = PersonDecision(("t3", "t4"), LinkVerdict.DIFFERENT, ("a", "b"))
    undone = PersonDecision(("t5", "t6"), LinkVerdict.DIFFERENT, ("a", "a"))
    other = PersonDecision(("t7", "t8"), LinkVerdict.SAME, ("b", "b"))
    made = (target(key="a"), target(key="b"))
    sheet = PeopleSheet(
        cast("FlowSheet", None), MappingProxyType({}), made, (apart, same, undone, other)
    )
    assert sheet.joined("a") == (same,)
    assert sheet.joined("c") == ()
    assert sheet.pair("b", "a") == sheet.pair("a", "b") == apart.ties
    assert sheet.pair("a", "c") == ("a", "c")
    assert sheet.target("b") is made[1]
    assert sheet.target("c") is None
