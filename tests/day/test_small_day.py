"""The day of the centre, small: three stations, three seats, one of them taken away, two kills. The whole one is
``python -m tests.day``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.day.evening import day_end
from tests.day.plan import ROUNDS, DayPlan
from tests.day.script import Day
from tests.support.replicated_servers import replicated_servers
from tests.support.strict import all_of

SMALL = DayPlan(stations=3, reports=9, calls=8, seats=3, tasks=3)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_nothing_is_lost_in_a_small_day(tmp_path: Path) -> None:
    with replicated_servers() as servers:
        day = Day(SMALL, tmp_path, servers)
        try:
            day.run()
            end = day_end(day)
            assert end.wrong == ()
        finally:
            day.close()
    assert (day.book.kills, day.book.promotions, day.book.lost) == (2, 1, 1)
    assert day.book.refused
    assert len(day.book.written) == ROUNDS + 1
    assert all_of(waits.seconds for waits in end.news)
