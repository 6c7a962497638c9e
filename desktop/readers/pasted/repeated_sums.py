"""One sum that was paid several times: ``分三笔，每笔5万``, ``转了四次，每次9800``, ``两笔都是一万九千九``."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_MOST: Final = 20
"""More payments than anybody tells in one breath; what says more is something else."""
_REACH: Final = 24
_COUNT: Final = r"(?<![0-9.第几])(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})"
_TIMES: Final = r"(?:笔|次|回|个?(?:QQ|微信)?红包)"
_EACH: Final = re.compile(r"(?:每(?:一)?[笔次回个]|[笔次回]都|各)(?:都?是|转|打|为|金额)?[:\s]?$")
_BEFORE: Final = re.compile(rf"{_COUNT}{_TIMES}[^。;；!\n]{{0,12}}$")
_AFTER: Final = re.compile(
    rf"^[^。;；!\n0-9]{{0,3}}[,，]?\s?(?:一共|总共|共|分)?(?:转|打|汇|付|充|发|交|给)了?(?:他|她|对方)?{_COUNT}{_TIMES}"
)


_COUNTED_BEHIND: Final = re.compile(
    rf"(?:元|块)?\s?(?:一次)?[,，]?\s?(?:刷|转|充|打|付|扫|买|扣)了{_COUNT}[次笔回]"
)
"""``648元刷了五次``, ``5000一次 转了两次``."""
_MULTIPLIED: Final = re.compile(
    r"(?:元|块)?\s?[×✕xX*]\s?(?P<count>[2-9]|1[0-9])(?![0-9.,]|\s?[张份件个本台瓶盒箱只双套斤条罐床包])"
)
"""``1000×3``, but not three cards of 1000."""


def times_paid(text: str, begin: int, start: int, end: int, stop: int) -> int:
    """How often the sum ``text[start:end]`` of the message ``text[begin:stop]`` was paid; 1 where nothing says."""
    before = text[max(begin, start - _REACH) : start]
    behind = text[end : min(stop, end + _REACH)]
    if counted := _COUNTED_BEHIND.match(behind) or _MULTIPLIED.match(behind):
        return min(_number(counted["count"]), _MOST)
    if not _EACH.search(before):
        return 1
    found = _BEFORE.search(before) or _AFTER.search(text[end : min(stop, end + _REACH)])
    count = _number(found["count"]) if found else 1
    return count if 1 < count <= _MOST else 1


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if text in _DIGITS:
        return _DIGITS[text]
    tens, _, ones = text.partition("十")
    if "十" not in text:
        return 1
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
