"""What pasted words say of a payment: its sum, its hour, whether it went through. Each was once read otherwise."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.domain.statements.proposal import ProposedTransfer
from desktop.domain.statements.statement import MoneyDirection
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.pasted_text import PastedTextReader
from tests.readers.measuring import DIRECTORIES

NOW = datetime(2026, 11, 24, 22, 40, tzinfo=CHINA)
RECEIPT = "转账-￥50,000.00\n当前状态 {}\n转账时间 2026年11月24日 10:12:33\n收款方 张三"


def payments(text: str) -> tuple[ProposedTransfer, ...]:
    return PastedTextReader(DIRECTORIES).read(text, NOW).transfers


@pytest.mark.parametrize(
    "text",
    [RECEIPT.format("已全额退款"), RECEIPT.format("对方已退还"), "转账金额 50,000.00元 交易取消",
     "转了50000元，没转成", "转账50000元被银行拦截"],
)  # fmt: skip
def test_what_came_back_or_never_went_is_no_payment(text: str) -> None:
    (made,) = payments(text)
    assert made.failed
    assert made.value("amount") == "50000.00"


@pytest.mark.parametrize(
    "text",
    ["客服说可以全额退款，我转了50000元", RECEIPT.format("支付成功，对方待收款"),
     "他没成年，我转了50000元", "取消会员要转账，我转了50000元"],
)  # fmt: skip
def test_words_of_other_things_fail_no_payment(text: str) -> None:
    (made,) = payments(text)
    assert (made.failed, made.direction) == (False, MoneyDirection.OUT)


def test_of_two_only_the_one_that_failed_failed() -> None:
    first, second = payments("我转了5万没转成，又转了3万成功")
    assert (first.failed, second.failed) == (True, False)


def test_what_he_gave_back_came_in() -> None:
    first, second = payments("我转了5万，他退了1万给我")
    assert (first.direction, second.direction) == (MoneyDirection.OUT, MoneyDirection.IN)


def test_a_refund_in_the_state_of_a_payment_takes_nothing_from_it() -> None:
    (made,) = payments(RECEIPT.format("已退款(￥100.00)"))
    assert (made.value("amount"), made.value("payee_name")) == ("50000.00", "张三")
    assert made.value("time") == "2026-11-24 10:12:33"


@pytest.mark.parametrize(
    ("clock", "meant"),
    [
        ("3:05 PM", "2026-11-24 15:05"),
        ("12:05 AM", "2026-11-24 00:05"),
        ("12:05PM", "2026-11-24 12:05"),
        ("晚上12:30", "2026-11-25 00:30"),
        ("晚上8:30", "2026-11-24 20:30"),
    ],
)
def test_half_days_are_heeded_before_and_behind_the_clock(clock: str, meant: str) -> None:
    (made,) = payments(f"2026-11-24 {clock} 转账50000元")
    assert made.value("time") == meant
    assert payments("转账50000元 9:05 PM")[0].value("time") == "2026-11-24 21:05"


@pytest.mark.parametrize(
    "printed",
    ["2026-11-24T02:12:35Z", "2026-11-24 02:12:35.250+00:00", "2026-11-24 10:12:35 +0800",
     "2026-11-23 21:12:35 -05:00", "2026-11-24 02:12:35 UTC", "2026-11-24 10:12:35 GMT+8"],
)  # fmt: skip
def test_a_zone_behind_the_clock_is_reckoned_with(printed: str) -> None:
    (made,) = payments(f"{printed} 转账50000元")
    assert made.value("time") == "2026-11-24 10:12:35"


@pytest.mark.parametrize("sum_", ["-9800.00", "-1000", "-0930.00元"])
def test_a_sum_behind_the_clock_is_no_zone(sum_: str) -> None:
    values = {
        part.value
        for part in PastedTextReader(DIRECTORIES).read(f"2026-11-24 10:12:35 {sum_}", NOW).proposals
    }
    assert "2026-11-24 10:12:35" in values


def test_words_of_a_withdrawal_that_were_torn_apart_are_nobodys_name() -> None:
    (made,) = payments("交 易撤销 6230520010037788996 98000元")
    assert made.value("payee_account") == "6230520010037788996"
    assert made.value("payee_name") == ""


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("转账5,0000元", "50000.00"),
        ("转了1万零5百", "10500.00"),
        ("转了5,000元", "5000.00"),
        ("转了12,345,678.90元", "12345678.90"),
    ],
)
def test_sums_are_grouped_as_people_do(typed: str, fen: str) -> None:
    assert [made.value("amount") for made in payments(typed)] == [fen]


@pytest.mark.parametrize("typed", ["付款 ¥50,00.00", "转账 50.000,00 元"])
def test_a_sum_that_lost_a_digit_is_none(typed: str) -> None:
    assert payments(typed) == ()


def test_a_card_wrapped_after_sixteen_digits_is_read_whole() -> None:
    (made,) = payments("收款账号 6217004230001234 569 金额 50000.00元")
    assert made.value("payee_account") == "6217004230001234569"
