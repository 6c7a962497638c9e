"""Local times as people type them, and as they are shown."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo

_SHOWN = "%Y-%m-%d %H:%M:%S"
_PARTS = re.compile(r"\d+")
_COMPACT = {
    14: (4, 2, 2, 2, 2, 2),
    12: (4, 2, 2, 2, 2),
    10: (2,) * 5,
    8: (2,) * 4,
    6: (2,) * 3,
    4: (2, 2),
}
_CLOCK_ONLY = re.compile(r"^\s*\d{1,2}\s*[:时点]\s*\d{1,2}\s*([:分]\s*\d{1,2}\s*秒?)?分?\s*$")
# Where the units stand in the shown form, for stepping by key.
UNITS = (
    (0, 4, "year"),
    (5, 7, "month"),
    (8, 10, "day"),
    (11, 13, "hour"),
    (14, 16, "minute"),
    (17, 19, "second"),
)
_STEPS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}


def show_local(instant: datetime, zone: tzinfo | None = None) -> str:
    """``2026-11-24 10:12:35`` in ``zone`` (``None``: that of the system)."""
    return instant.astimezone(zone).strftime(_SHOWN)


def local_day(now: datetime, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """The first instant of the day on the wall, be it 23 hours long or 25, and that of the next."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)


def parse_local(
    text: str, now: datetime, zone: tzinfo | None = None, *, ahead: bool = False
) -> datetime | None:
    """The instant (UTC) a typed local time means, or ``None`` if it is none.

    Accepted: ``2026-11-24 10:12:35``, ``11-24 10:12``, ``10:12`` and the same as bare digits. What
    is left out is taken from ``now``; a result that would lie ahead of ``now`` is moved back by a
    day or a year, since what is recorded has happened. With ``ahead`` it is the other way round: a
    time of day that has gone by means tomorrow's.
    """
    here = now.astimezone(zone)
    numbers = _numbers(unicodedata.normalize("NFKC", text).strip())
    if numbers is None:
        return None
    filled = _fill(numbers, here)
    if filled is None:
        return None
    year, month, day, hour, minute, second = filled
    try:
        wall = here.replace(
            year=year,
            month=month,
            day=day,
            hour=hour,
            minute=minute,
            second=second,
            microsecond=0,
            fold=0,
        )
        if zone is None:  # let the system's rules of that day decide the offset
            wall = wall.replace(tzinfo=None).astimezone()
    except ValueError:
        return None
    if ahead:
        gone = wall <= here and len(numbers) <= 3
        return (wall + timedelta(days=1) if gone else wall).astimezone(UTC)
    return _not_ahead(wall, here, len(numbers)).astimezone(UTC)


def step_unit(text: str, cursor: int, amount: int) -> str | None:
    """``text`` with the unit at ``cursor`` moved by ``amount``; ``None`` unless it is in the shown
    form."""
    try:
        wall = datetime.strptime(text, _SHOWN).replace(tzinfo=UTC)
    except ValueError:
        return None
    unit = next((name for start, end, name in UNITS if start <= cursor <= end), "second")
    try:
        return _moved(wall, unit, amount).strftime(_SHOWN)
    except (ValueError, OverflowError):
        return None


def _moved(wall: datetime, unit: str, amount: int) -> datetime:
    if unit in _STEPS:
        return wall + amount * _STEPS[unit]
    months = wall.year * 12 + wall.month - 1 + (amount if unit == "month" else 12 * amount)
    return wall.replace(year=months // 12, month=months % 12 + 1)


def _numbers(text: str) -> tuple[int, ...] | None:
    if text.isascii() and text.isdigit():
        widths = _COMPACT.get(len(text))
        if widths is None:
            return None
        found, at = [], 0
        for width in widths:
            found.append(int(text[at : at + width]))
            at += width
        return tuple(found)
    parts = tuple(int(part) for part in _PARTS.findall(text) if len(part) <= 4)
    if len(parts) in (2, 3):
        return parts if _CLOCK_ONLY.match(text) else None
    return parts if 4 <= len(parts) <= 6 else None


def _fill(numbers: tuple[int, ...], here: datetime) -> tuple[int, ...] | None:
    """Year to second. 2–3 numbers are a time of day; 4–6 begin with month or with a four-digit
    year."""
    if len(numbers) <= 3:
        rest = (here.year, here.month, here.day, *numbers)
    elif numbers[0] >= 1000:
        if len(numbers) < 5:
            return None
        rest = numbers
    elif len(numbers) == 6:
        return None
    else:
        rest = (here.year, *numbers)
    return rest if len(rest) == 6 else (*rest, 0)


def _not_ahead(wall: datetime, here: datetime, given: int) -> datetime:
    if wall <= here:
        return wall
    if given <= 3:
        return wall - timedelta(days=1)
    if wall.year == here.year and given <= 5 and wall - here > timedelta(days=1):
        try:
            return wall.replace(year=wall.year - 1)
        except ValueError:
            return wall
    return wall
