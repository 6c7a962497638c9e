"""Where the money is: every sum as an independent count has it, and every example of ``docs/money.md`` by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.payments.way import PaymentWay, WayKind
from desktop.domain.flow.money_places import FlowRules, FlowWorld, MoneyPlaces
from desktop.domain.flow.reported_payments import merged, reported_payments
from desktop.domain.money.dispositions import Disposition, MoneySums
from desktop.domain.money.money_flow import CashOutKind, TracingMethod
from desktop.domain.orders.kinds import FREEZES
from desktop.domain.orders.order import OrderKind
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from tests.support.recounted_money import (
    EXIT,
    TARGETS,
    Asked,
    Paid,
    World,
    instant,
    recounted,
    worlds,
)
from tests.support.sweep import examples

PACK = load_rule_pack(resource_path("rules"))
A, B = TARGETS[:2]
STOP, FREEZE = OrderKind.STOP, OrderKind.FREEZE


def cash_out_of(account: Account) -> CashOutKind | None:
    return CashOutKind.CASH if account.name == "取现" else None


def places(world: World, *cases: str) -> MoneyPlaces:
    return _of([item for item in world.facts() if item.case in cases])


def _of(facts: Sequence[ClockFacts]) -> MoneyPlaces:
    payments = merged(*(reported_payments(item) for item in facts))
    flow = FlowWorld(facts, payments, payments, FlowRules(cash_out_of, PACK))
    return flow.places(flow.traced(TracingMethod.FIFO))


def counted(sums: MoneySums) -> Counter[Disposition]:
    return +Counter({item: sums.fen(item) for item in Disposition})


@settings(max_examples=examples(600), deadline=None)
@given(worlds(), st.integers(0, 70), st.sampled_from([("C0",), ("C1",), ("C0", "C1")]))
def test_every_sum_is_what_counting_coin_by_coin_gives(
    world: World, step: int, cases: Sequence[str]
) -> None:
    found = places(world, *cases)
    sums = found.at(instant(step))
    lost = sum(item.fen for item in world.paid if item.case in cases and not item.attempted)
    assert sums.loss_fen == lost
    assert min((fen for part in found.trace.parts for _, fen in part.shares), default=1) > 0
    assert counted(sums) == recounted(world, cases, step)
    assert min(sums.fen(item) for item in Disposition) >= 0


@settings(max_examples=examples(150), deadline=None)
@given(worlds())
def test_sums_change_at_the_announced_instants_only(world: World) -> None:
    found = places(world, "C0", "C1")
    line = found.timeline()
    last = found.at(instant(-1))
    for step in range(-1, 100):
        now = found.at(instant(step))
        assert now == last or instant(step) in found.changes
        assert line.at(instant(step)) == now
        last = now


@settings(max_examples=examples(150), deadline=None)
@given(worlds(), st.integers(0, 70))
def test_the_sums_of_accounts_are_those_of_the_whole(world: World, step: int) -> None:
    found = places(world, "C0", "C1")
    whole = MoneySums()
    for key in found.accounts:
        whole += found.of_account(key, instant(step))
    assert whole.with_returned(found.returned_fen) == found.at(instant(step))


EXAMPLES = {
    "a stop in part": (
        World((Paid("C0", 1, A, 98),), (Asked(0, STOP, 5, 98, 61, 10, done=True, on=((2, B, 30), (3, EXIT, 7))),)),
        {6: MoneySums(held_fen=61, resting_fen=30, left_fen=7),
         16: MoneySums(lapsed_fen=61, resting_fen=30, left_fen=7)},
    ),
    "a stop that found less": (
        World((Paid("C0", 1, A, 756),), (Asked(0, STOP, 5, 756, 41, 10, done=True),)),
        {4: MoneySums(resting_fen=756), 6: MoneySums(held_fen=41, untraced_fen=715)},
    ),
    "a stop that found less, and where most of it went": (
        World((Paid("C0", 1, A, 756),), (Asked(0, STOP, 5, 756, 41, 10, done=True, on=((2, B, 600),)),)),
        {6: MoneySums(held_fen=41, untraced_fen=115, resting_fen=600)},
    ),
    "two orders on one payment": (
        World(
            (Paid("C0", 1, A, 50),),
            (Asked(0, STOP, 2, 50, 50, 10, done=True), Asked(0, FREEZE, 4, 30, 30, 90, done=True, released=20)),
        ),
        {3: MoneySums(held_fen=50), 5: MoneySums(held_fen=20, frozen_fen=30),
         13: MoneySums(lapsed_fen=20, frozen_fen=30), 20: MoneySums(lapsed_fen=50)},
    ),
    "a refund of no payment": (
        World((Paid("C0", 1, A, 20),), (), (("C0", 5),)),
        {3: MoneySums(returned_fen=5, resting_fen=15)},
    ),
    "a call-back": (
        World((Paid("C0", 1, A, 10), Paid("C0", 2, A, 2)), (Asked(0, OrderKind.REVOKE, 3, 10, 10, 1, done=True),)),
        {4: MoneySums(returned_fen=10, resting_fen=2)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_documentation(name: str) -> None:
    world, expected = EXAMPLES[name]
    found = places(world, "C0")
    assert {step: found.at(instant(step)) for step in expected} == expected


def test_two_victims_of_one_account_are_counted_together_once() -> None:
    world = World(
        (Paid("C0", 1, A, 30), Paid("C1", 2, A, 30)), (Asked(0, STOP, 5, 30, 20, 99, done=True),)
    )
    alone = [places(world, case).at(instant(9)) for case in ("C0", "C1")]
    assert alone == [MoneySums(held_fen=20, untraced_fen=10), MoneySums(resting_fen=30)]
    together = places(world, "C0", "C1").at(instant(9))
    assert together == MoneySums(held_fen=20, untraced_fen=40)


def test_an_ended_measure_ends_no_other() -> None:
    """One freeze is lifted; that of the other account runs on."""
    world = World(
        (Paid("C0", 1, A, 30), Paid("C0", 2, B, 40)),
        (
            Asked(0, FREEZE, 5, 30, 30, 99, done=True, released=8),
            Asked(1, FREEZE, 5, 40, 40, 99, done=True),
        ),
    )
    assert FREEZE in FREEZES
    assert places(world, "C0").at(instant(9)) == MoneySums(lapsed_fen=30, frozen_fen=40)


@pytest.mark.parametrize(
    ("way", "unasked", "called_back"),
    [
        (WayKind.BANK, MoneySums(resting_fen=30), MoneySums(returned_fen=30)),
        (WayKind.COIN, MoneySums(left_fen=30), MoneySums(held_fen=30)),
        (WayKind.CASH, MoneySums(left_fen=30), MoneySums(held_fen=30)),
        (WayKind.VOUCHER, MoneySums(left_fen=30), MoneySums(held_fen=30)),
        (WayKind.CROSS_BORDER, MoneySums(left_fen=30), MoneySums(returned_fen=30)),
    ],
)
def test_what_a_call_back_does_follows_from_the_way(
    way: WayKind, unasked: MoneySums, called_back: MoneySums
) -> None:
    """An exchange, a courier's platform and an issuer keep it where it is; a bank sends it back."""
    world = World((Paid("C0", 1, A, 30),), (Asked(0, OrderKind.REVOKE, 5, 30, 30, 99, done=True),))
    (facts,) = world.facts()
    (paid,) = facts.payments
    left = replace(facts, payments=(replace(paid, way=PaymentWay(paid.id, way)),))
    sums = [_of([item]).at(instant(9)) for item in (replace(left, orders=()), left)]
    assert sums == [unasked, called_back]
