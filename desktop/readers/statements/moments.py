"""What cells say of a day and a time of day. Called a million times over, so the usual form comes first."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from desktop.domain.time.local_time import CHINA, LEGAL_OFFSET

_EPOCH: Final = datetime(1899, 12, 30, tzinfo=CHINA)
"""Day 0 of serial dates, as spreadsheets count since 1900-03-01."""
_NO_DAY: Final = frozenset({1899, 1900})
"""Years of the day that a spreadsheet gives a time of day without one."""
_DAY: Final = re.compile(r"(\d{1,4})[-/.年](\d{1,2})(?:[-/.月](\d{1,4})日?)?日?")
_JOINED: Final = re.compile(r"^(\d{4}[-/.]\d\d[-/.]\d\d)(\d\d:)")
"""``2026-11-2410:12:35``: the space between them was too narrow for whoever took the text out of a PDF."""
_BETWEEN: Final = re.compile(r"(?<=\d)[Tt](?=\d)|(?<=日)")
_WEEKDAY: Final = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_SAID: Final = str.maketrans({"时": ":", "点": ":", "分": ":", "秒": None})
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d+)?")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d\d)\.(\d\d)(?:\.\d+)?")
_STAMP: Final = re.compile(r"^(\d{4}-\d\d-\d\d)-(\d\d)\.(\d\d)\.(\d\d)(?:\.\d+)?$")
"""``2026-11-24-10.12.35.123456``, as mainframes write it."""
_MONTH: Final = re.compile(r"(\d{1,2})-(\d{1,2})月-((?:20)?\d\d)")
"""``24-11月-26``, as databases write it."""
_ENGLISH: Final = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[- /]?)(?P<month>[A-Za-z]{3,9})\.?(?P=mark)(?P<year>(?:20)?\d\d)(?!\d)"
    r"|(?P<month_first>[A-Za-z]{3,9})\.? (?P<day_second>\d{1,2}),? (?P<year_last>20\d\d)(?!\d)"
)
"""``24-NOV-2026``, ``07 May 2026``, ``07MAY2026``, ``May 7, 2026``, at the beginning of a cell."""
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT: Final = {3, 4}
"""Letters of a month that is cut short: Sep, Sept."""
_DIGITS: Final = re.compile(r"\d{4,6}")
_PART: Final = re.compile(r"0?\.\d+")
_ZONE: Final = re.compile(
    r"(?:(?<=\d)|\s)(?:(?:Z|UTC|GMT)([+-]\d\d?)?(?::?00)?|([+-]\d\d):?(\d\d))$", re.IGNORECASE
)
_HALF: Final = re.compile(r"(上午|凌晨|早上|中午|下午|晚上|[ap]\.?m\.?)", re.IGNORECASE)
_LATE: Final = frozenset({"下午", "晚上", "pm"})
_NONE: Final = timedelta()
_HALF_DAY: Final = timedelta(hours=12)


def moment_of(
    day: str, clock: str, order: str = "ymd", year: int | None = None, *, zoned: bool = True
) -> datetime | None:
    """The instant in China's legal time; None if it cannot be read.

    ``day`` may hold the clock too, ``clock`` the day. ``order`` tells days like ``05/01/2023`` apart; ``year`` is for
    days that have none. ``zoned``: a zone that the cell names is reckoned with.
    """
    whole = f"{day} {clock}" if clock else day
    if len(whole) == 19 and whole[4] == whole[7] and whole[13] == whole[16] == ":":
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(f"{whole.replace('/', '-')}+08:00")
    found = _slowly(day, clock, order, year)
    if found is None or not zoned or found.offset is None:
        return found.legal if found else None
    with contextlib.suppress(OverflowError):
        return found.legal + LEGAL_OFFSET - found.offset
    return None


def day_of(day: str, order: str = "ymd") -> datetime | None:
    """The day alone, at its beginning, where the time of day beside it cannot be read."""
    date, rest = _parted(day, order, None)
    if date is None or (rest and not re.search(r"\d[:时点]\d", rest)):
        return None
    return date.replace(hour=0, minute=0, second=0)


class _Moment(NamedTuple):
    """``legal``: as if it were told in legal time; ``offset`` of the zone that it names."""

    legal: datetime
    offset: timedelta | None = None


def _parted(cell: str, order: str, year: int | None) -> tuple[datetime | None, str]:
    """The day of a cell, and the rest of what it says."""
    plain = _BETWEEN.sub(" ", unicodedata.normalize("NFKC", cell))
    plain = _STAMP.sub(r"\1 \2:\3:\4", plain.strip())
    if (english := _ENGLISH.match(plain)) is not None:
        return _by_english_month(english), _WEEKDAY.sub("", plain[english.end() :]).strip()
    first, *rest = _JOINED.sub(r"\1 \2", plain).split(maxsplit=1) or [""]
    return _date(first, order, year), _WEEKDAY.sub("", rest[0]).strip() if rest else ""


def _slowly(day: str, clock: str, order: str, year: int | None) -> _Moment | None:
    date, rest = _parted(day, order, year)
    if date is None:
        return None
    beside = unicodedata.normalize("NFKC", clock).strip()
    if not beside or date - date.replace(hour=0, minute=0, second=0):
        return _at(date, rest) if rest else _Moment(date)
    own = _at(date, rest) if rest else _Moment(date)
    if own is not None and own.legal != date:
        return own
    return _at(date, beside) or _own_day(beside, date, order, year)


def _own_day(beside: str, date: datetime, order: str, year: int | None) -> _Moment | None:
    """Of a column of times whose cells hold the day too, which for a spreadsheet may be its first."""
    found = _slowly(beside, "", order, year)
    if found is None or found.legal.year not in _NO_DAY:
        return found
    return found._replace(legal=datetime.combine(date, found.legal.timetz()))


def _at(date: datetime, clock_text: str) -> _Moment | None:
    """``date`` at the time of day ``clock_text``; None if it is none."""
    zone = _ZONE.search(clock_text)
    time = _clock(clock_text[: zone.start()] if zone else clock_text)
    first, *rest = clock_text.split(maxsplit=1) or [""]
    if time is None and rest and not any(map(str.isdecimal, rest[0])):
        time = _clock(first)  # and a remark
    if time is None:
        return None
    with contextlib.suppress(OverflowError):
        return _Moment(date + time, _offset(zone) if zone else None)
    return None


def _offset(zone: re.Match[str]) -> timedelta:
    hours = int(zone[1] or zone[2] or 0)
    minutes = int(zone[3] or 0)
    return timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes)


def _date(text: str, order: str, year: int | None) -> datetime | None:
    if text.isdecimal() and len(text) in {8, 14, 17}:
        clock = _clock(text[8:14]) if len(text) > 8 else _NONE
        made = _made(int(text[:4]), int(text[4:6]), int(text[6:8]))
        return made + clock if made and clock is not None else None
    if is_serial(text):
        return _EPOCH + timedelta(seconds=round(float(text) * 86_400))
    match = _DAY.fullmatch(text)
    if match is None:
        return _by_number_of_month(text)
    first, second = int(match[1]), int(match[2])
    if match[3] is None:
        return _made(year, first, second) if year is not None else None
    third = int(match[3])
    if len(match[1]) == 4:
        return _made(first, second, third)
    if "年" in text:
        return _made(2000 + first, second, third) if len(match[1]) == 2 else None
    return _year_last(first, second, third, len(match[3]), order)


def _by_number_of_month(text: str) -> datetime | None:
    match = _MONTH.fullmatch(text)
    return _made(2000 + int(match[3][-2:]), int(match[2]), int(match[1])) if match else None


def _by_english_month(match: re.Match[str]) -> datetime | None:
    name = (match["month"] or match["month_first"]).casefold()
    month = next(
        (
            number
            for number, whole in enumerate(_MONTHS, 1)
            if name == whole or (len(name) in _SHORT and whole.startswith(name))
        ),
        None,
    )
    if month is None:
        return None
    year = match["year"] or match["year_last"]
    return _made(2000 + int(year[-2:]), month, int(match["day"] or match["day_second"]))


def _year_last(first: int, second: int, year: int, digits: int, order: str) -> datetime | None:
    """``05/01/2023``. Of a year of two digits nobody can tell whether it stands last, unless ``order`` says it."""
    if digits != 4 and (digits != 2 or order != "dmy"):
        return None
    year += 2000 if digits == 2 else 0
    return _made(year, second, first) if order == "dmy" else _made(year, first, second)


def is_serial(text: str) -> bool:
    """``45678`` or ``45678.425``: a spreadsheet's day since 1900 whose format was lost."""
    whole, _, part = text.partition(".")
    return len(whole) == 5 and whole.isdecimal() and (not part or part.isdecimal())


def _clock(text: str) -> timedelta | None:
    """The time since midnight: ``10:12``, ``下午3:05``, ``3:05 PM``, ``101235``, ``93015`` whose nought a spreadsheet
    ate, ``0.425`` of a day, ``24:00:00``."""
    half = _HALF.search(text)
    if half is not None:
        text = (text[: half.start()] + text[half.end() :]).strip()
    elif _PART.fullmatch(text):
        return timedelta(seconds=round(float(text) * 86_400))
    if dotted := _DOTTED.fullmatch(text):
        text = ":".join(dotted.groups())
    elif _DIGITS.fullmatch(text):
        text = text.zfill(6) if len(text) == 5 else text
        text = ":".join(text[at : at + 2] for at in range(0, len(text), 2))
    match = _CLOCK.fullmatch(text.translate(_SAID).rstrip(":"))
    if match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    time = timedelta(hours=hour, minutes=minute, seconds=second)
    return _in_half(time, half[0].casefold().replace(".", "")) if half else time


def _in_half(time: timedelta, half: str) -> timedelta | None:
    """Twelve of the early hours is nought, and noon of the late ones; 晚上12点 and 晚上1点 are of the next day."""
    if half == "晚上" and (time < timedelta(hours=5) or _HALF_DAY <= time < timedelta(hours=13)):
        return time + (2 * _HALF_DAY if time < _HALF_DAY else _HALF_DAY)
    if half in _LATE or (half == "中午" and time < timedelta(hours=4)):
        return time + _HALF_DAY if time < _HALF_DAY else time
    early = half in {"am", "凌晨", "上午"} and _HALF_DAY <= time < timedelta(hours=13)
    return time - _HALF_DAY if early else time


def _made(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=CHINA)
    except ValueError:
        return None
