"""Stretches of a text that may be a sum, a time, an account, a bank, a name or the number of a payment.

Patterns find most of them. A number that no pattern read may be several things at once; which of them it is of a
payment, if anything, is decided later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.money.spoken_amounts import read_spoken
from desktop.domain.statements.proposal import AMOUNT, BANK, CHANNEL, NAME, SERIAL, TIME
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.bank_finder import SENDER, spoken_bank
from desktop.readers.pasted.number_finder import ACCOUNT_KINDS, is_no_sum
from desktop.readers.pasted.token import Token

SUM: Final = "sum"
DAY: Final = "day"
CLOCK: Final = "clock"
ACCOUNT: Final = "account"
REFERENCE: Final = "reference"
"""The number of an order, or of a bank's own record."""
KINDS: Final = (SUM, DAY, CLOCK, ACCOUNT, REFERENCE, BANK, NAME)
"""What a stretch may be read as."""

_ACCOUNTS: Final = ACCOUNT_KINDS | {"alipay", "mobile", "email", "ecny_wallet"}
_LETTERS: Final = {
    AMOUNT: "S",
    TIME: "T",
    NAME: "N",
    BANK: "B",
    "mobile": "M",
    "order_number": "R",
    SERIAL: "R",
    **dict.fromkeys(ACCOUNT_KINDS, "C"),
    "alipay": "C",
}
_OTHER_LETTER: Final = "I"
_NUMBER_LETTER: Final = "D"
_DAY_LONG: Final = len("2026-11-24")
_FREE: Final = re.compile(
    r"(?<![0-9A-Za-z_@*])(?<![A-Z][0-9],)(?<![A-Z][0-9]{2},)(?:[0-9]{4}(?: [0-9]{3,4}){2,5}(?: [0-9]{1,4})?(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,30}(?:\.[0-9]{1,4})?)"
    r"(?P<multiple>\s?[万千百亿]|[wWkK](?![A-Za-z]))?(?P<rest>(?<=[万千百亿wWkK])(?:[0-9]千[0-9]百?|[0-9]{1,4}[千百]?))?(?P<unit>元|块钱?)?"
    r"(?![0-9A-Za-z_@])"
)
_NUMERALS: Final = re.compile(
    r"[一二两三四五六七八九十百千万零壹贰叁肆伍陆柒捌玖拾佰仟]{2,20}(?:元|块钱?)?"
)
_OF_RECORD: Final = re.compile(
    r"(?<![0-9A-Za-z@._/-])(?=[A-Z]{1,6}-?[0-9A-Z]{0,4}[0-9]{5})[A-Z]{1,6}-?[0-9][0-9A-Z-]{6,30}(?![0-9A-Za-z@._/-])"
)
"""Letters and figures as systems number what they did: ``PB530381120662``."""
_SPOKEN_DIGITS: Final = re.compile(r"(?<![0-9])[零〇一二三四五六七八九幺]{4,20}")
_DIGITS_OF: Final = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_SHORT_DAY: Final = re.compile(r"(?P<month>0?[1-9]|1[0-2])[./\-](?P<day>[0-2]?[0-9]|3[01])")
_WRITTEN_DAY: Final = re.compile(
    r"(?<![0-9A-Za-z.*/-])(?<![0-9]:)(?P<month>0?[1-9]|1[0-2])[./\-](?P<day>[12][0-9]|3[01]|0?[1-9])(?![0-9A-Za-z.*/元万%-])"
)
_DAY_FIRST: Final = re.compile(
    r"(?<![0-9A-Za-z.*/:-])(?P<day>1[3-9]|2[0-9]|3[01])/(?P<month>0?[1-9]|1[0-2])(?:/(?:20)?[0-9]{2})?(?![0-9A-Za-z.*/元万%-])"
)
_SHORT_YEAR: Final = re.compile(
    r"(?<![0-9A-Za-z.*/-])(?P<year>2[0-9])[/.-](?P<month>0[1-9]|1[0-2])[/.-](?P<day>[0-2][0-9]|3[01])(?![0-9A-Za-z.*/元万%-])"
)
_DAY_OF_MONTH: Final = re.compile(
    r"(?<![0-9A-Za-z.*/#+十-])(?<!(?<!个)(?<!本)(?<!上)(?<!这)月)(?P<last>上个?月)?(?P<day>[12][0-9]|3[01]|[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])(?:号(?![楼线店码院车机卡商门单])|日(?![元利用本期]))"
)
_FIGURES: Final = "〇一二三四五六七八九"
_WRITTEN_CLOCK: Final = re.compile(
    r"(?<![0-9:])(?P<hour>[01]?[0-9]|2[0-3])(?::|点|时|h)(?P<minute>[0-5][0-9])(?![0-9:])"
)
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])([0-2][0-9]|3[01])")
_WHOLE_DAY: Final = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])")
_HOUR_MINUTE: Final = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_DAY_WORD: Final = re.compile(r"昨(?=午|早|[0-9])|[琴寻]日|[琴寻](?=晚)|夜儿个?(?=[\u3400-\u9fff])")
"""Yesterday, as officers note it and as people say it in the south and in Henan."""
_LATELY: Final = timedelta(days=100)
"""How long ago a day may be that is written as two numbers alone: ``7.18`` may be a price."""
_HALF_DAY: Final = 12
_LAST_HOUR: Final = 23
_NO_PERIOD: Final = re.compile(r"\s?[1-9](?:[:点时][0-9]{0,2}分?|点半|点钟?)")
"""An hour said without morning or evening."""
_HOTLINE: Final = re.compile(r"955(?!00)[0-9]{2}|96110")
"""Of a bank, and of the centres against fraud: ``打了96110`` is a call."""
_TAIL: Final = 4
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 8, 30
_LONGEST_SUM: Final = 9
_SHORTEST_REFERENCE: Final = 6
_TOWN: Final = r"(?![\u4e00-\u9fff]{0,3}?(?:[我他她你的己从用经拿把往]|手机|其他|村里))[\u4e00-\u9fff]{2,4}?农商"
"""A town stands before 农商, not whose card it is."""
_SHORT_BANK: Final = re.compile(
    r"(?:(?<![\u3400-\u9fffA-Za-z])(?:[工农中建交招邮](?=[\u3400-\u9fff]?(?:[\s0-9→(:,，、/]|->|尾|卡)))|恒丰|渤海|浦发|兴业|民生|光大|中信|广发|华夏|平安|浙商|微众|网商"
    r"|邮储|邮局|信用社|信用联社|[A-Z]{3,5}(?![A-Za-z])|Ping An|SPD Bank"
    rf"|(?<![\u3400-\u9fffA-Za-z]){_TOWN}(?=\s?(?:[0-9*尾(→,，。;；|]|->|卡|$))|(?<=[从用经]){_TOWN}(?![行银户])"
    r"|(?<![\u3400-\u9fff])(?:富滇|盛京|徽商|苏农|昆仑|龙江|稠州|泰隆|民泰|韩亚|三峡付)(?=[\s0-9*(→,，。;；/:、尾卡]|->|$)|(?<![\u3400-\u9fff])农商行(?=[对尾\s0-9*,，]))"
)


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``. ``letter`` stands for it where other things are judged by the words around them.
    ``readings``: what it may be, each with its value. ``token``: what a pattern made of it."""

    start: int
    end: int
    letter: str
    readings: tuple[tuple[str, str], ...]
    token: Token | None = None

    def value(self, kind: str) -> str:
        """What it is, read as ``kind``; empty where it is no such thing."""
        return next((value for name, value in self.readings if name == kind), "")


def find_spans(text: str, tokens: Iterable[Token], now: datetime) -> list[Span]:
    """All stretches of ``text``, in order, none within another; ``tokens`` are those of the patterns."""
    today = now.astimezone(CHINA).date()
    found = [_of_token(text, token, today) for token in tokens if token.kind != CHANNEL]
    taken = _Covered(found)
    finders = (
        _day_words, _days, _other_days, partial(_days_of_month, found=found), _clocks, _records, _numbers,
        _spoken_digits, _numerals, _banks,
    )  # fmt: skip
    for finder in finders:
        found += [span for span in finder(text, today) if span.readings and taken.free(span)]
        taken = _Covered(found)
    return _later_hours(text, sorted(found, key=lambda span: span.start))


def _later_hours(text: str, spans: Sequence[Span]) -> list[Span]:
    """``晚8点15分加微信，8点40分转``: an hour without a part of the day, behind one of the afternoon of the same day,
    is of the afternoon too."""
    found: list[Span] = []
    last = -1
    for span in spans:
        clock = span.value(CLOCK)
        if span.value(DAY):
            last = -1
        if clock and not span.value(DAY) and _NO_PERIOD.fullmatch(text, span.start, span.end):
            hour = int(clock[:2])
            later = hour + _HALF_DAY
            if hour < _HALF_DAY <= last <= later + 1 <= _LAST_HOUR + 1:
                clock = f"{later}{clock[2:]}"
                span = replace(span, readings=((CLOCK, clock),))  # noqa: PLW2901 - read anew
        if clock:
            last = int(clock[:2])
        found.append(span)
    return found


class _Covered:
    """Which signs belong to a stretch already."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in ordered]
        self._ends = [span.end for span in ordered]

    def free(self, span: Span) -> bool:
        """Whether no sign of ``span`` does."""
        before = bisect_right(self._starts, span.end - 1) - 1
        return before < 0 or self._ends[before] <= span.start


def _of_token(text: str, token: Token, today: date) -> Span:
    words = text[token.start : token.end]
    readings: list[tuple[str, str]] = []
    if token.kind == AMOUNT:
        readings.append((SUM, token.value.lstrip("+-")))
        digits = words.strip()
        if digits.isdigit():
            readings += [one for one in _number_readings(digits, today) if one[0] != SUM]
    elif token.kind == TIME:
        readings += _time_readings(token)
    elif token.kind in _ACCOUNTS:
        readings.append((ACCOUNT, token.value))
    elif token.kind in (SERIAL, "order_number"):
        readings.append((REFERENCE, token.value))
    elif token.kind == BANK:
        readings.append((BANK, token.value))
    elif token.kind == NAME:
        readings.append((NAME, token.value))
    letter = "H" if token.role == SENDER else _LETTERS.get(token.kind, _OTHER_LETTER)
    return Span(token.start, token.end, letter, tuple(readings), token)


def _time_readings(token: Token) -> Iterator[tuple[str, str]]:
    if len(token.value) >= _DAY_LONG and token.pattern != "time_of_day":
        yield DAY, token.value[:_DAY_LONG]
    if len(token.value) > _DAY_LONG:
        yield CLOCK, token.value[_DAY_LONG + 1 :]


def _numbers(text: str, today: date) -> Iterator[Span]:
    for match in _FREE.finditer(text):
        written = match.group()
        if match["multiple"] or match["unit"]:
            readings = _sum_reading(written)
        else:
            digits = re.sub("[ ,]", "", written) if " " in written else written.replace(",", "")
            readings = list(_number_readings(digits, today))
            # four digits are a tail to the model already, which weighs both readings
            if is_no_sum(text, match.start(), match.end()):
                readings = [one for one in readings if one[0] != SUM]
        yield Span(match.start(), match.end(), _NUMBER_LETTER, tuple(readings))


def _number_readings(digits: str, today: date) -> Iterator[tuple[str, str]]:
    """All that a number without any mark may be."""
    if len(digits.partition(".")[0]) <= _LONGEST_SUM and not _HOTLINE.fullmatch(digits):
        yield from _sum_reading(digits)
    if not digits.isdigit():
        day = _SHORT_DAY.fullmatch(digits)
        if day and (made := _latest(int(day["month"]), int(day["day"]), today)):
            yield DAY, made
        return
    if len(digits) == _TAIL:
        yield ACCOUNT, f"*{digits}"
    if _SHORTEST_ACCOUNT <= len(digits) <= _LONGEST_ACCOUNT:
        yield ACCOUNT, digits
    if len(digits) >= _SHORTEST_REFERENCE:
        yield REFERENCE, digits
    yield from _moment_readings(digits, today)


def _moment_readings(digits: str, today: date) -> Iterator[tuple[str, str]]:
    if (month_day := _MONTH_DAY.fullmatch(digits)) and (
        made := _latest(int(month_day[1]), int(month_day[2]), today)
    ):
        yield DAY, made
    if whole := _WHOLE_DAY.fullmatch(digits):
        yield DAY, "-".join(whole.groups())
    if clock := _HOUR_MINUTE.fullmatch(digits):
        yield CLOCK, ":".join(part for part in clock.groups() if part)


def _latest(month: int, day: int, today: date) -> str:
    for year in (today.year, today.year - 1):
        try:
            made = date(year, month, day)
        except ValueError:
            return ""
        if timedelta() <= today - made <= _LATELY:
            return made.isoformat()
    return ""


def _sum_reading(written: str) -> list[tuple[str, str]]:
    clean = re.sub(r"[\s,]", "", written)
    try:
        fen: int | None = parse_yuan(clean)
    except UserInputError:
        fen = read_spoken(clean)
    return [(SUM, format_yuan(fen).replace(",", ""))] if fen else []


def _day_words(text: str, today: date) -> Iterator[Span]:
    yesterday = (today - timedelta(days=1)).isoformat()
    for match in _DAY_WORD.finditer(text):
        yield Span(match.start(), match.end(), "T", ((DAY, yesterday),))


def _days(text: str, today: date) -> Iterator[Span]:
    for match in _WRITTEN_DAY.finditer(text):
        made = _latest(int(match["month"]), int(match["day"]), today)
        sums = _sum_reading(match.group()) if "." in match.group() else []
        if made:
            yield Span(match.start(), match.end(), _NUMBER_LETTER, ((DAY, made), *sums))


def _other_days(text: str, today: date) -> Iterator[Span]:
    """``22/11``, where only one of the two can be the month, and ``26-11-17``."""
    for match in _DAY_FIRST.finditer(text):
        made = _latest(int(match["month"]), int(match["day"]), today)
        yield Span(match.start(), match.end(), "T", ((DAY, made),) if made else ())
    for match in _SHORT_YEAR.finditer(text):
        made = _latest(int(match["month"]), int(match["day"]), today)
        right = made.startswith(f"20{match['year']}")
        yield Span(match.start(), match.end(), "T", ((DAY, made),) if right else ())


def _days_of_month(text: str, today: date, found: Sequence[Span]) -> Iterator[Span]:
    """``10月8日、9日``: of the month that stands last before it, else the latest such day."""
    known = sorted((span.start, day) for span in found if (day := span.value(DAY)))
    for match in _DAY_OF_MONTH.finditer(text):
        number = _day_number(match["day"])
        before = [day for start, day in known if start < match.start()]
        made = ""
        if match["last"]:
            made = _in_month(today.replace(day=1) - timedelta(days=1), number, today)
        elif before:
            made = _in_month(date.fromisoformat(before[-1]), number, today)
        made = made or _in_month(today, number, today)
        made = made or _in_month(today.replace(day=1) - timedelta(days=1), number, today)
        if made:
            yield Span(match.start(), match.end(), "T", ((DAY, made),))


def _day_number(written: str) -> int:
    if written.isascii():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_FIGURES.find(tens or "一") * 10 if ten else 0) + max(_FIGURES.find(ones or "〇"), 0)


def _in_month(month: date, day: int, today: date) -> str:
    try:
        made = month.replace(day=day)
    except ValueError:
        return ""
    return made.isoformat() if made <= today else ""


def _clocks(text: str, _today: date) -> Iterator[Span]:
    for match in _WRITTEN_CLOCK.finditer(text):
        yield Span(
            match.start(),
            match.end(),
            "T",
            ((CLOCK, f"{int(match['hour']):02}:{match['minute']}"),),
        )


def _records(text: str, _today: date) -> Iterator[Span]:
    for match in _OF_RECORD.finditer(text):
        yield Span(match.start(), match.end(), "R", ((REFERENCE, match.group()),))


def _spoken_digits(text: str, _today: date) -> Iterator[Span]:
    for match in _SPOKEN_DIGITS.finditer(text):
        digits = match.group().translate(_DIGITS_OF)
        if len(digits) == _TAIL:
            yield Span(match.start(), match.end(), _NUMBER_LETTER, ((ACCOUNT, f"*{digits}"),))
        elif len(digits) >= _SHORTEST_ACCOUNT:
            yield Span(match.start(), match.end(), _NUMBER_LETTER, ((ACCOUNT, digits),))


def _numerals(text: str, _today: date) -> Iterator[Span]:
    for match in _NUMERALS.finditer(text):
        yield Span(match.start(), match.end(), _NUMBER_LETTER, tuple(_sum_reading(match.group())))


def _banks(text: str, _today: date) -> Iterator[Span]:
    for match in _SHORT_BANK.finditer(text):
        name = spoken_bank(match.group()) or _regional(match.group())
        if name:
            yield Span(match.start(), match.end(), "B", ((BANK, name),))


def _regional(written: str) -> str:
    """A bank of one region by its short name; empty for letters that name none."""
    return "" if written.isascii() else written
