"""The axis keeps the order of time, gives every pause some room and none too much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.time.time_axis import TimeAxis

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
_YEAR = 366 * 24 * 3600
SECONDS = st.integers(0, _YEAR)
INSTANTS = st.lists(SECONDS, min_size=1, max_size=30).map(
    lambda found: [START + timedelta(seconds=second) for second in found]
)


@given(INSTANTS, SECONDS, SECONDS)
def test_positions_stand_in_the_order_of_time(
    instants: list[datetime], one: int, other: int
) -> None:
    axis = TimeAxis(instants)
    first, second = sorted((one, other))
    here = axis.position(START + timedelta(seconds=first))
    there = axis.position(START + timedelta(seconds=second))
    assert (here < there) is (first < second)
    assert axis.position(min(instants)) == 0
    assert axis.position(max(instants)) == axis.length


@given(INSTANTS, SECONDS)
def test_an_instant_is_found_again_at_its_position(instants: list[datetime], second: int) -> None:
    axis = TimeAxis(instants)
    instant = START + timedelta(seconds=second)
    assert abs(axis.instant(axis.position(instant)) - instant) < timedelta(seconds=1)


@given(INSTANTS)
def test_a_pause_never_takes_more_room_than_to_scale(instants: list[datetime]) -> None:
    axis = TimeAxis(instants)
    squeezed = {(pause.start, pause.end) for pause in axis.pauses}
    for before, after in zip(axis.instants, axis.instants[1:], strict=False):
        room = axis.position(after) - axis.position(before)
        minutes = (after - before).total_seconds() / 60
        assert 0 < room <= minutes + 1e-6
        assert ((before, after) in squeezed) is (room < minutes - 1e-6) or minutes < 30.001


def test_half_an_hour_is_readable_beside_half_a_year() -> None:
    moments = (timedelta(0), timedelta(minutes=30), timedelta(hours=48), timedelta(days=180))
    axis = TimeAxis([START + moment for moment in moments])
    golden = axis.position(START + moments[1])
    assert golden == pytest.approx(30)
    assert golden > axis.length / 20


def test_an_axis_needs_an_instant() -> None:
    with pytest.raises(ValueError, match="without an instant"):
        TimeAxis([])
