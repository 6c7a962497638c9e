"""Money as people write it, to integer fen and back. No float touches an amount."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from desktop.domain.errors import UserInputError

MAX_FEN: Final = 10**14 - 1
"""999,999,999,999.99 yuan: below 2**53, so that every JSON reader gets the amount exactly (RFC 8785)."""

_LONGEST: Final = 28
"""Significant digits the decimal context keeps: a longer text would be rounded behind the person's back."""

_MARKS: Final = re.compile(
    r"^(?:人民币|RMB|CNY|¥)|(?:[元圆块]?整|[元圆]|块钱?|RMB|CNY)$", re.IGNORECASE
)
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_UNITS: Final = {"亿": 10**8, "万": 10**4, "千": 10**3, "仟": 10**3, "百": 10**2, "佰": 10**2}
_PART: Final = re.compile(r"([0-9.]+)([亿万千仟百佰])")

_TYPED: Final = str.maketrans({"。": ".", "w": "万", "W": "万"})
"""What stands for another sign while the keyboard is in Chinese, and ``3.2w`` while it is in English."""
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_SECTIONS: Final = ("", "万", "亿")


def parse_yuan(text: str) -> int:
    """The amount in fen of ``98,000.00``, ``￥9.8万``, ``3.2w``, ``1亿2000万元``; full-width forms, ``。`` as a point.

    Raises ``UserInputError``: ``amount.empty``, ``amount.negative``, ``amount.grouping`` (``98,00``: commas
    where no thousands end, so that a slip is not read as another amount), ``amount.too_fine`` (below one fen),
    ``amount.too_large`` and ``amount.unreadable``.
    """
    clean = "".join(unicodedata.normalize("NFKC", text).split()).translate(_TYPED)
    while (bare := _MARKS.sub("", clean)) != clean:
        clean = bare
    if not clean:
        raise UserInputError("amount.empty")
    if clean[0] in "-−":
        raise UserInputError("amount.negative")
    if len(clean) > _LONGEST:
        raise UserInputError("amount.unreadable")
    fen = _yuan(clean.removeprefix("+")) * 100
    if fen != int(fen):
        raise UserInputError("amount.too_fine")
    if fen > MAX_FEN:
        raise UserInputError("amount.too_large")
    return int(fen)


def _yuan(clean: str) -> Decimal:
    if not clean.isascii():
        return _with_units(clean)
    if "," in clean:
        if not _GROUPED.fullmatch(clean):
            code = "amount.grouping" if re.fullmatch(r"[0-9,.]+", clean) else "amount.unreadable"
            raise UserInputError(code)
        clean = clean.replace(",", "")
    if not _PLAIN.fullmatch(clean):
        raise UserInputError("amount.unreadable")
    return Decimal(clean)


def _with_units(clean: str) -> Decimal:
    """``9.8万`` or ``1亿2000万``: each unit smaller than the one before; ``9万8`` is left to a person."""
    total, last, end = Decimal(0), 10**9, 0
    for match in _PART.finditer(clean):
        number, unit = match.group(1), _UNITS[match.group(2)]
        if match.start() != end or unit >= last or not _PLAIN.fullmatch(number):
            raise UserInputError("amount.unreadable")
        total += Decimal(number) * unit
        last, end = unit, match.end()
    if end != len(clean):
        raise UserInputError("amount.unreadable")
    return total


def format_yuan(fen: int) -> str:
    """``9800000`` is ``98,000.00``."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def capitals(fen: int) -> str:
    """``9800000`` is ``玖万捌仟元整``: capitals as on bills and receipts (《支付结算办法》附一).

    Where the rule leaves a choice, the first form of its own examples is taken: ``1,680.32`` is
    ``壹仟陆佰捌拾元零叁角贰分``. Raises ``ValueError`` outside 0 … ``MAX_FEN``.
    """
    if not 0 <= fen <= MAX_FEN:
        raise ValueError("no capitals for this amount")
    yuan, cents = divmod(fen, 100)
    jiao, fen_digit = divmod(cents, 10)
    text = f"{_integer(yuan)}元" if yuan or not cents else ""
    if not cents:
        return f"{text}整"
    # 角 absent before 分, or 元 ending in zero before 角: one 零 between, never at the very start.
    if yuan and (not jiao or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    return f"{text}{_DIGITS[fen_digit]}分" if fen_digit else text


def _integer(yuan: int) -> str:
    if yuan == 0:
        return "零"
    text, gap = "", False
    for index in range(len(_SECTIONS) - 1, -1, -1):
        section = yuan // 10 ** (4 * index)
        if index < len(_SECTIONS) - 1:
            section %= 10**4
        if not section:
            gap = bool(text)
            continue
        if text and (gap or section < 1000):
            text += "零"
        text += _section(section) + _SECTIONS[index]
        gap = False
    return text


def _section(number: int) -> str:
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = True
            continue
        text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
