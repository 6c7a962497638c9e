"""The matches of a pattern, found without trying it at signs none of its matches begins with.

A search of Python's ``re`` tries most patterns at every sign of a text, because they begin with a look behind or with a
choice; only what begins with a class of signs is passed over quickly. So each pattern gets such a class, drawn from its
own parse, before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeAlias

_PARSER: Final = import_module("re._parser")
"""The parse of the library itself: what it takes a pattern for is what it will match."""
_CODE: Final = import_module("re._constants")
_CATEGORIES: Final = {
    _CODE.CATEGORY_DIGIT: r"\d",
    _CODE.CATEGORY_SPACE: r"\s",
    _CODE.CATEGORY_WORD: r"\w",
}
_REPEATS: Final = (_CODE.MAX_REPEAT, _CODE.MIN_REPEAT, _CODE.POSSESSIVE_REPEAT)
_NOTHING: Final = (_CODE.ASSERT, _CODE.ASSERT_NOT, _CODE.AT)
_FLAGS: Final = re.compile(r"\(\?[a-zA-Z]+\)")
_FOLDED: Final = {"k": "K", "s": "ſ", "i": "İı"}
"""Signs besides the capital that a search without regard to case takes for the letter."""
_LOOKED_AT: Final = 64
"""Signs behind its match that a pattern looks at, at most."""
_TAKEN: Final = b"\1"
_NEVER: Final[frozenset[str]] = frozenset()
_Signs: TypeAlias = frozenset[str] | None
"""Pieces of a class of signs; None where any sign may be."""


@dataclass(frozen=True, slots=True)
class QuickSearch:
    """Of texts shorter than ``least`` signs ``shape`` itself is asked: drawing the class takes longer.

    ``near``: what no match is without, ``reach`` signs behind its beginning at most; "" where nothing is known.
    """

    shape: re.Pattern[str]
    least: int = 10_000
    near: str = ""
    reach: int = 0

    def matches(self, text: str, taken: bytearray | None = None) -> Iterator[re.Match[str]]:
        """What ``shape.finditer(text)`` gives. ``taken``, which the caller may change between two matches, is 1 of each
        sign at which no match may begin: behind such signs the search begins anew."""
        starts = _starts(self.shape) if len(text) >= self.least else None
        if starts is None:
            yield from self.shape.finditer(text) if taken is None else self._outside(text, taken)
        elif any(word not in text for word in _words_of(self.shape)):
            return
        elif not self.near:
            yield from self._stepping(text, starts, taken or bytearray())
        else:
            yield from self._beside(text, starts)

    def _outside(self, text: str, taken: bytearray) -> Iterator[re.Match[str]]:
        end = 0
        while match := self.shape.search(text, end):
            if match.start() < len(text) and taken[match.start()]:
                end = taken.find(0, match.start())
                if end < 0:
                    return
                continue
            yield match
            end = match.end()

    def _stepping(
        self, text: str, starts: re.Pattern[str], taken: bytearray
    ) -> Iterator[re.Match[str]]:
        end = 0
        if "^" in self.shape.pattern and (match := self.shape.match(text)):
            yield match
            end = match.end()
        while start := starts.search(text, end):
            place = start.start()
            if taken[place : place + 1] == _TAKEN:
                free = taken.find(0, place)
                if free < 0:
                    return
                end = free
                continue
            match = self.shape.match(text, place)
            if match is None:
                return
            yield match
            end = match.end()

    def _beside(self, text: str, starts: re.Pattern[str]) -> Iterator[re.Match[str]]:
        end, far = 0, _PARSER.parse(self.shape.pattern, self.shape.flags).getwidth()[1] + _LOOKED_AT
        for word in re.finditer(self.near, text):
            place = word.start()
            while start := starts.search(text, max(end, place - self.reach), place + far):
                match = self.shape.match(text, start.start()) if start.start() <= place else None
                if match is None:
                    break
                yield match
                end = match.end()


@cache
def _starts(shape: re.Pattern[str]) -> re.Pattern[str] | None:
    """Matches one sign, at which ``shape`` matches; None where nothing can be said of its first sign."""
    signs, empty = _first(_PARSER.parse(shape.pattern, shape.flags), shape.flags)
    if not signs or empty or shape.flags & re.MULTILINE:
        return None
    body = shape.pattern
    if shape.flags & re.VERBOSE:
        body = f"{_FLAGS.sub('', body, count=1)}\n"  # behind a comment that may end it
    whole = f"[{''.join(sorted(signs))}](?<=(?={body})[\\s\\S])"
    return re.compile(whole, shape.flags & ~re.UNICODE)


@cache
def _words_of(shape: re.Pattern[str]) -> frozenset[str]:
    """Signs without which ``shape`` matches nothing: a text that lacks one need not be searched."""
    if shape.flags & re.IGNORECASE:
        return _NEVER
    return frozenset(_needed(_PARSER.parse(shape.pattern, shape.flags), shape.flags))


def _needed(parsed: Sequence[tuple[Any, Any]], flags: int) -> Iterator[str]:
    for code, value in parsed:
        if code is _CODE.LITERAL:
            yield chr(value)
        elif code is _CODE.SUBPATTERN and not (flags | value[1]) & re.IGNORECASE:
            yield from _needed(value[3], flags)
        elif code is _CODE.ATOMIC_GROUP:
            yield from _needed(value, flags)
        elif code in _REPEATS and value[0] > 0:
            yield from _needed(value[2], flags)


def _first(parsed: Sequence[tuple[Any, Any]], flags: int) -> tuple[_Signs, bool]:
    """Signs that a match of ``parsed`` can begin with, and whether it can be empty."""
    found: set[str] = set()
    for code, value in parsed:
        if code is _CODE.ASSERT and value[0] > 0:
            ahead, empty = _first(value[1], flags)
            if ahead is not None and not empty and not found:
                return ahead, False  # whatever follows begins with one of these too
        if code is _CODE.AT and value is _CODE.AT_BEGINNING:
            return _NEVER, False  # but once, at the beginning of the text
        if code in _NOTHING:
            continue
        signs, empty = _of(code, value, flags)
        if signs is None:
            return None, False
        found |= signs
        if not empty:
            return frozenset(found), False
    return frozenset(found), True


def _of(code: Any, value: Any, flags: int) -> tuple[_Signs, bool]:
    if code is _CODE.LITERAL:
        return _cased(value, flags), False
    if code is _CODE.IN:
        return _class(value, flags), False
    if code is _CODE.BRANCH:
        return _any_of([_first(branch, flags) for branch in value[1]])
    if code is _CODE.SUBPATTERN:
        return _first(value[3], (flags | value[1]) & ~value[2])
    if code is _CODE.ATOMIC_GROUP:
        return _first(value, flags)
    if code in _REPEATS:
        signs, empty = _first(value[2], flags)
        return signs, empty or value[0] == 0
    return None, False


def _any_of(branches: Sequence[tuple[_Signs, bool]]) -> tuple[_Signs, bool]:
    found: set[str] = set()
    for signs, _ in branches:
        if signs is None:
            return None, False
        found |= signs
    return frozenset(found), any(empty for _, empty in branches)


def _class(items: Sequence[tuple[Any, Any]], flags: int) -> _Signs:
    found: set[str] = set()
    for code, value in items:
        if code is _CODE.LITERAL:
            found |= _cased(value, flags)
        elif code is _CODE.RANGE and not flags & re.IGNORECASE:
            found.add(f"{_written(value[0])}-{_written(value[1])}")
        elif code is _CODE.CATEGORY and value in _CATEGORIES:
            found.add(_CATEGORIES[value])
        else:
            return None
    return frozenset(found)


def _cased(point: int, flags: int) -> frozenset[str]:
    sign = chr(point)
    if not flags & re.IGNORECASE:
        return frozenset({_written(point)})
    forms = {sign, sign.lower(), sign.upper(), *_FOLDED.get(sign.lower(), "")}
    return frozenset(_written(ord(form)) for form in forms if len(form) == 1)


def _written(point: int) -> str:
    return f"\\U{point:08x}"
