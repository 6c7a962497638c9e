"""What stands under a question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.answers import (
    TICKED,
    Blank,
    QuestioningProgress,
    blank_of,
    next_blank,
    words_of,
)
from desktop.domain.cases.case import case_from_fields
from desktop.domain.cases.form_changes import taken_back
from desktop.domain.cases.holder_objection import OBJECTIONS
from desktop.domain.cases.interview import INTERVIEWS
from desktop.domain.cases.people.party import PARTIES
from desktop.domain.records.fields import Fields

MARKS = [f"@{reason.value}" for reason in Blank]
ANSWERS = st.one_of(st.text(max_size=8), st.sampled_from([*MARKS, TICKED, ""]))


def test_the_reasons_go_round_and_words_stay() -> None:
    seen, answer = [], ""
    for _ in range(len(Blank) + 1):
        answer = next_blank(answer)
        seen.append(answer)
    assert seen == [*MARKS, ""]
    assert next_blank("加了微信") == "加了微信"
    assert [blank_of(mark) for mark in MARKS] == list(Blank)


@given(st.dictionaries(st.sampled_from("abcdef"), ANSWERS))
def test_every_question_is_answered_or_left_for_a_reason_or_open(answers: dict[str, str]) -> None:
    asked = QuestioningProgress("abcd", answers)
    opened = sum(1 for name in "abcd" if answers.get(name, "") in ("", TICKED))
    assert asked.total == 4
    assert asked.answered + asked.blank + opened == 4
    for answer in answers.values():
        assert bool(words_of(answer)) != (answer in ("", TICKED, *MARKS))


FIELDS = st.dictionaries(
    st.sampled_from(["answer.a", "answer.b", "flag.a", "circumstance.a", "circumstance.b"]),
    st.sampled_from(["", "是", TICKED]),
)


@given(st.dictionaries(st.sampled_from("abc"), st.sampled_from(["旧", "老"])), FIELDS, FIELDS)
def test_what_is_no_longer_said_is_taken_back(
    old: dict[str, str], known: dict[str, str], fields: dict[str, str]
) -> None:
    """Whatever older and newer desks wrote, after an amendment the case says what the form says."""
    start = {"accepted_at": "2026-11-24T02:31:07.000000Z"}
    said = {name: value for name, value in fields.items() if value}
    before: Fields = {**start, "answers": old, **known}
    after = case_from_fields("c", {**before, **said, **taken_back(before, said)})
    expected = case_from_fields("c", {**start, **said})
    assert (after.answers, after.flags, after.circumstances) == (
        expected.answers, expected.flags, expected.circumstances,
    )  # fmt: skip


def test_a_form_takes_nothing_back_that_no_form_says() -> None:
    """A draft without what it once showed is compared with all that this desk wrote."""
    acts = {f"{family.beginning}j1.name": "x" for family in (INTERVIEWS, OBJECTIONS)}
    party = f"{PARTIES.beginning}p1.name"
    assert taken_back({**acts, party: "王芳"}, {}) == {party: ""}
