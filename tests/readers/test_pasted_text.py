"""Whatever is pasted: every proposal shows its own words, nothing is lost, and a long text costs what it is long."""
# ruff: noqa: E501 - pieces of messages

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from re import _constants, _parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desktop.readers
from desktop.domain.statements.proposal import TRANSFER_FIELDS, Confidence, Extraction
from desktop.domain.statements.statement import MoneyDirection
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.corpus_score import whole
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.readers.pasted.pattern_table import pattern_table
from tests.readers.measuring import (
    DIRECTORIES,
    SECOND,
    THIRD,
    measure,
    messages,
    precision,
    recall,
    report,
)
from tests.support.every_row import every_row

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=CHINA)
READER = PastedTextReader(DIRECTORIES)
PIECES = (
    "您尾号1234的储蓄卡", "今天 10:12", "昨晚 9 点半", "转了", "9.8万", "一万二", "￥98,000.00", "９８，０００元", "收到", "余额",
    "6230 5200 1003 7788 994", "6222****8801", "****", "1" * 40, "陈志强", "户名：", "农业银行", "【建设银行】", "，", "。", "\n", "\n\n",
    "https://a.cc/", "QQ群 123456789", "微信：wxid_abc123", "13919364417", "+86 110", "订单号 2026112422001400000000000001", "\u202e", "\u200b",
    "e\u0301", "-", " ", "万", "点", "\U0001f600", "\ud800",
)  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=200)
)


def read(text: str) -> Extraction:
    return READER.read(text, NOW)


@given(texts)
def test_every_proposal_stands_in_the_text_it_was_read_from(text: str) -> None:
    reading = read(text)
    assert reading.text == text
    for found in reading.proposals:
        assert found.raw == text[found.start : found.end] != ""
        assert found.value
    for made in reading.transfers:
        assert set(made.parts) <= set(TRANSFER_FIELDS)
        assert "amount" in made.parts


@given(st.lists(st.sampled_from(PIECES[:24]), max_size=12).map("".join))
def test_invisible_signs_change_no_value(text: str) -> None:
    hidden = "\u200b".join(text)
    assert values(read(hidden)) == values(read(text))


def test_full_width_and_decomposed_letters_read_alike() -> None:
    wide = "今天１０：１２转了９８，０００元到６２３０５２００１００３７７８８９９４"
    (made,) = read(wide).transfers
    assert made.value("amount") == "98000.00"
    assert made.value("time") == "2026-11-24 10:12"
    assert made.value("payee_account") == "6230520010037788994"
    assert read("e\u0301 转了5万").transfers[0].parts["amount"].raw == "5万"


def test_a_card_wrapped_in_a_picture_is_one_number() -> None:
    reading = read("打到这个卡：6217 00123400 5678907建设银行王某强")
    assert ("bank_card", "6217001234005678907") in [(p.kind, p.value) for p in reading.proposals]
    loose = read("6217 00123400 5678907")
    assert "bank_card" not in [found.kind for found in loose.proposals], (
        "only where it is called a card"
    )


@pytest.mark.parametrize("number", ["11010119900307123X", "110101 19900307 123x"])
def test_an_identity_number_with_a_wrong_x_is_doubtful(number: str) -> None:
    (found,) = read(f"身份证 {number}").loose
    assert (found.kind, found.value) == ("resident_id", "11010119900307123X")
    assert found.confidence is Confidence.DOUBTFUL


def test_text_that_turns_its_direction_is_flagged() -> None:
    assert read("转了\u202e5万").warnings == ("direction",)
    assert read("转了5万").warnings == ()


def test_messages_of_several_banks_stay_apart() -> None:
    reading = read(
        "【建设银行】您尾号1234的储蓄卡11月24日10:12向陈志强转账支出98000.00元，余额1.00元。\n"
        "【招商银行】您账户2588于11月24日10:20收款人民币300.00，付款方李丽。"
    )
    first, second = reading.transfers
    assert (first.direction, first.value("payer_account"), first.value("payee_name")) == (
        MoneyDirection.OUT,
        "*1234",
        "陈志强",
    )
    assert (second.direction, second.value("payee_account"), second.value("payee_bank")) == (
        MoneyDirection.IN,
        "*2588",
        "招商银行",
    )


def test_a_labelled_name_is_surer_than_one_before_a_verb() -> None:
    (made,) = read(
        "【中国农业银行】王建国向您尾号5678的农行账户于11月23日21:47转出人民币32,500.00元。对方户名：李强，账号622848****1122。"
    ).transfers
    assert made.value("payee_name") == "李强"


CHATS = {
    "他让我把12万8转到6217004220011234567，后来又转了3万。": ["128000.00", "30000.00"],
    "昨天下午三点多让我转12万8过去，账号6217004220011234567，后来又转了3万，今天早上再转了5千": [
        "128000.00", "30000.00", "5000.00",
    ],
    "客服叫我先打了两万八到6217004220011234567，过了半小时又打了1万5，还有一笔8800是微信转的": [
        "28000.00", "15000.00", "8800.00",
    ],
    "一共转了三次，第一次5000，第二次1万2，第三次3万，都是6217004220011234567": ["5000.00", "12000.00", "30000.00"],
}  # fmt: skip


@pytest.mark.parametrize("chat", CHATS)
def test_payments_named_one_after_the_other_are_each_a_transfer_to_the_account(chat: str) -> None:
    made = read(chat).transfers
    assert [one.value("amount") for one in made] == CHATS[chat]
    assert {one.value("payee_account") for one in made} == {"6217004220011234567"}
    assert {one.direction for one in made} == {MoneyDirection.OUT}


def test_what_somebody_was_made_to_move_is_a_payment_to_the_patterns() -> None:
    """``让我把…转出去`` alone is a demand to the model, which is right more often; the sum stays marked in the text."""
    chat = "骗子让我把卡里的12万8转出去，转到6217004220011234567，没过多久又让我转了3万"
    by_patterns = replace(READER, load=None).read(chat, NOW).transfers
    assert [one.value("amount") for one in by_patterns] == ["128000.00", "30000.00"]
    assert "128000.00" in [one.value for one in read(chat).proposals]


@pytest.mark.parametrize("name", ["张三", "陈某某", ""])
def test_what_is_left_on_an_account_is_nobodys_name(name: str) -> None:
    (made,) = read(
        f"您尾号3421账户11月24日10:12转出98000.00元至{name}6230520010037788996，余额12.3元"
    ).transfers
    assert made.value("payee_name") == name


def test_what_was_only_demanded_is_no_payment() -> None:
    reading = read("已经转了5000到6217004220011234567，他又要我把3万转到同一个卡，我没有转")
    assert [one.value("amount") for one in reading.transfers] == ["5000.00"]


@pytest.mark.parametrize("arrival", ["次日到账", "实时到账", "普通到账"])
def test_how_money_arrives_does_not_say_that_it_came_in(arrival: str) -> None:
    (paid,) = read(
        f"收款人 陈某某 6230520010037788996\n金额 98,000.00 元\n到账方式 {arrival}"
    ).transfers
    assert paid.direction is not MoneyDirection.IN


def test_one_sum_that_came_back_undoes_no_other() -> None:
    first, second, back = read("把12万8转给陈志强，之后又追加了3万，对方退回来500").transfers
    assert (first.direction, first.failed) == (MoneyDirection.OUT, False)
    assert (second.direction, second.failed) == (MoneyDirection.OUT, False)
    assert back.failed


def values(reading: Extraction) -> list[tuple[str, str]]:
    return [(found.kind, found.value) for found in reading.proposals]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in iter_modules(desktop.readers.__path__, "desktop.readers."):
        for name, value in vars(import_module(module.name)).items():
            yield from ((f"{module.name}.{name}", shape) for shape in shapes(value))
    yield from ((one.name, one.shape) for one in pattern_table().values())


def shapes(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from shapes(item)


def endless(parsed: Any) -> bool:
    """Whether a repeat without an end stands anywhere in it."""
    for operator, argument in parsed:
        if operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and (
            argument[1] is _constants.MAXREPEAT or endless(argument[2])
        ):
            return True
        parts = argument if isinstance(argument, (tuple, list)) else (argument,)
        for part in parts:
            inner = part if isinstance(part, (tuple, list)) else (part,)
            if any(isinstance(one, _parser.SubPattern) and endless(one) for one in inner):
                return True
    return False


def test_no_shape_repeats_without_end() -> None:
    """So that no text makes one attempt to match longer than a fixed length."""
    found = dict(patterns())
    assert len(found) > 10
    assert [
        name for name, shape in found.items() if endless(_parser.parse(shape.pattern, shape.flags))
    ] == []


def calls(text: str) -> int:
    """Functions called while reading; the machine's speed has no part in it."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "转了5万给陈志强，",
        "1",
        "*",
        "6222 **** ",
        "a.",
        "余额1元\n",
        "今天10:12 ",
        "【建设银行】\n",
        "\u0301",
        "一万",
    ],
)
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    once, twice = (calls(piece * (length // len(piece))) for length in (20_000, 40_000))
    assert twice < once * 2.2 + 500


def test_the_share_found_in_messages_nobody_tuned_on_stays_high() -> None:
    scores = measure()
    assert sum(1 for _ in messages()) > 100
    for kind, (precise, found) in FLOORS.items():
        assert precision(scores[kind]) >= precise, report(scores)
        assert recall(scores[kind]) >= found, report(scores)


@pytest.mark.parametrize(
    ("held_out", "precise", "share"), [(SECOND, 0.98, 0.98), (THIRD, 0.98, 0.78)]
)
def test_the_share_found_in_later_sets_stays(held_out: Path, precise: float, share: float) -> None:
    scores = measure(held_out)
    found = whole(scores.values())
    assert precision(found) >= precise, report(scores)
    assert recall(found) >= share, report(scores)


@every_row(
    ("text", "sums"),
    [
        ("分三笔，每笔5万", ["50000.00"] * 3),
        ("一共转了四次，每次9800", ["9800.00"] * 4),
        ("每笔一万，转了十二笔", ["10000.00"] * 12),
        ("第三笔转了5万", ["50000.00"]),
        ("转账限额：每笔5万，每天最多3笔", []),
        ("转了3笔，共15万", ["150000.00"]),
        ("转了5万，大小写：伍万元整", ["50000.00"]),
        ("12号晚扣了1000×3", ["1000.00"] * 3),
        ("支付了1000元×3张卡", ["1000.00"]),
    ],
)
def test_one_sum_paid_several_times_is_several_payments(text: str, sums: list[str]) -> None:
    assert [made.value("amount") for made in read(text).transfers] == sums


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("2026年11月23日凌晨12点30分", "00:30"), ("11月23日凌晨12:30", "00:30"), ("11月23日凌晨1点30分", "01:30"),
        ("11月23日中午12点30分", "12:30"), ("11月23日上午12:30", "12:30"), ("11月23日PM 12:30", "12:30"),
    ],
)  # fmt: skip
def test_twelve_of_the_early_hours_is_midnight(typed: str, clock: str) -> None:
    made = read(f"{typed}转出8000元").transfers
    assert [one.parts["time"].value for one in made] == [f"2026-11-23 {clock}"]


def test_the_hour_of_one_of_several_is_not_the_hour_of_all() -> None:
    reading = read("每次2000，转了5次，最后一次是今天十点零五分")
    assert [made.value("time") for made in reading.transfers] == [""] * 5
    assert [found.value for found in reading.loose if found.kind == "time"] == ["2026-11-24 10:05"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("¥32.00 收款账号6217852000314467908 户名 郑小伟中国银行", "郑小伟"),
        ("对方信息 ★ 丽娟(189****7741)\n-7,999.00", "*丽娟"),
        ("向“阿豪”转账 ¥2,600.00 成功", "阿豪"),
        ("11-25 09:40 跨行转账 -12,000.00 33.19 苏文斌", "苏文斌"),
        (
            "垫付任务已派发，3单返佣15%\n打到这个卡：\n6217001234005678907 建设银行\n王某强\n我转了20000 元",
            "王某强",
        ),
    ],
)
def test_names_as_they_come_out_of_pictures(text: str, name: str) -> None:
    assert read(text).transfers[0].value("payee_name") == name


@pytest.mark.parametrize(
    "text",
    ["验证码 482913，转到尾号6217001234005678907", "打到6217001234005678907，邀请码 88213",
     "转到 6217001234005678907 电话 83391 群 88213"],
)  # fmt: skip
def test_a_number_that_is_no_sum_stays_none(text: str) -> None:
    assert read(text).transfers == ()


FLOORS = {
    "transfers": (0.97, 0.94),
    "direction": (0.97, 0.95),
    "time": (0.91, 0.91),
    "payer_account": (0.97, 0.97),
    "payee_account": (0.97, 0.86),
    "payee_name": (0.97, 0.87),
    "payee_bank": (0.89, 0.69),
    "order_number": (0.97, 0.97),
}
