"""What a bank told of an account bounds how much of the traced money can be there."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.money.dispositions import AccountMoney, Balance, Measure
from tests.support.clocks import START

sums = st.integers(0, 9)
seconds = st.integers(0, 3)


def after(second: int) -> datetime:
    return START + timedelta(seconds=second)


@given(
    rest=st.integers(0, 99),
    told=st.lists(st.tuples(seconds, st.none() | sums), max_size=3),
    arrived=st.lists(st.tuples(seconds, sums), max_size=3),
    stop=st.none() | st.tuples(sums, seconds),
    now=seconds,
)
@example(rest=99, told=[(1, 4)], arrived=[(2, 3)], stop=None, now=1)
@example(rest=99, told=[(1, 9)], arrived=[(1, 3), (2, 5)], stop=None, now=1)
@example(rest=99, told=[(1, 4), (2, 9)], arrived=[], stop=(6, 0), now=2)
@example(rest=99, told=[(1, 0)], arrived=[(2, 5)], stop=(6, 0), now=3)
def test_no_more_is_there_than_was_said_and_came_since(
    rest: int,
    told: list[tuple[int, int | None]],
    arrived: list[tuple[int, int]],
    stop: tuple[int, int] | None,
    now: int,
) -> None:
    """Each balance by itself, in a plain walk: the least of them holds, the rest went nobody knows where."""
    stopped, since = stop or (0, 0)
    money = AccountMoney(
        rest,
        measures=(Measure("", stopped, frozen=False, since=after(since)),) if stop else (),
        balances=tuple(Balance(after(second), fen) for second, fen in told),
        arrived=tuple((int(after(second).timestamp()), fen) for second, fen in arrived),
    )

    def covered(second: int) -> int:
        return stopped if second >= since else 0

    bounds = [
        max(fen or 0, covered(second)) + sum(came for when, came in arrived if when > second)
        for second, fen in told
        if second <= now
    ]
    held = min(rest, covered(now))
    there = min([rest - held, *(max(bound - covered(now), 0) for bound in bounds)])
    found = money.at(after(now))
    assert (found.held_fen, found.resting_fen, found.untraced_fen) == (
        held,
        there,
        rest - held - there,
    )
    assert found.loss_fen == rest
