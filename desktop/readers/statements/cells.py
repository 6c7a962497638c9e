"""What one cell says: an amount, a moment, a word. Called a million times over, so the usual form comes first."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from desktop.domain.amounts import MAX_FEN
from desktop.domain.local_time import CHINA

_AMOUNT: Final = re.compile(
    r"(?P<unit>[A-Z]{3}|¥)?(?P<sign>[+-]?)¥?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?(?:[eE]-(?P<power>\d\d?))?元?"
    r"(?P<asset>[A-Z]{3,10})?(?:\((?P<note>[^()]*)\))?"
)
LONGEST_AMOUNT: Final = 64
"""Characters of an amount with all that is written beside it; a longer one is none."""
_REFUND: Final = re.compile(r"已退款?\(?¥?([\d,.]+)\)?")
_ALL_BACK: Final = "已全额退款"
_YUAN: Final = frozenset({"", "¥", "CNY", "RMB"})
_POWER: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_EPOCH: Final = datetime(1899, 12, 30, tzinfo=CHINA)
"""Day 0 of serial dates, as spreadsheets count since 1900-03-01."""
_DAY: Final = re.compile(r"(\d{1,4})[-/.年](\d{1,2})(?:[-/.月](\d{1,4})日?)?日?")
_JOINED: Final = re.compile(r"^(\d{4}[-/.]\d\d[-/.]\d\d)(\d\d:)")
"""``2026-11-2410:12:35``: the space between them was too narrow for whoever took the text out of a PDF."""
_SAID: Final = str.maketrans({"时": ":", "点": ":", "分": ":", "秒": None})
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d+)?")


class Amount(NamedTuple):
    """Hundredths of the unit, which is "" for yuan; the sign is kept; ``exact`` where no smaller part was cut off.

    ``refunded`` is what the cell itself says came back.
    """

    fen: int
    unit: str = ""
    refunded: int = 0
    exact: bool = True


def name_of(text: str) -> str:
    """A column's name as it is compared: half width, without any space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def damaged(text: str) -> bool:
    """Whether a spreadsheet turned an identifier into a rounded number: ``6.22202E+18``."""
    return _POWER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def amount_of(text: str) -> Amount | None:
    """``98000.00``, ``-1,099.14``, ``￥28.16``, ``CNY 123.18``, ``44.00(已退款5.10)``; None if it cannot be read."""
    if len(text) > LONGEST_AMOUNT:
        return None
    if text[-3:-2] == "." and (digits := text[:-3] + text[-2:]).isdecimal():
        fen = int(digits)
        return Amount(fen) if fen <= MAX_FEN else None
    clean = "".join(unicodedata.normalize("NFKC", text).split()).replace("−", "-")
    match = _AMOUNT.fullmatch(clean)
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole = (match["whole"] or "0").replace(",", "")
    power = (
        f"E-{match['power']}" if match["power"] else ""
    )  # a very small number of coins, nothing is lost
    value = Decimal(f"{match['sign']}{whole}.{match['part'] or '0'}{power}") * 100
    if abs(value) > MAX_FEN:
        return None
    fen, unit = int(value), match["unit"] or match["asset"] or ""
    return Amount(
        fen,
        "" if unit in _YUAN else unit,
        abs(fen) if match["note"] == _ALL_BACK else refund_of(match["note"] or ""),
        exact=value == fen,
    )


def fen_of(text: str) -> Amount | None:
    """The same for files that count in fen, as those for the police do."""
    found = amount_of(text)
    return found._replace(fen=found.fen // 100, exact=found.fen % 100 == 0) if found else None


def refund_of(status: str) -> int:
    """Fen given back by the words of a status: ``已退款(￥12.00)``; 0 for none."""
    if "已退" not in status:
        return 0
    match = _REFUND.search("".join(unicodedata.normalize("NFKC", status).split()))
    return _plain_fen(match[1]) if match else 0


def _plain_fen(text: str) -> int:
    found = amount_of(text)
    return found.fen if found else 0


def moment_of(day: str, clock: str, order: str = "ymd", year: int | None = None) -> datetime | None:
    """The instant in China's legal time; None if it cannot be read.

    ``day`` may hold the clock too. ``order`` tells days like ``05/01/2023`` apart; ``year`` is for days that have none.
    """
    whole = f"{day} {clock}" if clock else day
    if len(whole) == 19 and whole[4] == whole[7] and whole[13] == whole[16] == ":":
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(f"{whole.replace('/', '-')}+08:00")
    return _slowly(day, clock, order, year)


def _slowly(day: str, clock: str, order: str, year: int | None) -> datetime | None:
    plain = unicodedata.normalize("NFKC", day).replace("T", " ").replace("日", "日 ")
    words = _JOINED.sub(r"\1 \2", plain).split()
    if not words:
        return None
    date = _date(words[0], order, year)
    if date is None:
        return None
    if len(words) == 1 and not clock.strip():
        return date
    time = _clock(words[1] if len(words) > 1 else unicodedata.normalize("NFKC", clock).strip())
    return date + time if time is not None else None


def _date(text: str, order: str, year: int | None) -> datetime | None:
    if text.isdecimal() and len(text) in {8, 14}:
        clock = _clock(text[8:]) if len(text) == 14 else timedelta()
        made = _made(int(text[:4]), int(text[4:6]), int(text[6:8]))
        return made + clock if made and clock is not None else None
    if is_serial(text):
        return (_EPOCH + timedelta(days=float(text))).replace(microsecond=0)
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if match[3] is None:
        return _made(year, first, second) if year is not None else None
    third = int(match[3])
    if len(match[1]) == 4:
        return _made(first, second, third)
    return _made(third, second, first) if order == "dmy" else _made(third, first, second)


def is_serial(text: str) -> bool:
    """``45678`` or ``45678.425``: a spreadsheet's day since 1900 whose format was lost."""
    whole, _, part = text.partition(".")
    return len(whole) == 5 and whole.isdecimal() and (not part or part.isdecimal())


def _clock(text: str) -> timedelta | None:
    if text.isdecimal() and len(text) in {4, 6}:
        text = ":".join(text[at : at + 2] for at in range(0, len(text), 2))
    match = _CLOCK.fullmatch(text.translate(_SAID).rstrip(":"))
    if match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _made(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=CHINA)
    except ValueError:
        return None
