"""The first letters of Chinese readings, by which names are found (``lxl`` is 李秀兰).

Lists take letters directly, with the input method off, so initials are what a person can type. GB 2312 level 1
holds 3,755 common characters in pinyin order; the code of a character therefore tells its initial without a table.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_FIRST_CODES = (
    (0xB0A1, "a"),
    (0xB0C5, "b"),
    (0xB2C1, "c"),
    (0xB4EE, "d"),
    (0xB6EA, "e"),
    (0xB7A2, "f"),
    (0xB8C1, "g"),
    (0xB9FE, "h"),
    (0xBBF7, "j"),
    (0xBFA6, "k"),
    (0xC0AC, "l"),
    (0xC2E8, "m"),
    (0xC4C3, "n"),
    (0xC5B6, "o"),
    (0xC5BE, "p"),
    (0xC6DA, "q"),
    (0xC8BB, "r"),
    (0xC8F6, "s"),
    (0xCBFA, "t"),
    (0xCDDA, "w"),
    (0xCEF4, "x"),
    (0xD1B9, "y"),
    (0xD4D1, "z"),
)
_STARTS = tuple(code for code, _ in _FIRST_CODES)
_LAST_CODE = 0xD7F9

_OTHER_SURNAMES = {
    "漕": "c", "覃": "q", "闵": "m", "瞿": "q", "滕": "t", "邬": "w", "臧": "z", "褚": "c", "奚": "x", "邸": "d",
    "郜": "g", "晏": "y", "栾": "l", "窦": "d", "鄢": "y", "竺": "z", "冼": "x", "佟": "t", "谌": "c", "岑": "c",
    "胥": "x", "蔺": "l", "闫": "y", "阚": "k", "隗": "w", "缪": "m", "亓": "q", "忻": "x",
}  # fmt: skip
"""Surnames outside level 1."""

_READ_AS_SURNAMES = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "查": "z", "区": "o", "盖": "g", "朴": "p", "尉": "y", "种": "c",
}  # fmt: skip
"""Surnames read otherwise than the place of the character in GB 2312 tells."""


@lru_cache(maxsize=8192)
def initial(character: str) -> str:
    """The pinyin initial of a Chinese character, itself in lower case for others, "" where unknown."""
    if character.isascii():
        return character.lower()
    try:
        high, low = character.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return ""
    code = (high << 8) | low
    if not _STARTS[0] <= code <= _LAST_CODE:
        return _OTHER_SURNAMES.get(character, "")
    return _FIRST_CODES[bisect_right(_STARTS, code) - 1][1]


def initials(name: str) -> str:
    """The initials of a name, its first character read as a surname."""
    if not name:
        return ""
    first = _READ_AS_SURNAMES.get(name[0], initial(name[0]))
    return first + "".join(initial(character) for character in name[1:])


_READ_TWICE = {"行": "hx", "长": "cz", "重": "cz", "厦": "xs", "乐": "ly"}
"""Characters in names of institutions with two readings, or outside level 1."""


def readings(character: str) -> str:
    """Every letter the reading of ``character`` may begin with."""
    return _READ_TWICE.get(character) or initial(character)


def spelled_by(name: str, letters: str) -> bool:
    """Whether ``letters`` are initials of characters of ``name`` that stand together (``gsyh`` in 中国工商银行)."""
    spelled = [readings(character) for character in name]
    for start in range(len(spelled) - len(letters) + 1):
        pairs = zip(letters, spelled[start:], strict=False)
        if all(letter in reading for letter, reading in pairs):
            return True
    return False
