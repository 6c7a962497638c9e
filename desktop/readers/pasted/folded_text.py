"""A text in the signs that count, with the way back to what was pasted."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat, takewhile
from typing import Final

from desktop.domain.text.hidden_signs import turns_direction

_LONGEST_CLUSTER: Final = 8
"""Combining marks beyond this many belong to no writing; normal forms of longer runs cost their square."""
_STRETCH: Final = 4096
"""Signs at least that are folded together where none of them needs to know its neighbours."""
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘", "-"),
        **dict.fromkeys("•●∗✱■□◦﹡★☆※", "*"),
        "\r": None,
        "\t": " ",
        "，": "，",
        "¥": "¥",
        **dict(zip("戶賬帳號轉滙匯銀", "户账账号转汇汇银", strict=True)),
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
    starts: array[int]
    ends: array[int]
    reversed: bool

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded ``text[start:end]`` stands in the original; ``start`` < ``end``."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> FoldedText:
    """Fold ``text``; in time proportional to its length."""
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    place = 0
    while place < len(text):
        end = _cut(text, place)
        part = text[place:end]
        signs = set(part)
        if (
            any(map(_combines, signs))
            or not _CIRCLED.isdisjoint(signs)
            or ("，" in signs and not _FULL_DIGITS.isdisjoint(signs))
        ):
            _fold_slowly(text, place, end, pieces, starts, ends)
        else:
            folded = list(map({sign: _folded(sign) for sign in signs}.__getitem__, part))
            pieces.append("".join(folded))
            places: Iterable[int] = range(place, end)
            if len(pieces[-1]) != len(part) or "" in folded:  # else each is one sign
                places = tuple(chain.from_iterable(map(repeat, places, map(len, folded))))
            starts.extend(places)
            ends.extend(map((1).__add__, places))
        place = end
    return FoldedText(text, "".join(pieces), starts, ends, turns_direction(text))


def _cut(text: str, place: int) -> int:
    """The end of a stretch that can be folded by itself: the end of a line that nothing combines with."""
    end = place + _STRETCH
    while 0 < (end := text.find("\n", end) + 1) < len(text) and _combines(text[end]):
        pass
    return end or len(text)


def _fold_slowly(
    text: str, place: int, stop: int, pieces: list[str], starts: array[int], ends: array[int]
) -> None:
    """Sign after sign with the marks upon it, mindful of what stands before."""
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
