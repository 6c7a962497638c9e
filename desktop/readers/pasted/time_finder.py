"""Times as messages print them and people say them, against the moment of pasting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from desktop.domain.statements.proposal import Confidence
from desktop.domain.time.local_time import CHINA, LEGAL_OFFSET
from desktop.readers.pasted.pattern_table import pattern
from desktop.readers.pasted.token import Claims, Token

_OFFSET: Final = re.compile(r"([+-])([0-9]{1,2}):?([0-9]{2})?")
_WORDS: Final = {
    "大前天": 3, "前天": 2, "前日": 2, "前晚": 2, "前晚上": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "昨晚上": 1, "昨夜": 1,
    "昨早": 1, "昨儿": 1, "昨儿个": 1, "今天": 0, "今日": 0, "今晚": 0, "今晚上": 0, "今早": 0, "今晨": 0, "今儿": 0,
}  # fmt: skip
_STEPS: Final = {"分钟": 1, "小时": 60, "钟头": 60, "天": 1440}
_NUMERALS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_BEHIND: Final = re.compile(r"\s?(?:,|\bon\b)?\s?")
"""Between a time of day and the day that stands right behind it."""
_NEXT_DAY: Final = re.compile(r"(?:第二天|次日|隔天|(?i:next day),?)\s?(?:的|in the)?\s?$")
_AT_END: Final = 24
"""Signs before the end of a text within which its only day is that of all of it, as below a chat that was copied."""
_MONTHS: Final = 12
_MONTH_NAMES: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_EVENING: Final = frozenset(
    {"下午", "午后", "傍晚", "晚上", "夜里", "夜间", "晚", "PM", "pm", "半夜", "深夜"}
)
_NIGHT: Final = frozenset({"晚上", "夜里", "夜间", "晚", "半夜", "深夜"})
_EARLY: Final = frozenset({"凌晨", "晨", "AM", "am"})
"""Parts of the day that begin at midnight; twelve of them is nought. 上午十二点 is noon."""
_SPOKEN_DAY: Final = range(1, 8)
"""Hours that, said without a part of the day, are of the afternoon: nobody at a counter means three at night."""


@dataclass(frozen=True, slots=True)
class _Clock:
    hour: int
    minute: int
    second: int | None
    spoken: bool
    ahead: timedelta = timedelta()
    """How far legal time is ahead of the zone that is printed behind it."""


def find_times(claims: Claims, now: datetime) -> Iterator[Token]:
    """Every time, claimed. A time of day without a day takes the day that stands last before it, else the latest day
    on which it is past."""
    here = now.astimezone(CHINA).replace(tzinfo=None)
    found = [*_dated(claims, here), *_ago(claims, here)]
    known = sorted((token.start, token.value[:10]) for token in found if token.value)
    found += _bare(claims, here, known)
    yield from sorted(found, key=lambda token: token.start)


def _dated(claims: Claims, here: datetime) -> Iterator[Token]:
    found = pattern("dated_time")
    for match in claims.matches(found.search):
        day = _day(match, here)
        end = match.end() if match["late"] is None or _clock(match) is None else match.start("late")
        if match["g_year"] and day is None:
            claims.take(
                *match.span()
            )  # nobody knows which is the month; its clock is of no other day
        if day is None or _inside_number(claims.text, match.start(), end):
            continue
        clock = _clock(match)
        period = match["period"] or match["half"] or (match["late"] if clock is None else "") or ""
        word = match["word"] or ""
        value = _shown(day, clock, period or word.removesuffix("上")[-1:], word, here)
        if value and claims.take(match.start(), end):
            yield found.token(value, match.start(), end, _confidence(match, clock))


def _bare(claims: Claims, here: datetime, known: list[tuple[int, str]]) -> Iterator[Token]:
    found = pattern("time_of_day")
    last = -1
    for match in claims.matches(found.search):
        clock = _clock(match)
        if clock is None or not _meant(match, clock):
            continue
        while last + 1 < len(known) and known[last + 1][0] < match.start():
            last += 1
        day = date.fromisoformat(known[last][1]) if last >= 0 else None
        if last + 1 < len(known) and _BEHIND.fullmatch(
            claims.text[match.end() : known[last + 1][0]]
        ):
            day = date.fromisoformat(known[last + 1][1])
        if day is not None and _NEXT_DAY.search(claims.before(match.start(), 8)):
            day += timedelta(days=1)
        day = day or _day_below(claims, known)
        period = match["period"] or match["half"] or ""
        value = _shown(day or here.date(), clock, period, "", here)
        if day is None and value and value[:16] > f"{here:%Y-%m-%d %H:%M}":
            value = _shown(here.date() - timedelta(days=1), clock, period, "", here)
        start = match.end() - len(match.group().lstrip())  # not from the end of the line above
        if value and claims.take(start, match.end()):
            yield found.token(value, start, match.end())


def _day_below(claims: Claims, known: list[tuple[int, str]]) -> date | None:
    """The only day of a text where it stands at its end."""
    below = known and known[0][0] > len(claims.text) - _AT_END
    return date.fromisoformat(known[0][1]) if below else None


def _ago(claims: Claims, here: datetime) -> Iterator[Token]:
    found = pattern("time_ago")
    for match in claims.matches(found.search):
        count = 0.5 if match["count"] == "半" else _number(match["count"])
        minutes = int((count + (0.5 if match["half"] else 0)) * _STEPS[match["unit"]])
        moment = here - timedelta(minutes=minutes)
        value = f"{moment:%Y-%m-%d}" if match["unit"] == "天" else f"{moment:%Y-%m-%d %H:%M}"
        if claims.take(match.start(), match.end()):
            yield found.token(value, *match.span())


def _meant(match: re.Match[str], clock: _Clock) -> bool:
    """``一点`` alone is "a little"; a spoken hour needs minutes or a part of the day."""
    return not clock.spoken or bool(match["period"] or match["s_minute"])


def _inside_number(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    return (before.isdigit() and text[start].isdigit()) or (
        after.isdigit() and text[end - 1].isdigit()
    )


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(_NUMERALS[sign]) for sign in text))
    tens, _, ones = text.partition("十")
    return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(match: re.Match[str], here: datetime) -> date | None:
    today = here.date()
    if match["year"] or match["y_year"]:
        sort = "" if match["year"] else "y_"
        year = int(match[f"{sort}year"])
        number = _number(match[f"{sort}day"])
        return _made(year + 2000 if year < 100 else year, _number(match[f"{sort}month"]), number)
    if match["c_year"]:
        return _made(int(match["c_year"]), int(match["c_month"]), int(match["c_day"]))
    if match["e_day"] or match["f_day"] or match["g_year"]:
        return _english_day(match, today)
    if match["word"]:
        return today - timedelta(days=_WORDS[match["word"]])
    if match["weekday"]:
        return _weekday(match, today)
    if match["d_day"]:
        before = today.replace(day=1) - timedelta(days=1) if match["d_last"] else today
        return _latest_month(_number(match["d_day"]), before)
    month, day = (
        (match["m_month"], match["m_day"])
        if match["m_month"]
        else (match["s_month"], match["s_day"])
    )
    made = _made(today.year, _number(month), _number(day))
    if made is None or made > today:
        made = _made(today.year - 1, _number(month), _number(day))
    return made


def _english_day(match: re.Match[str], today: date) -> date | None:
    """``24 Nov 2026``, ``Nov 24``, ``24/11/2026``; None where day and month may each be the other."""
    if match["g_year"]:
        one, two = int(match["g_one"]), int(match["g_two"])
        month, day = (one, two) if two > _MONTHS else (two, one)
        known = max(one, two) > _MONTHS or one == two
        return _made(int(match["g_year"]), month, day) if known else None
    end = "e" if match["e_day"] else "f"
    month = _MONTH_NAMES.index(match[f"{end}_month"][:3].lower()) // 3 + 1
    day = int(match[f"{end}_day"])
    if match[f"{end}_year"]:
        return _made(int(match[f"{end}_year"]), month, day)
    made = _made(today.year, month, day)
    return made if made is None or made <= today else _made(today.year - 1, month, day)


def _latest_month(day: int, today: date) -> date | None:
    month = today.replace(day=1)
    for _ in range(3):
        made = _made(month.year, month.month, day)
        if made is not None and made <= today:
            return made
        month = (month - timedelta(days=1)).replace(day=1)
    return None


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = "一二三四五六日天".index(match["weekday"]) % 7 if match["weekday"] != "天" else 6
    monday = today - timedelta(days=today.weekday())
    if match["week"] and match["week"].startswith("上"):
        return monday - timedelta(days=7 - wanted)
    found = monday + timedelta(days=wanted)
    return found if found <= today else found - timedelta(days=7)


def _clock(match: re.Match[str]) -> _Clock | None:
    if match["hour"]:
        second = int(match["second"]) if match["second"] else None
        zone = match["offset"] or match["zone"]
        ahead = _ahead(zone) if zone else timedelta()
        return _Clock(int(match["hour"]), int(match["minute"]), second, spoken=False, ahead=ahead)
    if match["c_hour"]:
        second = int(match["c_second"]) if match["c_second"] else None
        return _Clock(int(match["c_hour"]), int(match["c_minute"]), second, spoken=False)
    if not match["s_hour"]:
        return None
    minute_text = match["s_minute"] or ""
    minute = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0, "": 0}.get(minute_text)
    second = _number(match["s_second"]) if match["s_second"] else None
    return _Clock(
        _number(match["s_hour"]),
        _number(minute_text) if minute is None else minute,
        second,
        spoken=not _printed(match),
    )


def _printed(match: re.Match[str]) -> bool:
    """``6时31分`` in figures is what a bank prints, by the clock of 24 hours; people say ``6点31`` or ``六时``."""
    text = match.string
    between = (
        text[match.end("s_hour") : match.start("s_minute")].strip() if match["s_minute"] else ""
    )
    return (
        between == "时"
        and match["s_hour"].isascii()
        and match["s_minute"].isascii()
        and text.startswith("分", match.end("s_minute"))
    )


def _ahead(zone: str) -> timedelta:
    """Machines print UTC and offsets (``02:12:35Z``, ``+00:00``); people here mean legal time and print nothing."""
    found = _OFFSET.search(zone)
    if found is None:
        return LEGAL_OFFSET
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return LEGAL_OFFSET - (offset if found[1] == "+" else -offset)


def _shown(day: date, clock: _Clock | None, period: str, word: str, here: datetime) -> str:
    if clock is None:
        return f"{day:%Y-%m-%d}"
    hour, minute = clock.hour, clock.minute
    if hour > 24 or minute > 59 or (clock.second or 0) > 59:
        return ""
    if period in _EARLY and hour == 12:
        hour = 0
    elif period in _NIGHT and (hour == 12 or hour < 5):
        # 昨晚十二点 and 昨晚1:30 are hours of the day that then begins.
        day, hour = day + timedelta(days=1), hour % 12
    elif (period in _EVENING and hour < 12) or (period == "中午" and hour < 4):
        hour += 12
    elif not period and not word and clock.spoken and hour in _SPOKEN_DAY:
        later = datetime.combine(day, time(hour + 12, minute))
        hour += 12 if later <= here else 0
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    moment = datetime.combine(day, time(hour, minute, clock.second or 0)) + clock.ahead
    return f"{moment:%Y-%m-%d %H:%M}" if clock.second is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def _confidence(match: re.Match[str], clock: _Clock | None) -> Confidence:
    if clock is None:
        return Confidence.DOUBTFUL
    if match["year"] or match["c_year"]:
        return Confidence.SURE
    return Confidence.LIKELY
