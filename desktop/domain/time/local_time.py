"""Times as people at a counter write and say them, in China's one legal time (UTC+8)."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

LEGAL_OFFSET: Final = timedelta(hours=8)
"""By how much legal time is ahead of UTC."""
CHINA: Final = timezone(LEGAL_OFFSET, "UTC+8")
"""All of China keeps one legal time; what officers type and read is in it, whatever the PC is set to."""

_FIRST_YEAR, _LAST_YEAR = 1900, 9000
"""Outside them a slip of the finger, and no clock can be reckoned from it."""

_CLOCK = r"(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2})秒?)?分?"
_DAY = r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_WORD = r"(?P<word>今天|昨天|前天|昨晚|今早)"
_FORM: Final = re.compile(rf"(?:(?:{_DAY}|{_WORD})\s*T?)?\s*{_CLOCK}")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
_ZONED: Final = re.compile(r"\d:\d\d(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d)$")
_ONE_DAY: Final = re.compile(r"(?:(\d{4})[-./年]?)?(\d{1,2})[-./月]?(\d{1,2})日?")
_DIGITS: Final = {
    4: r"\1:\2",
    6: r"\1:\2:\3",
    8: r"\1-\2 \3:\4",
    10: r"\1-\2 \3:\4:\5",
}
"""How bare digits, two and two, are meant: a time of day, or a day and a time."""
_BACK: Final = {"今天": 0, "今早": 0, "昨天": 1, "昨晚": 1, "前天": 2}


def read_time(text: str, now: datetime) -> datetime | None:
    """The instant meant by ``text``; None when it cannot be read.

    A bare ``10:12`` is the latest such time that is not in the future; a missing year is the latest that fits.
    The number pad has no colon: ``1012``, ``101235``, ``11241012`` and ``1124101235`` are read too. What a machine
    printed with its zone (``2026-11-24T02:12:35Z``) is the instant it says.
    """
    instant, match = _understood(text)
    return instant if match is None else _from_match(match, now.astimezone(CHINA))


@lru_cache(maxsize=4096)
def _understood(text: str) -> tuple[datetime | None, re.Match[str] | None]:
    """The instant, or what is still to be reckoned from now. A form asks for each of its times at every key."""
    clean = unicodedata.normalize("NFKC", text).strip().replace(":", ":")
    if _ZONED.search(clean):
        return _zoned(clean), None
    compact = _COMPACT.fullmatch(clean)
    if compact:
        return _made(*(int(part or 0) for part in compact.groups())), None
    match = _FORM.fullmatch(_spaced(clean))
    if match is None or not match["year"]:
        return None, match
    parts = ("year", "month", "day", "hour", "minute", "second")
    return _made(*(int(match[part] or 0) for part in parts)), None


def _spaced(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) in _DIGITS):
        return text
    return re.sub(r"(\d\d)" * (len(text) // 2), _DIGITS[len(text)], text)


def _from_match(match: re.Match[str], here: datetime) -> datetime | None:
    """What was said without a year."""
    hour, minute = int(match["hour"]), int(match["minute"])
    second = int(match["second"] or 0)
    if match["month"]:
        month, day = int(match["month"]), int(match["day"])
        made = _made(here.year, month, day, hour, minute, second)
        return (
            made
            if made is None or made <= here
            else _made(here.year - 1, month, day, hour, minute, second)
        )
    today = here - timedelta(days=_BACK.get(match["word"] or "", 0))
    made = _made(today.year, today.month, today.day, hour, minute, second)
    if made and not match["word"] and made > here:
        return made - timedelta(days=1)
    return made


def _zoned(text: str) -> datetime | None:
    day_and_clock = "".join(text.rsplit(" ", 1)) if text.count(" ") > 1 else text
    try:
        here = datetime.fromisoformat(day_and_clock).astimezone(CHINA)
    except (ValueError, OverflowError):
        return None
    return _made(here.year, here.month, here.day, here.hour, here.minute, here.second)


def read_day(text: str, year: int) -> datetime | None:
    """The beginning of a day in legal time; ``11-24`` and ``1124`` belong to ``year``. None if it is no day."""
    match = _ONE_DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    try:
        return datetime(int(match[1] or year), int(match[2]), int(match[3]), tzinfo=CHINA)
    except ValueError:
        return None


def _made(*parts: int) -> datetime | None:
    if not _FIRST_YEAR <= parts[0] <= _LAST_YEAR:
        return None
    try:
        return datetime(*parts, tzinfo=CHINA).astimezone(UTC)  # type: ignore[misc,arg-type]  # six integers
    except ValueError:
        return None


def show_time(instant: datetime) -> str:
    """``2026-11-24 10:12:35`` in legal time."""
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
