"""Profiles of earlier programs open, verify, and say what they said; made anew from the journal they say it too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden.conftest import NAMES, Left
from tests.golden.make_golden import kept
from tests.golden.telling import own_cases, papers, said, signed


def still_said(before: Any, now: Any, where: str) -> None:
    """Everything that was said is said; more may be."""
    if isinstance(before, dict):
        assert isinstance(now, dict), where
        for key, value in before.items():
            assert key in now, f"{where}.{key}"
            still_said(value, now[key], f"{where}.{key}")
    elif isinstance(before, list):
        assert len(before) == len(now), where
        for number, pair in enumerate(zip(before, now, strict=True)):
            still_said(*pair, f"{where}[{number}]")
    else:
        assert before == now, where


def test_something_was_kept() -> None:
    assert kept()


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_says_what_it_said(left: Left, name: str) -> None:
    at, before = left.post(name), left.said(name)
    still_said(before, said(at, own_cases(at)), name)
    assert at.json("rebuild")["changed"] is False
    still_said(before, said(at, own_cases(at)), f"{name}, made anew")


def test_papers_say_what_they_said(left: Left) -> None:
    case, order = left.told["cases"]["part-time"], left.told["orders"]["stop"]
    found, expected = papers(left.post("desk"), case, order), left.papers()
    other = [form for form in expected if found.get(form) != expected[form]]
    assert other == [], "worded otherwise on purpose? python -m tests.golden.make_golden --papers"


def test_what_was_signed_is_printed_as_it_was(left: Left) -> None:
    assert signed(left.post("desk"), left.told["cases"]["part-time"]) == left.told["signed"]
