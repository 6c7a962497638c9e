"""Money read, shown and written in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import MAX_FEN, capitals, format_yuan, parse_yuan
from tests.support.every_row import every_row

AMOUNTS = st.integers(0, MAX_FEN)

_VALUES = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
_WEIGHTS = {"拾": 10, "佰": 100, "仟": 1000}


def read_capitals(text: str) -> int:
    """An independent reader of capitals, written from the rule and not from the writer."""
    whole, _, rest = text.rpartition("元")
    fen = section = total = digit = 0
    for sign in whole:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _WEIGHTS:
            section, digit = section + digit * _WEIGHTS[sign], 0
        else:
            total += (section + digit) * {"万": 10**4, "亿": 10**8}[sign]
            section = digit = 0
    for sign in rest:
        digit2 = _VALUES.get(sign)
        if digit2 is not None:
            last = digit2
        elif sign in "角分":
            fen += last * {"角": 10, "分": 1}[sign]
    return (total + section + digit) * 100 + fen


@given(AMOUNTS)
def test_what_is_shown_is_read_back(fen: int) -> None:
    text = format_yuan(fen)
    full_width = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,."})
    assert parse_yuan(text) == parse_yuan(f"¥ {text} 元") == parse_yuan(full_width) == fen


@given(AMOUNTS)
def test_capitals_say_the_same_amount_and_keep_the_rule(fen: int) -> None:
    text = capitals(fen)
    assert read_capitals(text) == fen
    assert "零零" not in text
    assert not text.startswith("零") or fen == 0
    assert text.endswith("整") == (fen % 100 == 0)


@given(AMOUNTS.filter(bool), AMOUNTS.filter(bool))
def test_different_amounts_have_different_capitals(one: int, other: int) -> None:
    assert (capitals(one) == capitals(other)) == (one == other)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused_with_a_code(text: str) -> None:
    try:
        fen = parse_yuan(text)
    except UserInputError as error:
        assert error.code.startswith("amount.")  # noqa: PT017 - the point is that nothing else is raised
    else:
        assert 0 <= fen <= MAX_FEN


@every_row(
    ("text", "fen"),
    [
        ("98,000.00", 9_800_000),
        ("￥98000", 9_800_000),
        ("¥ 98 000", 9_800_000),
        ("９８，０００．５０", 9_800_050),
        ("98000。5", 9_800_050),
        ("9.8万", 9_800_000),
        ("9.8万元整", 9_800_000),
        ("3.2w", 3_200_000),
        ("10W元", 10_000_000),
        ("1.2亿", 12_000_000_000),
        ("1亿2000万", 12_000_000_000),
        ("9万8千", 9_800_000),
        ("人民币 3千元", 300_000),
        ("RMB 12.34", 1_234),
        (".5", 50),
        ("5.", 500),
        ("0", 0),
    ],
)
def test_spellings(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@every_row(
    ("text", "code"),
    [
        ("", "amount.empty"),
        (" ￥ ", "amount.empty"),
        ("-5", "amount.negative"),
        ("98,00", "amount.grouping"),
        ("9,8000.00", "amount.grouping"),
        ("1.005", "amount.too_fine"),
        ("0.0000001万", "amount.too_fine"),
        ("1000000000000", "amount.too_large"),
        ("99999亿", "amount.too_large"),
        ("9万8", "amount.unreadable"),
        ("8千9万", "amount.unreadable"),
        ("9.8E4", "amount.unreadable"),
        ("1.2.3", "amount.unreadable"),
        ("about 5", "amount.unreadable"),
        ("٣", "amount.unreadable"),
        ("1.00000000000000000000000000000001", "amount.unreadable"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(UserInputError) as caught:
        parse_yuan(text)
    assert caught.value.code == code


@every_row(
    ("text", "expected"),
    [
        # The examples of 《支付结算办法》附一《正确填写票据和结算凭证的基本规定》.
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("98000", "玖万捌仟元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角"),
        ("10", "壹拾元整"),
        ("100005", "壹拾万零伍元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000100000", "壹拾亿零壹拾万元整"),
        ("120034500", "壹亿贰仟零叁万肆仟伍佰元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals(text: str, expected: str) -> None:
    assert capitals(parse_yuan(text)) == expected


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_no_capitals_outside_the_range(fen: int) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(fen)


@every_row(
    ("unit", "yuan"),
    [("百", 100), ("佰", 100), ("千", 1000), ("仟", 1000), ("万", 10**4), ("w", 10**4), ("W", 10**4), ("亿", 10**8)],
)  # fmt: skip
def test_each_unit_has_its_size(unit: str, yuan: int) -> None:
    assert parse_yuan(f"3{unit}") == 300 * yuan


@pytest.mark.parametrize("text", ["1万2万", "1千3万", "1百2佰", "2亿1亿"])
def test_a_unit_that_is_not_smaller_than_the_one_before_is_no_amount(text: str) -> None:
    with pytest.raises(UserInputError, match=r"^amount\.unreadable$"):
        parse_yuan(text)
