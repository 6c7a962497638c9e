"""Cards, whole and masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.identifiers.money.luhn import luhn_digit, luhn_valid
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY, Checking

BODIES = st.text("0123456789", min_size=12, max_size=18)


@given(BODIES, st.integers(0, 18), st.integers(1, 9))
def test_luhn_catches_any_wrong_digit(body: str, place: int, shift: int) -> None:
    number = body + luhn_digit(body)
    place %= len(number)
    damaged = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert luhn_valid(number)
    assert not luhn_valid(damaged)


@given(BODIES, st.integers(0, 18))
def test_a_single_blot_has_one_reading(body: str, place: int) -> None:
    number = body + luhn_digit(body)
    place %= len(number)
    fits = [
        digit for digit in "0123456789" if luhn_valid(number[:place] + digit + number[place + 1 :])
    ]
    assert fits == [number[place]], "doubling modulo nine is one-to-one on digits"


@pytest.mark.parametrize("number", ["79927398713", "4111111111111111", "5500005555555559"])
def test_published_luhn_numbers(number: str) -> None:
    assert luhn_valid(number)


def test_a_card_tells_its_issuer(checking: Checking) -> None:
    number = "622202000000000000"
    found = checking("bank_card", f"{number[:4]} {number[4:]}{luhn_digit(number)}")
    assert found.verdict is CheckVerdict.VALID
    assert found.normal == number + luhn_digit(number)
    assert found.facts["bank"] == "中国工商银行"
    assert found.facts["card_kind"] == "debit"


def test_another_length_leaves_the_issuer_suspected(checking: Checking) -> None:
    body = "622202" + "0" * 9
    found = checking("bank_card", body + luhn_digit(body))
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, ("issuer_suspected",))


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", "empty"),
        ("622202000000", "length"),
        ("62220200000000000000", "length"),
        ("6222020000000000001", "checksum"),
        ("622202000000000000A", "characters"),
        ("0000000000000000", "repeated"),
    ],
)
def test_impossible_cards(checking: Checking, number: str, problem: str) -> None:
    found = checking("bank_card", number)
    assert found.verdict is CheckVerdict.INVALID
    assert problem in found.problems


@given(st.text("*•×Xx0123456789 -", max_size=24))
def test_any_blot_has_an_answer(text: str) -> None:
    assert check("masked_card", text, NoDirectories(), TODAY).value == text


@pytest.mark.parametrize(
    ("typed", "normal", "facts"),
    [
        (
            "622202******1234",
            "622202******1234",
            {"form": "card", "prefix": "622202", "suffix": "1234", "missing": "6"},
        ),
        ("6222 02•• ••••• 1234", "622202*******1234", {"bank": "中国工商银行", "missing": "7"}),
        ("622202XXXXXX1234", "622202******1234", {"form": "card"}),
        ("622202……1234567", "622202******1234567", {"form": "card", "length": "19"}),
        ("159****3321", "159****3321", {"form": "mobile", "prefix": "159", "missing": "4"}),
        ("6201**********123x", "6201**********123X", {"form": "resident_id"}),
        ("7992739871300*", "7992739871300*", {"digit": luhn_digit("7992739871300")}),
    ],
)
def test_masked_numbers(checking: Checking, typed: str, normal: str, facts: dict[str, str]) -> None:
    found = checking("masked_card", typed)
    assert (found.normal, found.verdict) == (normal, CheckVerdict.VALID)
    assert facts.items() <= found.facts.items()


@pytest.mark.parametrize(
    "typed", ["6222****1234", "****1234", "6222*", "62**12**34", "尾号1234", "末四位：1234", "1234"]
)
def test_four_stars_stand_for_any_number_of_digits(checking: Checking, typed: str) -> None:
    found = checking("masked_card", typed)
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, ("missing_unknown",))
    assert "missing" not in found.facts


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "empty"),
        ("6222021234567890", "not_masked"),
        ("****", "nothing_known"),
        ("abc*", "characters"),
    ],
)
def test_what_is_no_masked_number(checking: Checking, typed: str, problem: str) -> None:
    found = checking("masked_card", typed)
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, (problem,))
