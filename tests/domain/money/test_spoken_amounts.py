"""Amounts as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money.amounts import MAX_FEN, capitals
from desktop.domain.money.spoken_amounts import read_spoken
from tests.support.every_row import every_row


@given(st.integers(1, MAX_FEN))
def test_capitals_of_a_receipt_are_read_back(fen: int) -> None:
    assert read_spoken(capitals(fen)) == fen


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    found = read_spoken(text)
    assert found is None or 0 < found <= MAX_FEN


@every_row(
    ("text", "yuan"),
    [
        ("一万二", 12_000), ("9万8", 98_000), ("三千五", 3_500), ("一万零二", 10_002), ("2.5w", 25_000), ("5k", 5_000),
        ("两千块", 2_000), ("十五", 15), ("一亿两千万", 120_000_000), ("2万3500元", 23_500),
        ("壹万贰仟元整", 12_000), ("一萬貳仟圓", 12_000),
    ],
)  # fmt: skip
def test_words_of_every_day(text: str, yuan: int) -> None:
    assert read_spoken(text) == yuan * 100


@pytest.mark.parametrize(
    ("text", "fen"),
    [("三块五", 350), ("三块三毛五", 335), ("3块3毛5", 335), ("三元五角五", 355), ("五毛", 50), ("三元五分", 305)],
)  # fmt: skip
def test_a_last_digit_after_tenths_is_hundredths(text: str, fen: int) -> None:
    assert read_spoken(text) == fen


@pytest.mark.parametrize("text", ["几万", "万一", "千万", "", "一二", "万", "1万万万x"])
def test_what_leaves_the_amount_open_is_none(text: str) -> None:
    assert read_spoken(text) is None


@pytest.mark.parametrize(
    ("units", "yuan"),
    [("十拾", 10), ("百佰", 100), ("千仟kK", 1000), ("万萬wW", 10**4), ("亿億", 10**8)],
)
def test_each_unit_has_its_size(units: str, yuan: int) -> None:
    for unit in units:
        assert read_spoken(f"三{unit}") == 300 * yuan, unit
