"""Long numbers are read a second time, by themselves and larger: a wrong digit is worse than none.

Where the two readings agree the number stands. Where they do not, its check digit or the date it begins with decides;
else the first stays and is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from desktop.domain.identifiers.documents.resident_id import birth_date, resident_check_digit
from desktop.domain.identifiers.money.luhn import luhn_valid

DOUBTED: Final = 50
"""How certain in percent a line is at most whose readings differ."""
_NUMBER: Final = re.compile(r"[0-9](?:[ ]?[0-9]){10,}[Xx]?(?![0-9A-Za-z])")
"""Of eleven digits or more, as a mobile number has them."""
_CARDS: Final = frozenset({16, 19})
_ORDER: Final = re.compile(
    r"(?:20[2-4][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{20}(?:[0-9]{4})?"
    r"|(?:1000[0-9]{2}|42[0-9]{2}|45[0-9]{2})[0-9]{2,6}20[2-4][0-9](?:0[1-9]|1[0-2])[0-9]{10,18})"
)
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_ROOM: Final = 0.6
"""Of a line's height, around the number: what is cut too close is read worse."""
_WIDE: Final = "\u2e80"
"""From here on signs are about as wide as high, all others half as wide."""


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Where the long numbers of a line stand."""
    return [match.span() for match in _NUMBER.finditer(text)]


def plausible(number: str) -> bool:
    """Whether its check digit is right, or it has the form of a number that has none."""
    if len(number) == 18 and number[:17].isdecimal():
        birth = birth_date(number)
        return birth is not None and resident_check_digit(number[:17]) == number[17].upper()
    if len(number) in _CARDS and number[0] in "3456":
        return luhn_valid(number)
    return bool(_ORDER.fullmatch(number) or _MOBILE.fullmatch(number))


def decided(first: str, second: str) -> tuple[str, bool]:
    """The number to take of two readings, and whether it is doubted."""
    one, two = "".join(first.split()), "".join(second.split())
    if one == two:
        return first, False
    if plausible(two) and not plausible(one):
        return second, False
    return first, not plausible(one) or plausible(two)


def read_again(image: Any, line: list[Any], recognise: Callable[[Any], str]) -> list[Any]:
    """``line`` (words, left, top, right, bottom, percent, …) with its long numbers as both readings have them."""
    text, percent = str(line[0]), int(line[5])
    for start, end in reversed(numbers_in(text)):
        again = recognise(_cut(image, line, start, end))
        found = max(numbers_in(again), key=lambda span: span[1] - span[0], default=None)
        if found is None:
            continue
        number, doubted = decided(text[start:end], again[slice(*found)])
        text = text[:start] + number + text[end:]
        percent = min(percent, DOUBTED) if doubted else percent
    return [text, *line[1:5], percent, *line[6:]]


def _cut(image: Any, line: list[Any], start: int, end: int) -> Any:
    """The part of the picture in which the signs from ``start`` to ``end`` of the line stand, twice as large."""
    import cv2  # noqa: PLC0415 - in the helper's process alone

    _, left, top, right, bottom = line[:5]
    widths = [2 if sign >= _WIDE else 1 for sign in line[0]]
    unit = (right - left) / max(sum(widths), 1)
    room = round((bottom - top) * _ROOM)
    begin = left + round(unit * sum(widths[:start])) - room
    stop = left + round(unit * sum(widths[:end])) + room
    high, wide = image.shape[:2]
    margin = round((bottom - top) * 0.15)
    part = image[max(0, top - margin) : min(high, bottom + margin), max(0, begin) : min(wide, stop)]
    return cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
