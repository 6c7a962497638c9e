"""The official time that somebody read out, beside the device's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.installation.clock_offset import (
    ClockOffset,
    offset_from_fields,
    read_official,
)
from desktop.domain.time.local_time import CHINA, show_time

devices = st.datetimes(datetime(2020, 1, 2), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
HALF_A_DAY = 12 * 3600


@given(devices, st.integers(1 - HALF_A_DAY, HALF_A_DAY - 1))
def test_a_time_of_day_is_the_nearest_one_also_over_midnight(device: datetime, slow: int) -> None:
    official = device + timedelta(seconds=slow)
    typed = official.astimezone(CHINA).strftime("%H:%M:%S")
    assert read_official(typed, device) == official


@given(devices, st.integers(-(10**8), 10**8))
def test_with_the_day_it_may_be_any_day(device: datetime, slow: int) -> None:
    official = device + timedelta(seconds=slow)
    assert read_official(show_time(official), device) == official


@given(st.integers(-(10**9), 10**9), devices, st.text(max_size=8))
def test_a_comparison_reads_back(seconds: int, compared: datetime, officer: str) -> None:
    offset = ClockOffset(seconds, compared, officer)
    assert offset_from_fields(offset.to_fields()) == offset
    assert offset.official(compared) - compared == timedelta(seconds=seconds)


def test_before_the_first_there_is_none_and_nonsense_is_no_time() -> None:
    assert offset_from_fields({"clock.offset_s": 3}) is None
    assert read_official("25:00", datetime(2026, 1, 1, tzinfo=UTC)) is None
