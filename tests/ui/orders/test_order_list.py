"""Order of the list and its figures, for any orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.law.deadlines import golden
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.order import OrderState, ReplyResult
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import span
from desktop.ui.shared.widgets.texts.clock_face import read_span
from tests.support.counted_orders import (
    by_time_left,
    changes,
    counted,
    median_to_order,
    next_change,
)
from tests.support.sessions import RULES
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
def test_chances_come_first_and_by_their_end(found: tuple[OrderRow, ...]) -> None:
    ordered = by_time_left(found, NOW)
    assert sorted(r.view.order.id for r in ordered) == sorted(r.view.order.id for r in found)
    pressing = [row.pressing(NOW) for row in ordered]
    chances = [p.chance for p in pressing if p.chance is not None and p.chance > NOW]
    assert chances == sorted(chances)
    assert [p.chance for p in pressing[: len(chances)]] == chances
    ends = [p.duty for p in pressing if p.pressure(NOW) is Pressure.RUNNING]
    assert ends == sorted(ends, key=lambda end: end or NOW)


def test_the_next_tier_is_no_calm_order_of_48_hours() -> None:
    """The stop was answered 17 seconds ago; where its money went on the golden window runs."""
    answer = samples.reply(100, timedelta(hours=47, minutes=59, seconds=43))
    answered = samples.row(
        1, "李秀兰", "农业银行", "6230520010037788994", 100, OrderState.PARTIAL, answer=answer
    )
    moved = replace(answered, open_hops=(0,), onward=golden(RULES, NOW - timedelta(minutes=18)))
    running = samples.row(
        2,
        "马强",
        "农业银行",
        "6230520010037788994",
        100,
        OrderState.ISSUED,
        paid=timedelta(minutes=5),
    )
    assert by_time_left((running, moved), NOW) == [moved, running]
    shown = span(moved, LIMITS, NOW)
    assert shown is not None
    assert shown.deadline == NOW + timedelta(minutes=12)
    assert span(answered, LIMITS, NOW) != shown


def test_a_missed_window_stays_red_and_near_the_top_within_its_hour() -> None:
    missed = samples.row(
        1,
        "李秀兰",
        "农业银行",
        "6230520010037788994",
        100,
        OrderState.ISSUED,
        paid=timedelta(minutes=31),
    )
    answer = samples.reply(100, timedelta(hours=3))
    calm = samples.row(
        2, "马强", "农业银行", "6230520010037788994", 999, OrderState.DONE, answer=answer
    )
    old = samples.row(
        3, "赵敏", "农业银行", "6230520010037788994", 1, OrderState.ISSUED, paid=timedelta(hours=9)
    )
    assert by_time_left((old, calm, missed), NOW) == [missed, calm, old]
    shown = span(missed, LIMITS, NOW)
    assert shown is not None
    assert read_span(shown, NOW).tone is Tone.BAD
    later = NOW + timedelta(hours=1)
    assert span(missed, LIMITS, later) is None
    assert next_change(changes((missed,)), NOW) == NOW + timedelta(minutes=59)


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
    told = counted(found, LIMITS, NOW, BEIJING)
    today = NOW.astimezone(BEIJING).date()
    replies = [
        row.view.order.reply
        for row in found
        if row.view.order.reply is not None and row.view.state is not OrderState.FAILED
    ]
    stopped = [r.amount_fen for r in replies if r.replied_at.astimezone(BEIJING).date() == today]
    assert (told.stopped_today_fen, told.stopped_today) == (sum(stopped), len(stopped))
    assert told.unreceived == sum(row.view.state is OrderState.CARRIED for row in found)
    assert told.unsent == sum(row.view.state is OrderState.ISSUED for row in found)
    firsts: dict[str, float] = {}
    for row in found:
        issued = row.view.order.issued_at
        if row.accepted_at is not None and NOW - issued <= timedelta(days=30):
            took = (issued - row.accepted_at).total_seconds()
            firsts[row.view.case] = min(took, firsts.get(row.view.case, took))
    assert median_to_order(found, NOW) == (
        timedelta(seconds=median(firsts.values())) if firsts else None
    )
