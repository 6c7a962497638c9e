"""The golden window of where the money went on: until the last account that nobody has stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.case_file.orders.order_clocks import ONWARD, clocks_by_order
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import OrderKind, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop
from tests.domain.case_file.test_clocks import at, ends, facts, view
from tests.support.sessions import RULES

FIRST, SECOND = "6217005512", "6222021001"
CAUGHT = view(OrderKind.STOP, starts="2026-11-24 10:50")


def went_on(*hops: tuple[str, str]) -> OrderView:
    """A stop that caught a part: when and to which account the rest went."""
    assert CAUGHT.order.reply is not None
    onward = tuple(NextHop(account=account, time=at(time)) for time, account in hops)
    reply = replace(CAUGHT.order.reply, result=ReplyResult.PARTIAL, hops=onward)
    return replace(CAUGHT, state=OrderState.PARTIAL, order=replace(CAUGHT.order, reply=reply))


def stop_of(account: str) -> OrderView:
    """A stop of where the money went on, not answered yet."""
    made = view(OrderKind.STOP, name="o2")
    return replace(made, order=replace(made.order, target=f"account/{account}"))


BOTH = went_on(("2026-11-24 10:41", FIRST), ("2026-11-24 10:44", SECOND))


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ([CAUGHT], []),
        ([BOTH], ["2026-11-24 11:14:00"]),
        ([BOTH, stop_of(SECOND)], ["2026-11-24 11:11:00"]),
        ([BOTH, stop_of(SECOND), stop_of(FIRST)], []),
    ],
)
def test_it_runs_until_the_last_account_that_nobody_stopped(
    orders: list[OrderView], expected: list[str]
) -> None:
    assert ends(facts(orders=orders), ONWARD) == expected


def test_the_order_keeps_the_clock_of_its_own_stop() -> None:
    assert clocks_by_order(RULES, [BOTH])[BOTH.order.id].name == "stop_end"
