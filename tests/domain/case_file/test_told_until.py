"""A clock is kept as a row with the hour up to which it is told of; that comes to the same as to ask the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import given, settings
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


@cache
def clock_facts(state: CaseState, *, moving: bool) -> ClockFacts:
    """``moving``: nothing holds the money."""
    file = a_file()
    order = replace(file.orders[0].order, reply=HELD)
    held = replace(file.orders[0], state=OrderState.DONE, order=order)
    case = replace(file.case, state=state)
    return facts_of(replace(file, case=case, orders=() if moving else (held,)))


def started(name: str, state: CaseState, idle: int | None) -> Deadline:
    """``idle``: minutes from its end at which nobody was to do anything any more; None where it runs on."""
    clock = Deadline(name, AT, "", AT - timedelta(days=1))
    own_end = clock.at_zero is AtZero.CHANCE or (name == "stop_end" and state is CaseState.CLOSED)
    if idle is None or own_end:
        return clock
    return replace(clock, idle_from=AT + timedelta(minutes=idle))


@settings(max_examples=100)
@given(st.booleans(), st.none() | st.integers(-300, 300), st.integers(-3000, 3000))
def test_a_clock_is_listed_up_to_the_hour_that_is_kept_for_it(
    moving: bool, idle: int | None, now: int
) -> None:
    wrong = []
    for state in CaseState:
        facts = clock_facts(state, moving=moving)
        assert may_still_move(facts) is (moving and state in MOVING)
        for name in sorted(AT_ZERO):
            clock = started(name, state, idle)
            until = live_until(clock, facts)
            ends = (until - STEP, until) if until is not None else ()
            wrong += [
                (state.value, name, asked)
                for asked in (AT + timedelta(minutes=now), AT + timedelta(days=9), *ends)
                if wants_somebody(clock, facts, asked) is not (until is None or asked < until)
            ]
    assert wrong == []
