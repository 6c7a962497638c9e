"""What all papers write alike is read back as what it was: days, sums, numbers and digests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.documents.printing.form_texts import (
    FormTexts,
    in_capitals,
    in_figures,
    in_fours,
    in_groups,
    in_ranges,
)
from desktop.domain.money.amounts import MAX_FEN, parse_yuan
from desktop.domain.time.local_time import CHINA
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue

WORDS = {language: FormTexts(Catalogue.load(language, strict=True)) for language in LANGUAGES}
INSTANTS = st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(  # noqa: DTZ001 - given its zone here
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
PADDED = re.compile(r"(?<=[年月日])0\d(?=[月日时])")


@pytest.mark.parametrize("language", LANGUAGES)
@given(at=INSTANTS)
def test_a_time_is_read_back_as_it_was(language: str, at: datetime) -> None:
    words, local = WORDS[language], at.astimezone(CHINA)
    parts = [local.year, local.month, local.day, local.hour, local.minute, local.second]
    for written, count in ((words.day(at), 3), (words.minute(at), 5), (words.second(at), 6)):
        numbers = re.findall(r"\d+", written)
        assert [int(number) for number in numbers] == parts[:count]
        assert PADDED.search(written) is None, "nobody says the nought"
        if not words.is_chinese:
            assert {len(number) for number in numbers[1:]} == {2}, "columns stand below each other"
    assert words.calendar_day(local.date()) == words.day(at)
    assert words.second(None) == ""


@example(1)
@given(st.integers(-5, MAX_FEN + 5))
def test_a_sum_stands_in_figures_and_in_capitals_or_not_at_all(fen: int) -> None:
    figures, words = in_figures(fen), in_capitals(fen)
    assert bool(figures) is (fen > 0)
    assert bool(words) is (0 < fen <= MAX_FEN)
    if words:
        assert figures[0] == "￥"
        assert parse_yuan(figures[1:]) == fen


@pytest.mark.parametrize("fen", [-1, 0, 1, MAX_FEN - 1, MAX_FEN, MAX_FEN + 1])
def test_what_has_capitals_has_them_to_the_last_fen(fen: int) -> None:
    assert bool(in_capitals(fen)) is (0 < fen <= MAX_FEN)


def _ranged(text: str) -> Iterator[int]:
    for run in filter(None, text.split("、")):
        first, _, last = run.partition("–")
        assert not last or int(last) > int(first)
        yield from range(int(first), int(last or first) + 1)


@given(st.sets(st.integers(1, 40)))
def test_ranges_name_each_number_once_and_no_two_runs_touch(numbers: set[int]) -> None:
    written = in_ranges(sorted(numbers))
    assert list(_ranged(written)) == sorted(numbers)
    runs = sum(number - 1 not in numbers for number in numbers)
    assert len(list(filter(None, written.split("、")))) == runs


@given(st.text("0123456789*", max_size=40), st.text("0123456789abcdef", max_size=70))
def test_groups_are_whole_and_lose_nothing(account: str, digest: str) -> None:
    for written, whole, size in (
        (in_fours(account), account, 4), (in_groups(digest), digest.upper(), 8),
    ):  # fmt: skip
        groups = written.split(" ") if written else []
        assert "".join(groups) == whole
        assert {len(group) for group in groups[:-1]} <= {size}
        assert max(map(len, groups), default=size) <= size


@pytest.mark.parametrize("account", ["0xAB12cd", "6217 00", "a@b.example"])
def test_an_account_that_is_no_number_stays_whole(account: str) -> None:
    assert in_fours(account) == account


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_is_named_with_the_number_as_far_as_known(language: str) -> None:
    words = WORDS[language]
    assert [words.person(*known) for known in (("", ""), ("", "王强"), ("620134", ""))] == [
        "", "王强", "620134",
    ]  # fmt: skip
    assert all(part in words.person("620134", "王强") for part in ("620134", "王强"))
