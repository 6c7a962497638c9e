"""Times as officers type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.time.local_time import CHINA, read_time, show_time

_NOW = datetime(2026, 11, 24, 2, 24, 3, tzinfo=UTC)
"""10:24:03 at the counter."""
_TYPED = ("%H%M", "%H%M%S", "%m%d%H%M", "%m%d%H%M%S")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1012", "2026-11-24 10:12:00"),
        ("101235", "2026-11-24 10:12:35"),
        ("2205", "2026-11-23 22:05:00"),
        ("11232205", "2026-11-23 22:05:00"),
        ("1201080530", "2025-12-01 08:05:30"),
        ("202611241012", "2026-11-24 10:12:00"),
        ("１０１２", "2026-11-24 10:12:00"),
    ],
)
def test_bare_digits_of_the_number_pad_are_a_time(typed: str, shown: str) -> None:
    found = read_time(typed, _NOW)
    assert found is not None
    assert show_time(found) == shown


@pytest.mark.parametrize(
    "typed", ["2026-11-24T02:12:35Z", "2026-11-24T02:12:35.5+00:00", "2026-11-24 10:12:35 +0800"]
)
def test_what_a_machine_printed_with_its_zone_is_the_instant_it_says(typed: str) -> None:
    found = read_time(typed, _NOW)
    assert found is not None
    assert show_time(found) == "2026-11-24 10:12:35"


@pytest.mark.parametrize("typed", ["9", "101", "10125", "2512", "1060", "13010000", "02301012"])
def test_digits_that_are_no_time_stay_unread(typed: str) -> None:
    assert read_time(typed, _NOW) is None


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-13-01T00:00:00Z"]
)
def test_an_instant_beyond_all_calendars_stays_unread(typed: str) -> None:
    assert read_time(typed, _NOW) is None


@given(st.integers(0, 23 * 3600), st.sampled_from(_TYPED))
def test_what_happened_in_the_last_day_is_found_from_bare_digits(ago: int, form: str) -> None:
    meant = _NOW - timedelta(seconds=ago)
    found = read_time(meant.astimezone(CHINA).strftime(form), _NOW)
    assert found is not None
    assert abs(found - meant) < timedelta(minutes=1)
