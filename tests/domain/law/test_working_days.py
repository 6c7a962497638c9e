"""Working days against the State Council's calendars, and laws that hold in any calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.law.working_days import WEEKENDS, WorkCalendar
from tests.support.every_row import every_row
from tests.support.sessions import RULES
from tests.support.strict import all_of

CALENDAR = RULES.calendar


@every_row(
    ("day", "working"),
    [
        ("2025-01-26", True),  # a Sunday worked before the Spring Festival
        ("2025-01-28", False),
        ("2025-02-04", False),
        ("2025-02-05", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-09-20", True),
        ("2026-10-07", False),
        ("2026-11-28", False),
        ("2027-01-01", True),  # not announced yet: only weekends are known
    ],
)
def test_days_of_the_announced_years(day: str, working: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is working
    assert CALENDAR.knows(date.fromisoformat(day)) is (day < "2027")


def test_each_year_has_as_many_free_days_as_were_announced() -> None:
    free = {year: sum(day.year == year for day in CALENDAR.free) for year in (2025, 2026)}
    assert free == {2025: 1 + 8 + 3 + 5 + 3 + 8, 2026: 3 + 9 + 3 + 5 + 3 + 3 + 7}
    assert all_of(day.weekday() >= 5 for day in CALENDAR.worked)


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(1, 40),
    st.sampled_from((CALENDAR, WEEKENDS)),
)
def test_between_lie_as_many_working_days_as_were_counted(
    day: date, count: int, calendar: WorkCalendar
) -> None:
    end = calendar.plus(day, count)
    between = [day + timedelta(days=ahead) for ahead in range(1, (end - day).days + 1)]
    assert sum(map(calendar.is_working, between)) == count
    assert calendar.is_working(end)
    assert calendar.not_before(end) == end
