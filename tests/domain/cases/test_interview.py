"""When, where and by whom a person was interviewed: records among the answers, whoever wrote them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.case import case_from_fields, is_question
from desktop.domain.cases.interview import (
    FIRST,
    INTERVIEWS,
    Interview,
    interview_among,
)
from desktop.domain.ids import InterviewId
from desktop.domain.records.record_family import LONGEST
from desktop.journal import kinds
from desktop.journal.canonical import canonical
from desktop.journal.entry_table import ENTRIES

START = {"accepted_at": "2026-11-24T02:31:07.000000Z"}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MOMENTS = st.none() | st.integers(0, 10**9).map(lambda s: datetime.fromtimestamp(s, UTC))
IDS = st.sampled_from(["first", "0190aa", "s2"]).map(InterviewId)
INTERVIEW = st.builds(
    Interview, IDS, MOMENTS, MOMENTS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS
)  # fmt: skip
HOSTILE = st.one_of(
    WORDS, st.sampled_from(["2026-13-45T99:99:99Z", "now", "0001-01-01T00:00:00Z", "9" * 5000]),
    st.integers(-9, 9), st.lists(WORDS, max_size=2),
)  # fmt: skip


def case_with(fields: dict[str, Any]) -> Any:
    return case_from_fields("c", {**START, **json.loads(canonical(fields))})


@given(st.lists(INTERVIEW, max_size=3, unique_by=lambda item: item.id))
def test_interviews_are_read_as_they_were_written(interviews: list[Interview]) -> None:
    """And none of it is an answer of the person."""
    recorded = tuple(sorted((i for i in interviews if not i.is_unsaid), key=lambda item: item.id))
    fields = replace(case_with({}), interviews=tuple(interviews)).to_fields()
    for name in fields:
        kind = ENTRIES[kinds.CASE_AMENDED].type_of("case", name)
        assert kind is not None, name
        assert kind.accepts(fields[name]), name
    read = case_with(dict(fields))
    assert read.interviews == recorded
    assert read.answers == ()


@given(INTERVIEW, INTERVIEW)
def test_changes_make_the_one_of_the_other(old: Interview, new: Interview) -> None:
    new = replace(new, id=old.id)
    changed = INTERVIEWS.changes(old, new)
    fields = {**INTERVIEWS.to_fields((old,)), **changed}
    assert interview_among(case_with(fields).interviews, old.id) == new
    assert not INTERVIEWS.changes(new, new)


@given(st.dictionaries(st.sampled_from(sorted(INTERVIEWS.rows)), HOSTILE))
def test_what_a_stranger_wrote_never_breaks_a_case(facts: dict[str, Any]) -> None:
    """A time that is none is no time; words are cut."""
    fields = {f"{INTERVIEWS.beginning}{FIRST}.{name}": value for name, value in facts.items()}
    read = interview_among(case_with(fields).interviews, FIRST)
    for at in (read.began, read.ended):
        assert at is None or at.year >= 1900
    texts = (read.place, read.asker, read.recorder, read.asked, read.present, read.absent)
    assert max(map(len, texts)) <= LONGEST


def test_an_interview_is_no_question() -> None:
    assert not is_question("interview.first.began")
    assert interview_among((), InterviewId("s9")) == Interview(InterviewId("s9"))
