"""Objections of account holders: a decision is one text, counts only by another officer, and survives any text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.holder_objection import (
    LONGEST_GROUNDS,
    MOST_MEASURES,
    OBJECTIONS,
    HolderObjection,
    ObjectionDecision,
    ObjectionOutcome,
    decisions_in,
    read_decision,
)
from desktop.domain.ids import ObjectionId, OrderId

NUMBERS = st.from_regex(r"[0-9]{6}", fullmatch=True)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(microsecond=0)
)
IDS = st.lists(
    st.from_regex(r"[0-9a-f]{32}", fullmatch=True), unique=True, max_size=MOST_MEASURES
).map(lambda ids: tuple(OrderId(item) for item in ids))
CODES = st.sampled_from([*ObjectionOutcome, "split_by_court"])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DECISIONS = st.builds(ObjectionDecision, CODES.map(str), NUMBERS, TIMES, IDS, WORDS)
OBJECTIONS_MADE = st.builds(
    HolderObjection,
    id=st.just(ObjectionId("j1")),
    name=WORDS,
    orders=IDS,
    received_at=TIMES,
    received_by=NUMBERS,
    decision=st.none() | DECISIONS,
)


@given(DECISIONS)
def test_a_decision_is_read_as_it_was_written(decision: ObjectionDecision) -> None:
    assert read_decision(decision.text) == decision


@given(
    WORDS
    | st.from_regex(r"[a-z]{1,9}\n.{0,9}\n.{0,30}\n.*", fullmatch=True)
    | st.none()
    | st.integers()
)
def test_whatever_stands_there_is_read_or_left_alone(value: object) -> None:
    found = read_decision(value)
    assert found is None or (found.by and len(found.reason) <= LONGEST_GROUNDS)


@given(OBJECTIONS_MADE)
def test_an_objection_is_read_as_it_was_written(objection: HolderObjection) -> None:
    fields = OBJECTIONS.changes(None, objection)
    assert OBJECTIONS.from_fields(fields) == (objection,)
    assert OBJECTIONS.changes(objection, objection) == {}
    assert len(decisions_in(fields)) == (objection.decision is not None)


@given(OBJECTIONS_MADE)
def test_what_is_released_was_objected_to_and_decided_by_another(
    objection: HolderObjection,
) -> None:
    assert set(objection.to_release) <= set(objection.orders)
    if objection.to_release:
        assert objection.decided is not None
        assert set(objection.to_release) <= set(objection.decided.released), "as it was decided"
        assert objection.decided.known
        assert objection.decided.by != objection.received_by
    for by in (objection.decision.by if objection.decision else "x", ""):
        own = replace(objection, received_by=by)
        assert own.to_release == ()
        assert own.under_review


def test_the_longest_that_is_written_is_read_whole() -> None:
    """A family reads so many characters of a fact and no more."""
    orders = tuple(OrderId(f"{place:032x}") for place in range(MOST_MEASURES))
    most = ObjectionDecision(
        "part", "9" * 20, datetime(2026, 11, 24, tzinfo=UTC), orders, "长" * LONGEST_GROUNDS
    )
    made = HolderObjection(
        ObjectionId("j1"), "陈某某", orders=orders, grounds="长" * LONGEST_GROUNDS, decision=most,
    )  # fmt: skip
    assert OBJECTIONS.from_fields(OBJECTIONS.to_fields((made,))) == (made,)
