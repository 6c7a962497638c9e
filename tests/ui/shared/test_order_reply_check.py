"""A reply that cannot be right is refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.money import Freeze, FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, ReplyResult
from desktop.ui.shared.orders.order_reply_check import (
    SUMS,
    Fault,
    HopText,
    ReplyText,
    check_reply,
    made_reply,
)
from desktop.ui.shared.text.amounts import yuan
from tests.domain.orders.samples import NOON as NOW
from tests.domain.orders.samples import order

GOOD = ReplyText(
    ReplyResult.DONE, "98,000", "", NOW, NOW + timedelta(hours=48), "农业银行", "赵敏", ""
)


STOP = order(OrderKind.STOP)


def blocking(text: ReplyText, asked: Order = STOP) -> list[str]:
    return [fault.field for fault in check_reply(text, asked) if fault.blocks]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "98,000.01"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "九万"}, "amount"),
        ({"amount": "60,000"}, "amount"),
        ({"result": ReplyResult.PARTIAL}, "amount"),
        ({"balance": "x"}, "balance"),
        ({"starts_at": None}, "starts"),
        ({"ends_at": None}, "ends"),
        ({"ends_at": NOW}, "ends"),
        ({"organisation": ""}, "organisation"),
        ({"result": ReplyResult.FAILED, "amount": ""}, "remark"),
    ],
)
def test_each_fault_is_found_beside_its_field(change: dict[str, object], field: str) -> None:
    assert blocking(GOOD) == []
    assert blocking(replace(GOOD, **change)) == [field]  # type: ignore[arg-type]


def test_the_reason_of_too_much_names_both_sums() -> None:
    faults = check_reply(replace(GOOD, amount="9.9万"), STOP)
    assert faults == (
        Fault("amount", "order_reply.too_much", (("asked", "98,000"), ("over", "1,000"))),
    )


@pytest.mark.parametrize(("typed", "told"), [("", None), ("0.00", 0), ("100", 10_000)])
def test_a_balance_of_nought_is_not_none(typed: str, told: int | None) -> None:
    assert made_reply(replace(GOOD, balance=typed), STOP, NOW).known_balance == told


def test_an_odd_balance_is_only_to_be_looked_at() -> None:
    (fault,) = check_reply(replace(GOOD, balance="100"), STOP)
    assert not fault.blocks


@given(st.integers(1, 10**10), st.integers(0, 10**10), st.sampled_from(ReplyResult))
def test_what_is_recorded_never_exceeds_what_was_asked(
    asked: int, stopped: int, result: ReplyResult
) -> None:
    text = replace(GOOD, result=result, amount=yuan(stopped), remark="账户已销户")
    stop = order(OrderKind.STOP, amount_fen=asked)
    if blocking(text, stop):
        return
    made = made_reply(text, stop, NOW)
    assert 0 <= made.amount_fen <= asked
    assert (made.amount_fen == asked) == (result is ReplyResult.DONE)
    assert (made.amount_fen == 0) == (result is ReplyResult.FAILED)
    assert (made.starts_at is None) == (result is ReplyResult.FAILED)


@given(st.sampled_from(OrderKind), st.sampled_from(ReplyResult))
def test_a_reply_says_only_what_its_kind_can(kind: OrderKind, result: ReplyResult) -> None:
    made = made_reply(replace(GOOD, result=result), order(kind), NOW)
    failed = result is ReplyResult.FAILED
    assert (made.starts_at is None) is (failed or not SPECS[kind].holds)
    assert (made.amount_fen > 0) is (kind in SUMS and not failed)


def test_a_full_freeze_may_hold_more_than_was_paid() -> None:
    full = order(OrderKind.FREEZE, terms=MoneyTerms(freeze=Freeze(FreezeType.FULL)))
    assert blocking(replace(GOOD, amount="300,000"), full) == []


def test_the_next_tier_needs_its_account() -> None:
    nameless = HopText("赵某", "", "工商银行", "5万")
    assert blocking(replace(GOOD, hops=(nameless,))) == ["hops"]
    hop = replace(nameless, account="6222 0210 0111 6245 702")
    assert blocking(replace(GOOD, hops=(replace(hop, amount="x"),))) == ["hops"]
    (told,) = made_reply(replace(GOOD, hops=(hop,)), STOP, NOW).hops
    assert (told.account, told.amount_fen) == ("6222021001116245702", 5_000_000)
