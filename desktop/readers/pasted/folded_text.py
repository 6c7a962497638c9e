"""A text in the signs that count, with the way back to what was pasted."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import Final, NamedTuple

from desktop.domain.text.hidden_signs import turns_direction
from desktop.readers.traditional_signs import FOLDED_SIGNS

_LONGEST_CLUSTER: Final = 8
"""Combining marks beyond this many belong to no writing; normal forms of longer runs cost their square."""
_STRETCH: Final = 4096
"""Signs at least that are folded together where none of them needs to know its neighbours."""
_FEW: Final = 64
"""Signs that are changed one after the other sooner than every place is looked up."""
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SIGNS: Final = str.maketrans(
    {
        **FOLDED_SIGNS,
        **dict.fromkeys("‐‑‒–—―−﹘", "-"),
        **dict.fromkeys("•●∗✱■□◦﹡★☆※", "*"),
        "\r": None,
        "\t": " ",
        "，": "，",
        "¥": "¥",
        "〔": "(",
        "〕": ")",
    }
)
_GROUP, _GROUP_REACH = 3, 16
_CIRCLED: Final = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿")
"""Alone they number what follows; in a row they are digits that a swindler hides."""
_FULL_DIGITS: Final = frozenset("０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``text`` has full-width signs narrow, dashes and blots of one kind, nothing invisible. A full-width comma stays,
    because ``98000，余额`` has two clauses and ``98,000`` has none; between full-width digits it groups thousands.

    ``reversed``: the text turns its direction, and looks another way than it is stored.
    """

    original: str
    text: str
    stretches: Sequence[_Stretch]
    reversed: bool

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded ``text[start:end]`` stands in the original; ``start`` < ``end``."""
        return self._places(start)[0], self._places(end - 1)[1]

    def _places(self, place: int) -> tuple[int, int]:
        stretch = self.stretches[bisect_right(self.stretches, place, key=_FOLDED_AT) - 1]
        inside = place - stretch.folded_at
        if stretch.starts is None or stretch.ends is None:
            return stretch.source_at + inside, stretch.source_at + inside + 1
        return stretch.starts[inside], stretch.ends[inside]


class _Stretch(NamedTuple):
    """Signs that were folded together; ``starts`` and ``ends`` are missing where each sign is one of the source."""

    folded_at: int
    source_at: int
    starts: array[int] | None = None
    ends: array[int] | None = None


_FOLDED_AT: Final = attrgetter("folded_at")


def fold(text: str) -> FoldedText:
    """Fold ``text``; in time proportional to its length."""
    signs = set(text)
    slow = any(map(_combines, signs))
    changed = {sign: folded for sign in signs if (folded := _folded(sign)) != sign}
    pieces: list[str] = []
    stretches: list[_Stretch] = []
    at = place = 0
    while place < len(text):
        end = _cut(text, place) if slow else len(text)
        if slow and any(map(_combines, set(text[place:end]))):
            starts, ends = array("q"), array("q")
            stretches.append(_Stretch(at, place, starts, ends))
            pieces.append(_fold_slowly(text, place, end, starts, ends))
        else:
            pieces += _fold_signs(text, place, end, changed, at, stretches)
        at = stretches[-1].folded_at + len(pieces[-1])
        place = end
    return FoldedText(text, "".join(pieces), stretches, turns_direction(text))


def _fold_signs(
    text: str,
    place: int,
    end: int,
    changed: Mapping[str, str],
    at: int,
    stretches: list[_Stretch],
) -> Iterator[str]:
    """Every sign by itself, but for those that mean something else beside others; at each that does not become one
    sign, and behind it, a stretch begins."""
    part = text[place:end]
    odd = {sign for sign, folded in changed.items() if len(folded) != 1}
    breaks = {match.start(): changed[match[0]] for match in _any_of(odd, part)}
    for found in _dependent(part, changed):
        if beside := _beside(text, place, found, changed):
            breaks[found] = beside
    singles = {sign: folded for sign, folded in changed.items() if sign not in odd}
    if len(singles) > _FEW:
        part = part.translate({ord(sign): folded for sign, folded in singles.items()})
    else:
        for sign, folded in singles.items():
            part = part.replace(sign, folded)  # no sign becomes another that changes
    inside = 0
    for found in (*sorted(breaks), len(part)):
        stretches.append(_Stretch(at, place + inside))
        yield part[inside:found]
        at += found - inside
        inside = found + 1
        if found < len(part) and (folded := breaks[found]):
            source = place + found
            size = len(folded)
            stretches.append(
                _Stretch(at, source, array("q", [source] * size), array("q", [source + 1] * size))
            )
            yield folded
            at += size


def _any_of(signs: Collection[str], part: str) -> Iterator[re.Match[str]]:
    if signs:
        yield from re.finditer(f"[{''.join(map(re.escape, sorted(signs)))}]", part)


def _dependent(part: str, changed: Mapping[str, str]) -> Iterator[int]:
    """Where signs stand in ``part`` that mean something else beside others."""
    for match in _any_of(_CIRCLED & changed.keys(), part):
        yield match.start()
    if not _FULL_DIGITS.isdisjoint(changed):
        for hidden in _any_of(
            [*_FULL_DIGITS, *(sign for sign in changed if not changed[sign])], part
        ):
            if part.startswith("，", hidden.end()):
                yield hidden.end()


def _beside(text: str, place: int, at: int, changed: Mapping[str, str]) -> str:
    """What the sign is for its neighbours' sake; "" where they do not matter."""
    if text[place + at] in _CIRCLED:
        return "、" if _numbers(text, place + at) else ""
    before = at - 1
    while before >= 0 and not changed.get(text[place + before], " "):
        before -= 1
    visible = before >= 0 and text[place + before] in _FULL_DIGITS
    return "," if visible and _groups(text, place + at) else ""


def _cut(text: str, place: int) -> int:
    """The end of a stretch that can be folded by itself: the end of a line that nothing combines with."""
    end = place + _STRETCH
    while 0 < (end := text.find("\n", end) + 1) < len(text) and _combines(text[end]):
        pass
    return end or len(text)


def _fold_slowly(text: str, place: int, stop: int, starts: array[int], ends: array[int]) -> str:
    """Sign after sign with the marks upon it, mindful of what stands before."""
    pieces: list[str] = []
    before = ""
    while place < stop:
        end = place + 1
        while end < stop and end - place < _LONGEST_CLUSTER and _combines(text[end]):
            end += 1
        cluster = text[place:end]
        if before in _FULL_DIGITS and _groups(text, place):
            folded = ","
        elif cluster in _CIRCLED and _numbers(text, place):
            folded = "、"
        else:
            folded = _folded(cluster)
        before = cluster if folded else before
        pieces.append(folded)
        starts.extend([place] * len(folded))
        ends.extend([end] * len(folded))
        place = end
    return "".join(pieces)


def _numbers(text: str, place: int) -> bool:
    """Whether the circled sign at ``place`` stands alone, before what it numbers."""
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return _CIRCLED.isdisjoint(around)


def _groups(text: str, place: int) -> bool:
    """Whether a full-width comma stands at ``place`` and the next visible signs are three full-width digits."""
    if text[place] != "，":
        return False
    visible = (sign for sign in text[place + 1 : place + 1 + _GROUP_REACH] if _folded(sign))
    digits = list(takewhile(_FULL_DIGITS.__contains__, visible))
    return len(digits) == _GROUP


@lru_cache(maxsize=8192)
def _combines(sign: str) -> bool:
    return unicodedata.combining(sign) != 0


@lru_cache(maxsize=8192)
def _folded(cluster: str) -> str:
    if cluster in ("\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"):
        return "\n"
    translated = cluster.translate(_SIGNS)
    if translated != cluster or cluster == "，":
        return translated
    signs = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFKC", cluster)
        if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE
    )
    return "".join(_digit(sign) for sign in signs).translate(_SIGNS)


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
