"""Masked numbers: whatever blots a receipt makes, the number behind them is never ruled out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers.money.luhn import luhn_digit, luhn_valid
from desktop.domain.identifiers.money.masked_number import MaskedNumber, group_account, read_masked
from desktop.domain.reference.directories import NoDirectories
from desktop.runtime.packages.directories import PackedDirectories
from tests.support.every_row import every_row
from tests.support.strict import all_of

BODIES = st.text("0123456789", min_size=12, max_size=18)


@given(BODIES, st.data())
def test_the_number_behind_any_blot_fits(body: str, data: st.DataObject) -> None:
    """Stars of the right count, and stars shrunk or stretched to another count."""
    number = body + luhn_digit(body)
    shown = data.draw(st.lists(st.booleans(), min_size=len(number), max_size=len(number)))
    counted = "".join(d if seen else "*" for d, seen in zip(number, shown, strict=True))
    if "*" not in counted or counted.strip("*") == "":
        return
    runs = [run for run in counted.replace("*", " ").split(" ") if run]
    gap = data.draw(st.integers(1, 5)) * "*"
    start = "" if shown[0] else gap
    shrunk = start + gap.join(runs) + ("" if shown[-1] else gap)
    for pattern in (counted, shrunk):
        assert MaskedNumber(pattern).fits(number)
        assert read_masked(f" {pattern} ") == MaskedNumber(pattern)


@given(BODIES, st.integers(0, 17), st.integers(0, 17))
def test_two_missing_digits_leave_ten_readings_with_the_true_one(
    body: str, first: int, second: int
) -> None:
    number = body + luhn_digit(body)
    places = {first % len(number), second % len(number)}
    blotted = "".join("*" if at in places else digit for at, digit in enumerate(number))
    found = MaskedNumber(blotted).completions()
    assert number in found
    assert len(found) == (10 if len(places) == 2 else 1)
    assert all_of(luhn_valid(other) for other in found)


@given(BODIES, st.integers(0, 17), st.integers(1, 9))
def test_a_visible_digit_that_differs_rules_a_number_out(body: str, place: int, shift: int) -> None:
    number = body + luhn_digit(body)
    blotted = MaskedNumber(f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}")
    place = place % 6 if place % 2 else -1 - place % 4
    digits = list(number)
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert not blotted.fits("".join(digits))


@every_row(
    ("typed", "pattern"),
    [
        ("6222 02** **** *123 4", "622202*******1234"),
        ("６２２２０２＊＊＊＊１２３４", "622202****1234"),
        ("6222•●×1234", "6222***1234"),
        ("622202......1234", "622202******1234"),
        ("6222****0212****123", "6222****0212****123"),
        ("尾号为8994", "*8994"),
        ("（尾号8994）", "*8994"),
        ("末四位 8994", "*8994"),
        ("8994", "*8994"),
        ("\u200b8994\u202c", "*8994"),
    ],
)
def test_spellings(typed: str, pattern: str) -> None:
    assert read_masked(typed) == MaskedNumber(pattern)


@every_row("typed", ["", "*", "****", "62220", "wxid_1*2", "a**b", "6" * 70 + "*", "*" * 10**6])
def test_what_is_none(typed: str) -> None:
    assert read_masked(typed) is None


@pytest.mark.parametrize(
    ("pattern", "lengths"),
    [
        ("622202******1234", (19,)),
        ("622202*********1234", (19,)),
        ("622202*1234", (19,)),
        ("159****3321", (11,)),
        ("6222****1234", ()),
        ("*1234", ()),
    ],
)
def test_lengths_are_the_issuers(
    tables: PackedDirectories, pattern: str, lengths: tuple[int, ...]
) -> None:
    assert MaskedNumber(pattern).lengths(tables) == lengths


def test_without_a_table_the_stars_are_counted() -> None:
    assert MaskedNumber("622202******1234").lengths(NoDirectories()) == (16,)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("6230520010037788996", "6230 5200 1003 7788 996"),
        (" 6230-5200 1003", "6230 5200 1003"),
        ("6222****1234", "6222****1234"),
        ("rw_jd_xiaowen ", "rw_jd_xiaowen"),
        ("", ""),
    ],
)
def test_numbers_are_grouped_as_they_are_read_aloud(typed: str, shown: str) -> None:
    assert group_account(typed) == shown
