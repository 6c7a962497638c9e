"""What of a case presses whoever takes over: chances before duties, and the most urgent of them in front."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.case_file.shift_briefing import (
    CaseNews,
    News,
    NewsKind,
    ShiftBriefing,
)
from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressure
from tests.support.clocks import START as NOW

HOUR = timedelta(hours=1)
DUTY_AHEAD = News(NewsKind.DUE, NOW + HOUR)
CHANCE_AHEAD = News(NewsKind.DUE, NOW + 2 * HOUR, chance=True)
PRESSURES = {
    CHANCE_AHEAD: Pressure.SAVABLE,
    News(NewsKind.MISSED, NOW - HOUR / 2, chance=True): Pressure.MISSED,
    News(NewsKind.OVERDUE, NOW - HOUR / 2): Pressure.MISSED,
    DUTY_AHEAD: Pressure.RUNNING,
    News(NewsKind.OVERDUE, NOW - 2 * HOUR): Pressure.OVERDUE,
    News(NewsKind.DUE, NOW - 2 * HOUR, chance=True): Pressure.REST,
    News(NewsKind.REGISTERED): Pressure.REST,
}


def test_a_chance_presses_until_it_ends_and_a_duty_beyond() -> None:
    case = CaseNews(CaseId("c1"), "1", "李某", "report", 0, NOW, (DUTY_AHEAD, CHANCE_AHEAD))
    assert {news: case.pressing(news).pressure(NOW) for news in PRESSURES} == PRESSURES
    assert case.in_urgency(NOW).news == (CHANCE_AHEAD, DUTY_AHEAD)
    assert case.in_urgency(NOW).urgency(NOW) < case.urgency(NOW)


def test_a_briefing_is_empty_only_where_nothing_came() -> None:
    case = CaseNews(CaseId("c1"), "1", "李某", "report", 0, NOW, (DUTY_AHEAD,))
    assert ShiftBriefing(None, NOW, ()).empty
    assert not ShiftBriefing(None, NOW, (case,)).empty
    assert not ShiftBriefing(None, NOW, (), bundles=1).empty
    assert not ShiftBriefing(None, NOW, (), refused=1).empty
