"""Amounts as people say and write them in chats: 一万二, 9万8, 2.5w, 壹万贰仟元整, 三千块."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from desktop.domain.money.amounts import MAX_FEN

_DIGITS: Final = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "贰": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
    "俩": 2,
}
_UNITS: Final = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "K": 1000,
    "万": 10**4, "萬": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8, "億": 10**8,
}  # fmt: skip
_TEN: Final = 10
_SECTIONS: Final = (10**4, 10**8)
_CENTS: Final = {"角": 10, "毛": 10, "分": 1}
_PIECE: Final = re.compile(r"[0-9][0-9,]{0,20}(?:\.[0-9]{1,6})?|.", re.DOTALL)
_END: Final = re.compile(r"(?:人民币|元|圆|圓|块钱?|整|正|RMB|CNY)+$")
_WHOLE: Final = re.compile(r"[元圆圓块]")
LONGEST: Final = 40
"""Characters of the longest amount anybody says."""


def read_spoken(text: str) -> int | None:
    """The amount in fen; None where the words are no amount or leave the amount open (``几万``, ``万一``).

    A last digit after a unit counts in the next lower one: ``一万二`` is 12,000, ``9万8`` is 98,000, ``三千五`` is
    3,500; after 零 it counts alone: ``一万零二``.
    """
    clean = "".join(text.split())
    if not clean or len(clean) > LONGEST:
        return None
    mark = _WHOLE.search(clean)
    if mark is None and _END.sub("", clean)[-1:] in (*_CENTS,):
        yuan, cents = "零", clean
    else:
        yuan, _, cents = clean.partition(mark[0] if mark else "元")
    whole = _yuan(_END.sub("", yuan)) if _END.sub("", yuan) else None
    rest = _cents(_END.sub("", cents))
    if whole is None or rest is None:
        return None
    fen = whole * 100 + rest
    return int(fen) if fen == int(fen) and 0 < fen <= MAX_FEN else None


def _cents(text: str) -> int | None:
    """``五角``, ``零角贰分``, ``块五`` (a digit alone is tenths), and ``三毛五`` (after tenths it is hundredths)."""
    total, digit = 0, 0
    for sign in text.removeprefix("钱"):
        if sign in _CENTS:
            total, digit = total + digit * _CENTS[sign], 0
        elif sign in _DIGITS or (sign.isascii() and sign.isdigit()):
            digit = _DIGITS[sign] if sign in _DIGITS else int(sign)
        else:
            return None
    return total + digit * (1 if total else 10)


def _yuan(text: str) -> Decimal | None:
    counted = _Counted()
    for piece in _PIECE.findall(text):
        if piece in _UNITS:
            known = counted.unit(_UNITS[piece])
        elif piece in _DIGITS:
            known = counted.digit(_DIGITS[piece])
        else:
            known = counted.arabic(piece)
        if not known:
            return None
    return counted.sum()


class _Counted:
    """Digits and units taken in one after the other; each step says whether that can be an amount."""

    def __init__(self) -> None:
        self._total = self._section = Decimal(0)
        self._number: Decimal | None = None
        self._last = 0
        self._zero = False

    def unit(self, unit: int) -> bool:
        """``十`` … ``亿``: closes what was counted so far."""
        number, self._number = self._number, None
        if unit in _SECTIONS:
            if number is None and not self._section:
                return False
            self._total += (self._section + (number or 0)) * unit
            self._section = Decimal(0)
        elif number is None and (unit != _TEN or self._section or (self._total and not self._zero)):
            return False
        else:
            self._section += (1 if number is None else number) * unit
        self._last, self._zero = unit, False
        return True

    def digit(self, digit: int) -> bool:
        """A Chinese digit; two in a row are no amount."""
        if digit == 0:
            self._zero = True
            return True
        return self._take(Decimal(digit))

    def arabic(self, piece: str) -> bool:
        """A number in figures."""
        try:
            return self._take(Decimal(piece.replace(",", "")))
        except InvalidOperation:
            return False

    def sum(self) -> Decimal:
        """All of it; a last digit counts in the unit below the last one."""
        number = self._number or Decimal(0)
        lower = self._last > _TEN and not self._zero and number < _TEN and number == int(number)
        return self._total + self._section + (number * (self._last // _TEN) if lower else number)

    def _take(self, number: Decimal) -> bool:
        if self._number is not None:
            return False
        self._number = number
        return True
