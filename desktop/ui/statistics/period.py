"""Spans of days people ask about, in China's legal time. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.local_time import CHINA


class Period(StrEnum):
    """``WEEK`` begins on Monday."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"
    ALL = "all"


def span_of(period: Period, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when until before when; None is open."""
    day = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    first = day.replace(day=1)
    match period:
        case Period.TODAY:
            return day, None
        case Period.WEEK:
            return day - timedelta(days=day.weekday()), None
        case Period.MONTH:
            return first, None
        case Period.LAST_MONTH:
            return (first - timedelta(days=1)).replace(day=1), first
        case Period.YEAR:
            return first.replace(month=1), None
        case Period.ALL:
            return None, None
