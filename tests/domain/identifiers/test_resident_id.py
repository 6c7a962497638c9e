"""Resident id numbers: the standard's own example, the calendar, old forms and places that are gone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.identifiers.documents.resident_id import age_at, resident_check_digit
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY, Checking
from tests.support.every_row import every_row

BODIES = st.builds(
    lambda region, days, order: (
        f"{region}{date(1930, 1, 1) + timedelta(days=days):%Y%m%d}{order:03d}"
    ),
    st.sampled_from(["110105", "620102", "432221", "310103"]),
    st.integers(0, 35_000),
    st.integers(0, 999),
)


@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_any_wrong_digit_is_caught(body: str, place: int, shift: int) -> None:
    number = body + resident_check_digit(body)
    wrong = str((int(number[place]) + shift) % 10)
    damaged = number[:place] + wrong + number[place + 1 :]
    sound = check("resident_id", number, NoDirectories(), TODAY)
    broken = check("resident_id", damaged, NoDirectories(), TODAY)
    assert sound.verdict is not CheckVerdict.INVALID
    assert "checksum" in broken.problems


@given(BODIES, st.integers(0, 15))
def test_swapped_neighbours_are_caught(body: str, place: int) -> None:
    number = body + resident_check_digit(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    problems = check("resident_id", swapped, NoDirectories(), TODAY).problems
    assert swapped == number or "checksum" in problems


@given(BODIES)
def test_the_old_form_leads_to_the_new_one(body: str) -> None:
    old = body[:6] + body[8:]
    assert check("resident_id", old, NoDirectories(), TODAY).normal[:17] == f"{old[:6]}19{old[6:]}"


@given(st.text(max_size=24))
def test_any_text_has_an_answer(text: str) -> None:
    assert check("resident_id", text, NoDirectories(), TODAY).value == text


def test_the_example_of_the_standard(checking: Checking) -> None:
    found = checking("resident_id", "11010519491231002X")
    assert (found.verdict, found.problems) == (CheckVerdict.VALID, ())
    assert found.facts == {
        "place": "北京市朝阳区",
        "sex": "female",
        "birth": "1949-12-31",
        "age": "76",
    }


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_spellings(checking: Checking, typed: str) -> None:
    found = checking("resident_id", typed)
    assert (found.normal, found.value) == ("11010519491231002X", typed)
    assert found.verdict is CheckVerdict.VALID


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", "empty"),
        ("1101051949123100", "length"),
        ("11010519491231002Y", "characters"),
        ("110105194912310020", "checksum"),
        ("110105194902300029", "birth_date"),
        ("110105490230002", "birth_date"),
    ],
)
def test_impossible_numbers(checking: Checking, number: str, problem: str) -> None:
    found = checking("resident_id", number)
    assert found.verdict is CheckVerdict.INVALID
    assert problem in found.problems


@pytest.mark.parametrize(
    ("body", "problem", "fact"),
    [
        ("91199919491231002", "", ("document", "foreign_pr")),
        ("81000019910203457", "", ("region", "hong_kong")),
        ("43222119491231002", "", ("place_state", "abolished")),
        ("62019919491231002", "place_unknown", ("sex", "female")),
        ("62010218491231001", "age", ("age", "176")),
    ],
)
def test_doubts_never_block(
    checking: Checking, body: str, problem: str, fact: tuple[str, str]
) -> None:
    found = checking("resident_id", body + resident_check_digit(body))
    assert found.verdict is (CheckVerdict.WARN if problem else CheckVerdict.VALID)
    assert found.problems == ((problem,) if problem else ())
    assert fact in found.facts.items()


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2018, 2, 28), 17),
        (date(2018, 3, 1), 18),
        (date(2020, 2, 28), 19),
        (date(2020, 2, 29), 20),
    ],
)
def test_age_of_one_born_on_a_leap_day(on: date, age: int) -> None:
    assert age_at(date(2000, 2, 29), on) == age


def test_nobody_is_born_after_today(checking: Checking) -> None:
    """A day's grace: the clock of this computer may be behind."""
    for body, verdict in (
        ("62010220261125001", CheckVerdict.VALID),
        ("62010220261126001", CheckVerdict.INVALID),
    ):
        found = checking("resident_id", body + resident_check_digit(body))
        assert found.verdict is verdict
        assert ("birth_future" in found.problems) == (verdict is CheckVerdict.INVALID)


@every_row("province", ["00", "16", "24", "38", "47", "55", "66", "72", "84", "99", "90"])
def test_a_province_that_never_was_is_wrong(checking: Checking, province: str) -> None:
    body = f"{province}010119900307123"
    found = checking("resident_id", body + resident_check_digit(body))
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, ("place_unknown",))
    assert checking("resident_id", body[:6] + body[8:]).verdict is CheckVerdict.INVALID
