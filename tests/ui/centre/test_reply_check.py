"""A reply that cannot be right is refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.order import ReplyResult
from desktop.ui.centre.reply_check import Fault, ReplyText, check_reply, made_reply
from desktop.ui.shared.amounts import yuan
from tests.ui.centre.fakes import NOW

ASKED = 9_800_000
GOOD = ReplyText(
    ReplyResult.DONE, "98,000", "", NOW, NOW + timedelta(hours=48), "农业银行", "赵敏", ""
)


def blocking(text: ReplyText, asked: int = ASKED) -> list[str]:
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
    faults = check_reply(replace(GOOD, amount="9.9万"), ASKED)
    assert faults == (
        Fault("amount", "centre.reply.too_much", (("asked", "98,000"), ("over", "1,000"))),
    )


def test_an_odd_balance_is_only_to_be_looked_at() -> None:
    (fault,) = check_reply(replace(GOOD, balance="100"), ASKED)
    assert not fault.blocks


@given(st.integers(1, 10**10), st.integers(0, 10**10), st.sampled_from(ReplyResult))
def test_what_is_recorded_never_exceeds_what_was_asked(
    asked: int, stopped: int, result: ReplyResult
) -> None:
    text = replace(GOOD, result=result, amount=yuan(stopped), remark="账户已销户")
    if blocking(text, asked):
        return
    made = made_reply(text, NOW)
    assert 0 <= made.amount_fen <= asked
    assert (made.amount_fen == asked) == (result is ReplyResult.DONE)
    assert (made.amount_fen == 0) == (result is ReplyResult.FAILED)
    assert (made.starts_at is None) == (result is ReplyResult.FAILED)
