"""Times as people say them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import clock_or_day, moment
from tests.support.clocks import START


@pytest.mark.parametrize(
    ("back", "said", "short"),
    [
        (timedelta(0), "今天 10:31", "10:31"),
        (timedelta(hours=10, minutes=31), "今天 00:00", "00:00"),
        (timedelta(hours=10, minutes=32), "昨天 23:59", "昨天 23:59"),
        (timedelta(days=2), "11-22 10:31", "11-22 10:31"),
        (timedelta(days=400), "2025-10-20 10:31", "2025-10-20 10:31"),
        (timedelta(days=-1), "11-25 10:31", "11-25 10:31"),
    ],
)
def test_days_are_counted_on_the_local_calendar(
    kit: Kit, back: timedelta, said: str, short: str
) -> None:
    assert moment(kit, START - back) == said
    assert clock_or_day(kit, START - back) == short
