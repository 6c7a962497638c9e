"""How fast institutions answer: medians of enough answers, and who lets wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.case_file.orders.reply_times import FEWEST, reply_times
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import OrderState
from tests.support.sweep import examples
from tests.ui.centre.samples import NOW, an_order

SINCE = NOW - timedelta(days=7)
MINUTES = st.one_of(st.none(), st.integers(0, 500))
"""From sending to the answer; None for an order nobody answered."""


def answered_after(minutes: int | None, number: int, batch_at: timedelta) -> OrderView:
    if minutes is None:
        return an_order(str(number))
    view = an_order(str(number), OrderState.DONE)
    assert view.order.reply is not None
    reply = replace(view.order.reply, replied_at=NOW - batch_at + timedelta(minutes=minutes))
    return replace(view, order=replace(view.order, reply=reply))


@given(
    st.lists(
        st.tuples(
            st.sampled_from("甲乙"), st.integers(0, 12), st.lists(MINUTES, min_size=1, max_size=6)
        )
    )
)
@settings(max_examples=examples(40))
def test_times_are_those_of_the_answers_and_of_what_waits(
    packs: list[tuple[str, int, list[int | None]]],
) -> None:
    batches = []
    for place, (name, days, answers) in enumerate(packs):
        made = timedelta(days=days)
        orders = tuple(answered_after(one, place * 10 + i, made) for i, one in enumerate(answers))
        due = NOW - made + timedelta(hours=24)
        batches.append(DispatchBatch(f"P{place}", name, NOW - made, "620134", orders, due))
    found = {one.receiver: one for one in reply_times(batches, SINCE, NOW)}
    for name in "甲乙":
        own = [(days, answers) for called, days, answers in packs if called == name]
        took = sorted(
            one for days, answers in own for one in answers if one is not None and days <= 7
        )
        waits = [days for days, answers in own for one in answers if one is None]
        if not took and not waits:
            assert name not in found
            continue
        times = found[name]
        assert (times.answered, times.open) == (len(took), len(waits))
        assert (times.took is None) == (len(took) < FEWEST)
        if times.took is not None:
            assert timedelta(minutes=took[0]) <= times.took <= timedelta(minutes=took[-1])
        assert times.slowest == (timedelta(days=max(waits)) if waits else None)
        assert times.late == any(days >= 1 for days in waits)
