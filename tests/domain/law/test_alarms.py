"""Each clock is announced once and told once that it ran out, however the PC slept or its clock was set."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import CaseId
from desktop.domain.law.alarms import (
    AlarmSpans,
    AlarmStage,
    RunningClock,
    announced_at,
    due_alarms,
    stage_of,
)
from desktop.domain.law.deadlines import AtZero, Deadline
from tests.domain.orders.samples import NOON

SPANS = AlarmSpans(
    timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=24), timedelta(hours=72)
)


def clock(minutes: int, name: str = "filing", subject: str = "") -> RunningClock:
    """Begun at noon and so many minutes long."""
    deadline = Deadline(name, NOON + timedelta(minutes=minutes), "", NOON, subject)
    return RunningClock(deadline, CaseId("c1"), "1", "")


@pytest.mark.parametrize(
    ("minutes", "ahead"),
    [
        (4, None), (5, None), (6, 5), (30, 5), (31, 30), (72 * 60, 30), (72 * 60 + 1, 24 * 60),
    ],
)  # fmt: skip
def test_the_longer_a_clock_the_earlier_it_is_announced(minutes: int, ahead: int | None) -> None:
    deadline = clock(minutes).deadline
    announced = announced_at(deadline, SPANS)
    assert announced == (None if ahead is None else deadline.at - timedelta(minutes=ahead))


clocks = st.lists(
    st.builds(
        clock,
        st.integers(1, 6000),
        st.sampled_from(["filing", "stop_end", "golden"]),
        st.sampled_from(["", "order/1"]),
    ),
    max_size=5,
)
moments = st.lists(st.integers(-100, 7000).map(lambda minute: NOON + timedelta(minutes=minute)))


@given(clocks, moments)
def test_each_stage_is_raised_once_at_any_sequence_of_times(
    running: list[RunningClock], times: list[datetime]
) -> None:
    raised: dict[str, int] = {}
    for now in times:
        wanting = [one for one in running if _stage(one, now) > raised.get(one.key, 0)]
        due = due_alarms(wanting, SPANS, now)
        assert {alarm.clock.key for alarm in due} == {one.key for one in wanting}
        assert [one.clock.deadline.at for one in due] == sorted(
            one.clock.deadline.at for one in due
        )
        for alarm in due:
            assert alarm.stage > raised.get(alarm.clock.key, 0)
            assert alarm.clock.deadline.at_zero is not AtZero.CHANCE
            assert (alarm.stage is AlarmStage.OVER) is (alarm.clock.deadline.at <= now)
        raised |= {alarm.clock.key: alarm.stage for alarm in due}
        assert [one for one in running if _stage(one, now) > raised.get(one.key, 0)] == []


def _stage(one: RunningClock, now: datetime) -> int:
    return stage_of(one.deadline, SPANS, now) or 0
