"""Order of the list and its figures, for any orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.orders.order import OrderState, ReplyResult
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.orders.order_list import (
    by_time_left,
    changes,
    figures,
    median_to_order,
    next_change,
)
from desktop.ui.shared.orders.order_clock import span
from tests.ui.conftest import BEIJING
from tests.ui.orders import samples
from tests.ui.orders.samples import LIMITS, NOW

_ANSWERED = {
    OrderState.DONE: ReplyResult.DONE,
    OrderState.PARTIAL: ReplyResult.PARTIAL,
    OrderState.FAILED: ReplyResult.FAILED,
}


@st.composite
def rows(draw: st.DrawFn) -> tuple[OrderRow, ...]:
    """Any orders."""
    found = []
    for serial in range(draw(st.integers(0, 10))):
        state = draw(st.sampled_from(list(OrderState)))
        minutes = draw(st.integers(0, 60 * 24 * 40))
        answer = None
        if state in _ANSWERED:
            ends = draw(st.none() | st.integers(-(10**4), 10**4))
            ends_in = None if ends is None else timedelta(minutes=ends)
            ago = timedelta(minutes=draw(st.integers(0, 10**4)))
            answer = samples.reply(draw(st.integers(0, 99)), ends_in, _ANSWERED[state], ago)
        row = samples.row(
            serial, "李秀兰", "农业银行", "6230520010037788994", 100, state,
            paid=timedelta(minutes=draw(st.integers(0, 90))), issued=timedelta(minutes=minutes), answer=answer,
            case=draw(st.sampled_from(["a", "b", "c"])), settled=draw(st.booleans()),
        )  # fmt: skip
        known = draw(st.booleans())
        found.append(row if known else replace(row, accepted_at=None))
    return tuple(found)


@given(rows())
@settings(max_examples=60)
def test_running_clocks_come_first_and_by_their_end(found: tuple[OrderRow, ...]) -> None:
    ordered = by_time_left(found, NOW)
    assert sorted(r.view.order.id for r in ordered) == sorted(r.view.order.id for r in found)
    ends = [
        clock.deadline
        for clock in (span(row, LIMITS, NOW) for row in ordered)
        if clock is not None and clock.deadline > NOW
    ]
    assert ends == sorted(ends)
    first = [span(row, LIMITS, NOW) for row in ordered[: len(ends)]]
    assert [clock.deadline for clock in first if clock is not None] == ends


@given(rows(), st.integers(1, 10**4))
@settings(max_examples=60)
def test_the_order_changes_only_when_a_clock_runs_out(
    found: tuple[OrderRow, ...], minutes: int
) -> None:
    change = next_change(changes(found), NOW)
    later = NOW + timedelta(minutes=minutes)
    if change is None or later < change:
        assert by_time_left(found, later) == by_time_left(found, NOW)


@given(rows())
@settings(max_examples=60)
def test_figures_agree_with_counting_by_hand(found: tuple[OrderRow, ...]) -> None:
    told = figures(found, LIMITS, NOW, BEIJING)
    today = NOW.astimezone(BEIJING).date()
    replies = [
        row.view.order.reply
        for row in found
        if row.view.order.reply is not None and row.view.state is not OrderState.FAILED
    ]
    stopped = [r.amount_fen for r in replies if r.replied_at.astimezone(BEIJING).date() == today]
    assert (told.stopped_today_fen, told.stopped_today) == (sum(stopped), len(stopped))
    assert told.unreceived == sum(
        row.view.state in (OrderState.ISSUED, OrderState.CARRIED) for row in found
    )
    firsts: dict[str, float] = {}
    for row in found:
        issued = row.view.order.issued_at
        if row.accepted_at is not None and NOW - issued <= timedelta(days=30):
            took = (issued - row.accepted_at).total_seconds()
            firsts[row.view.case] = min(took, firsts.get(row.view.case, took))
    assert median_to_order(found, NOW) == (
        timedelta(seconds=median(firsts.values())) if firsts else None
    )
