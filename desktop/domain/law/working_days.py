"""Working days: weekends, the holidays the State Council announces each year, and the weekends worked for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``years``: those whose holidays are known; ``free``: days off among them; ``worked``: weekend days worked (调休).

    In other years only weekends are free. A term then ends too early where holidays are not known, and a day late where
    a weekend is worked; clocks that rest on them say that they are not certain.
    """

    years: frozenset[int] = frozenset()
    free: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def knows(self, day: date) -> bool:
        """Whether the holidays of that year were announced."""
        return day.year in self.years

    def over(self, beneath: WorkCalendar) -> WorkCalendar:
        """These years, and from ``beneath`` those that are not known here."""
        more = beneath.years - self.years
        return WorkCalendar(
            self.years | more,
            self.free | {day for day in beneath.free if day.year in more},
            self.worked | {day for day in beneath.worked if day.year in more},
        )

    def is_working(self, day: date) -> bool:
        """Whether offices are open."""
        if day in self.worked:
            return True
        return day not in self.free and day.weekday() < _SATURDAY

    def plus(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted."""
        while count > 0:
            day += _DAY
            count -= self.is_working(day)
        return day

    def not_before(self, day: date) -> date:
        """``day`` itself when it is a working day, else the next one."""
        return day if self.is_working(day) else self.plus(day, 1)


WEEKENDS = WorkCalendar()
"""A calendar that knows no holidays."""
