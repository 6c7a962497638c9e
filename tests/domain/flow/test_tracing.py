"""Tracing: to the fen whatever the payments, by each method what its name says, and independent of the file's order."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.flow.tracing import holdings, origins_from, trace
from desktop.domain.money.dispositions import NOTHING, AccountMoney, Measure
from desktop.domain.money.money_flow import (
    FlowPayment,
    Trace,
    TracingMethod,
    share_out,
)
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cash_out_terms import load_cash_out_terms
from tests.analysis.flow_worlds import ACCOUNTS, FiveTiers, any_moves, five_tiers, followed
from tests.support.strict import all_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
methods = st.sampled_from(TracingMethod)
distinct = any_moves(one_a_second=True).flatmap(
    lambda moves: st.tuples(st.just(moves), followed(moves))
)
worlds = any_moves().flatmap(lambda moves: st.tuples(st.just(moves), followed(moves)))


def rests(found: Trace) -> dict[str, int]:
    return {rest.account: rest.fen for rest in found.rests}


@given(worlds, methods, st.integers(0, 3), st.randoms())
def test_nothing_is_lost_and_no_order_of_the_file_matters(world, method, tolerance, random) -> None:
    moves, origins = world
    found = trace(moves, origins, method, tolerance)
    assert found.conserved
    assert found.traced_fen == sum(origins.values())
    for rest in found.rests:
        assert all_of(0 < fen <= origins[origin] for origin, fen in rest.shares)
    for origin, fen in origins.items():
        assert sum(dict(rest.shares).get(origin, 0) for rest in found.rests) == fen
    for part in found.parts:
        assert 0 < part.fen <= part.move.amount_fen
    random.shuffle(moves)
    assert trace(moves, origins, method, tolerance) == found


@given(distinct, st.sampled_from([TracingMethod.FIFO, TracingMethod.LIFO]))
def test_coin_by_coin(world, method) -> None:
    """Every fen as a coin of its own, laid in rows: what lots and halves of lots must come to."""
    moves, origins = world
    purses: dict[str, deque[str]] = {name: deque() for name in ACCOUNTS}
    for move in moves:
        _pay_coins(purses, move, origins, method)
    coins = {name: sum(coin in origins for coin in purse) for name, purse in purses.items()}
    found = trace(moves, origins, method)
    assert {name: fen for name, fen in coins.items() if fen} == rests(found)


def _pay_coins(purses, move: FlowPayment, origins: dict[str, int], method: TracingMethod) -> None:
    if move.id in origins:
        mine = [move.id] * origins[move.id] + [""] * (move.amount_fen - origins[move.id])
    else:
        purse = purses[move.payer]
        take = purse.popleft if method is TracingMethod.FIFO else purse.pop
        mine = [take() if purse else "" for _ in range(move.amount_fen)]
    purses[move.payee].extend(mine)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=9), st.integers(0, 10**9))
def test_shares_are_exact_and_never_a_fen_from_their_proportion(weights, amount) -> None:
    named = {f"{place}": weight for place, weight in enumerate(weights)}
    shares = share_out(amount, named)
    assert sum(shares.values()) == amount
    for name, weight in named.items():
        assert abs(shares[name] - Fraction(amount * weight, sum(weights))) < 1
        if amount <= sum(weights):
            assert shares[name] <= weight


@given(st.integers(1, 10**6), st.lists(st.tuples(st.booleans(), st.integers(1, 10**5)), max_size=8))
def test_of_all_methods_the_lowest_balance_leaves_most_where_it_came(loss, later) -> None:
    """One account, one victim's payment, then other money in and payments out."""
    moves = [FlowPayment("v", 0, "V", "A", loss)]
    for place, (comes, fen) in enumerate(later):
        ends = ("X", "A") if comes else ("A", "B")
        moves.append(FlowPayment(f"x{place}", place + 1, *ends, fen))
    left = {m: rests(trace(moves, {"v": loss}, m)).get("A", 0) for m in TracingMethod}
    assert left[TracingMethod.LOWEST] == max(left.values())
    if not any(comes for comes, _ in later):
        assert len(set(left.values())) == 1


@given(five_tiers(), methods, st.data())
def test_what_became_of_five_tiers_is_known_to_the_fen(
    world: FiveTiers, method: TracingMethod, data: st.DataObject
) -> None:
    """Some accounts stopped or frozen, cash and coins out of reach, the rest unknown: each as it was made."""
    words = load_cash_out_terms(resource_path("rules"))
    cash_outs = {name: kind for name in world.truth if (kind := words.cash_out_of(name))}
    inside = sorted(name for name in world.truth if name not in cash_outs)
    named = st.lists(st.sampled_from(inside), unique=True, max_size=3) if inside else st.just([])
    stopped, frozen = data.draw(named), data.draw(named)
    measures = {
        name: (Measure("", world.truth[name], frozen=False, since=NOW),) for name in stopped
    }
    measures |= {name: (Measure("", world.truth[name], frozen=True, since=NOW),) for name in frozen}
    sums = NOTHING
    for rest in trace(world.moves, world.origins, method).rests:
        measured = measures.get(rest.account, ())
        sums += AccountMoney(rest.fen, measured, left=rest.account in cash_outs).at(NOW)
    assert sums.held_fen == sum(world.truth[name] for name in stopped if name not in frozen)
    assert sums.frozen_fen == sum(world.truth[name] for name in frozen)
    assert sums.left_fen == sum(world.truth[name] for name in cash_outs)
    assert sums.loss_fen == sum(world.origins.values())


@given(five_tiers(), methods)
def test_five_tiers_are_traced_as_they_were_made(world: FiveTiers, method: TracingMethod) -> None:
    found = trace(world.moves, world.origins, method)
    assert rests(found) == world.truth
    assert {name: tier for name, tier in found.tiers.items() if tier} == world.tiers


MIXED = [
    FlowPayment("1", 100, "V", "A", 10_000),
    FlowPayment("2", 200, "X", "A", 5_000),
    FlowPayment("3", 300, "A", "B", 8_000),
]


@pytest.mark.parametrize(
    ("method", "at_b"),
    [
        (TracingMethod.FIFO, 8_000),
        (TracingMethod.LIFO, 3_000),
        (TracingMethod.PROPORTIONAL, 5_333),
        (TracingMethod.LOWEST, 3_000),
    ],
)
def test_each_method_does_what_its_name_says(method: TracingMethod, at_b: int) -> None:
    assert rests(trace(MIXED, {"1": 10_000}, method)) == {"A": 10_000 - at_b, "B": at_b}


def test_a_payment_waits_for_its_money_within_the_tolerance_only() -> None:
    moves = [FlowPayment("1", 100, "A", "B", 50), FlowPayment("2", 160, "V", "A", 50)]
    assert rests(trace(moves, {"2": 50}, TracingMethod.FIFO, 60)) == {"B": 50}
    assert rests(trace(moves, {"2": 50}, TracingMethod.FIFO, 59)) == {"A": 50}


def test_payments_of_one_day_stand_in_the_order_the_money_went() -> None:
    moves = [
        FlowPayment("1", 0, "B", "C", 50),
        FlowPayment("2", 0, "A", "B", 50),
        FlowPayment("3", 0, "V", "A", 50),
    ]
    assert rests(trace(moves, {"3": 50}, TracingMethod.FIFO)) == {"C": 50}


def test_two_that_wait_for_each_other_are_booked_all_the_same() -> None:
    moves = [
        FlowPayment("1", 0, "A", "B", 50),
        FlowPayment("2", 0, "B", "A", 50),
        FlowPayment("3", 5, "V", "A", 9),
    ]
    assert trace(moves, {"3": 9}, TracingMethod.FIFO).conserved


def test_where_following_begins() -> None:
    assert origins_from(MIXED, "V", None, None) == {"1": 10_000}
    assert origins_from(MIXED, "A", 100, 10_000) == {"1": 10_000}, "the money that came in then"
    assert origins_from(MIXED, "A", 100, 6_000) == {"3": 6_000}, "what was paid from then on"
    assert origins_from(MIXED, "A", 301, None) == {}


LOT = st.tuples(st.sampled_from(("a", "b", None)), st.integers(1, 500))


@pytest.mark.parametrize("method", TracingMethod)
@given(steps=st.lists(LOT | st.integers(1, 800), min_size=1, max_size=12))
def test_what_leaves_is_what_was_asked_for_and_what_stays_is_the_rest(
    method: TracingMethod, steps: list[tuple[str | None, int] | int]
) -> None:
    """To the fen, in whatever order money comes and goes; what was not there came from nowhere that is known."""
    held = holdings(method)()
    there = 0
    for step in steps:
        if isinstance(step, int):
            taken = held.take(step)
            assert sum(fen for _, fen in taken) == step
            assert [fen for _, fen in taken if fen <= 0] == []
            there = max(there - step, 0)
        else:
            held.put([step])
            there += step[1]
        assert held.balance == sum(fen for _, fen in held.rest()) == there
