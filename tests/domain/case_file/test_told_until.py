"""A clock is kept as a row with the hour up to which it is told of; that comes to the same as to ask the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.clocks import ClockFacts, facts_of, live_until, may_still_move
from desktop.domain.cases.case import CaseState
from desktop.domain.law.deadlines import AT_ZERO, AtZero, Deadline
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from tests.documents.samples import a_file
from tests.support.counted_clocks import wants_somebody

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STEP = timedelta(seconds=1)
MOVING = frozenset({CaseState.NEW, CaseState.STOPPING})
"""States in which the money may still be moving."""
HELD = OrderReply(ReplyResult.DONE, 9_800_000, 9_800_000, AT, None, "", "", "", AT)


def clock_facts(state: CaseState, *, moving: bool) -> ClockFacts:
    """``moving``: nothing holds the money."""
    file = a_file()
    order = replace(file.orders[0].order, reply=HELD)
    held = replace(file.orders[0], state=OrderState.DONE, order=order)
    case = replace(file.case, state=state)
    return facts_of(replace(file, case=case, orders=() if moving else (held,)))


@pytest.mark.parametrize("name", sorted(AT_ZERO))
@pytest.mark.parametrize("state", CaseState)
@given(st.booleans(), st.none() | st.integers(-300, 300), st.integers(-3000, 3000))
def test_a_clock_is_listed_up_to_the_hour_that_is_kept_for_it(
    state: CaseState, name: str, moving: bool, idle: int | None, now: int
) -> None:
    clock = Deadline(name, AT, "", AT - timedelta(days=1))
    own_end = clock.at_zero is AtZero.CHANCE or (name == "stop_end" and state is CaseState.CLOSED)
    if idle is not None and not own_end:
        clock = replace(clock, idle_from=AT + timedelta(minutes=idle))
    facts = clock_facts(state, moving=moving)
    assert may_still_move(facts) is (moving and state in MOVING)
    until = live_until(clock, facts)
    ends = (until - STEP, until) if until is not None else ()
    for asked in (AT + timedelta(minutes=now), AT + timedelta(days=9), *ends):
        assert wants_somebody(clock, facts, asked) is (until is None or asked < until)
