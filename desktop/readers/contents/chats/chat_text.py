"""Chats exported as text: by QQ, by WeChat's "send by mail", and by the programs that read phone backups.

A message begins with a line of a known shape; what follows up to the next such line is its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Protocol, TypeAlias

from desktop.domain.evidence.contents import ChatMessage

_Head: TypeAlias = tuple[str, str, str, str]
"""Time, sender, account, text on the same line."""

_QQ: Final = re.compile(
    r"^(\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}:\d{2})\s+(?:【[^】]{1,20}】)?(.*?)(?:\((\d{5,12})\)|<([^<>\s]+@[^<>\s]+)>)\s*$"
)
_STAMP_NAME: Final = re.compile(
    r"^(\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}:\d{2})\s+(\S.{0,60}?)\s*$"
)
_NAME_STAMP: Final = re.compile(
    r"^(\S.{0,60}?)\s*[（(]?(\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?)[)）]?\s*[:：]?\s*(.*)$"
)
_DAY: Final = re.compile(r"^[—\-─–]{3,}\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)\s*[—\-─–]{3,}\s*$")
_NAME_CLOCK: Final = re.compile(
    r"^(\S.{0,60}?)\s{2,}(?:(凌晨|早上|上午|中午|下午|晚上)\s?)?(\d{1,2}):(\d{2})\s*$"
)
_LATE: Final = frozenset({"中午", "下午", "晚上"})
_PARTNER: Final = re.compile(r"^消息对象[:：]\s*(.+)$")
_RULE: Final = re.compile(r"^={10,}$")

_NOON: Final = 12
_FEWEST: Final = 2
_LARGEST_SHARE: Final = 12
"""Lines for each message at most, on the average: prose that mentions a time is no chat."""
_SAMPLE: Final = 4000


def read_chat_text(text: str) -> tuple[ChatMessage, ...]:
    """The messages, or none where ``text`` is no chat."""
    lines = text.splitlines()
    heads = _shape(lines[:_SAMPLE])
    return _collect(lines, heads) if heads is not None else ()


def _shape(lines: list[str]) -> Callable[[], _Heads] | None:
    """Makes the reader of heads that fits the lines of the beginning. The narrower shapes come first: what a message
    quotes may look like a head to a wider one."""
    makers: tuple[Callable[[], _Heads], ...] = (_Qq, _Mailed, _NameStamp, _StampName)
    counts = [_count(make(), lines) for make in makers]
    most = max(counts)
    filled = sum(1 for line in lines if line.strip())
    if most < _FEWEST or filled > most * _LARGEST_SHARE:
        return None
    return next(make for make, n in zip(makers, counts, strict=True) if n * 2 >= most)


def _count(heads: _Heads, lines: list[str]) -> int:
    return sum(1 for line in lines if heads.head(line) is not None)


class _Heads(Protocol):
    """Knows the first line of a message."""

    def head(self, line: str) -> _Head | None: ...


class _Qq:
    """``2026-11-24 10:12:35 小王(10001)``."""

    def head(self, line: str) -> _Head | None:
        found = _QQ.match(line)
        if found is None:
            return None
        time, name, number, mail = found.groups()
        account = number or mail or ""
        return time, name.strip() or account, account, ""


class _StampName:
    """``2026-11-24 10:12:35 小王``."""

    def head(self, line: str) -> _Head | None:
        found = _STAMP_NAME.match(line)
        return (found[1], found[2], "", "") if found else None


class _NameStamp:
    """``小王(2026-11-24 10:12:35)：在吗`` or the text on the next line."""

    def head(self, line: str) -> _Head | None:
        found = _NAME_STAMP.match(line)
        return (found[2], found[1], "", found[3]) if found else None


class _Mailed:
    """WeChat's own mail: ``—————  2026-11-24  —————``, then ``小王  10:12``."""

    def __init__(self) -> None:
        self._day = ""

    def head(self, line: str) -> _Head | None:
        day = _DAY.match(line.strip())
        if day is not None:
            self._day = "-".join(f"{int(part):02}" for part in re.findall(r"\d+", day[1]))
            return None
        found = _NAME_CLOCK.match(line)
        if found is None or not self._day:
            return None
        return f"{self._day} {_hour(found[2], int(found[3])):02}:{found[4]}", found[1], "", ""


def _hour(half: str | None, hour: int) -> int:
    """Of 24, from a clock of a phone that counts to twelve."""
    if half is None or hour > _NOON:
        return hour
    return hour % _NOON + (_NOON if half in _LATE and (half != "中午" or hour in {12, 1, 2}) else 0)


def _collect(lines: list[str], make: Callable[[], _Heads]) -> tuple[ChatMessage, ...]:
    heads = make()
    messages: list[ChatMessage] = []
    current: _Head | None = None
    text: list[str] = []

    def close() -> None:
        if current is not None:
            time, sender, account, first = current
            body = "\n".join([first, *text] if first else text).strip()
            messages.append(ChatMessage(len(messages) + 1, time, sender, body, account))
        text.clear()

    for line in lines:
        head = heads.head(line)
        if head is not None:
            close()
            current = head
        elif _ends(line):
            close()
            current = None
        else:
            text.append(line)
    close()
    return tuple(messages)


def _ends(line: str) -> bool:
    """Lines between messages: rules, the day, whose chat begins."""
    bare = line.strip()
    return bool(_RULE.match(bare) or _DAY.match(bare) or _PARTNER.match(bare))
