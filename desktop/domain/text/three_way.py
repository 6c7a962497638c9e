"""Three versions of one text: an original, what became of the original, and what somebody made of it meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

_MOST_LINES: Final = 3000
"""Of all three together. Beyond, what stands between the first and the last difference is one place: comparing costs
the product of the lengths."""


@dataclass(frozen=True, slots=True)
class Place:
    """A run of lines, each with its end, as the three versions have it; "" where one has none there. ``line``: where
    it begins in ``own``, counted from 1. ``name``: what it is called, where places have names. ``known`` False: nobody
    knows what the original was; ``then`` is ``own``, so that whatever differs today is open."""

    then: str
    now: str
    own: str
    line: int = 0
    name: str = ""
    known: bool = True

    @property
    def open(self) -> bool:
        """Whether the original changed here and ``own`` says something else than it does now."""
        return self.now not in (self.then, self.own)

    @property
    def both(self) -> bool:
        """Whether it was changed on both sides, each in its own way; of an unknown original nobody can tell."""
        return self.open and self.own != self.then


def three_way(then: str | None, now: str, own: str) -> tuple[Place, ...]:
    """All of the three texts, in order: the ``then`` of all places together are ``then``, and so on. ``then`` None:
    not known."""
    if then is None:
        return tuple(replace(place, known=False) for place in three_way(own, now, own))
    texts = [text.splitlines(keepends=True) for text in (then, now, own)]
    if sum(map(len, texts)) > _MOST_LINES:
        return _roughly(*texts)
    places: list[Place] = []
    at = [0, 0, 0]
    for starts, length in _common(*texts):
        _add(places, texts, at, starts)
        ends = [start + length for start in starts]
        _add(places, texts, starts, ends)
        at = ends
    _add(places, texts, at, [len(text) for text in texts])
    return tuple(places)


def merged(places: Sequence[Place], taken: Collection[int]) -> str:
    """``own`` with what the original says now at the places of these positions."""
    return "".join(
        place.now if position in taken else place.own for position, place in enumerate(places)
    )


def _add(
    places: list[Place], texts: Sequence[list[str]], starts: Sequence[int], ends: Sequence[int]
) -> None:
    parts = ["".join(text[start:end]) for text, start, end in zip(texts, starts, ends, strict=True)]
    if any(parts):
        then, now, own = parts
        places.append(Place(then, now, own, starts[2] + 1))


def _common(
    then: list[str], now: list[str], own: list[str]
) -> list[tuple[tuple[int, int, int], int]]:
    """Where lines of ``then`` stand in both others: the three beginnings, and how many lines."""
    found: list[tuple[tuple[int, int, int], int]] = []
    in_now = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    in_own = SequenceMatcher(None, then, own, autojunk=False).get_matching_blocks()
    one = other = 0
    while one < len(in_now) and other < len(in_own):
        left, right = in_now[one], in_own[other]
        start = max(left.a, right.a)
        end = min(left.a + left.size, right.a + right.size)
        if start < end:
            starts = (start, left.b + start - left.a, right.b + start - right.a)
            found.append((starts, end - start))
        if left.a + left.size < right.a + right.size:
            one += 1
        else:
            other += 1
    return found


def _roughly(then: list[str], now: list[str], own: list[str]) -> tuple[Place, ...]:
    """What all begin with, what all end with, and one place between."""
    texts = (then, now, own)
    shortest = min(map(len, texts))
    head = 0
    while head < shortest and then[head] == now[head] == own[head]:
        head += 1
    tail = 0
    while tail < shortest - head and then[-1 - tail] == now[-1 - tail] == own[-1 - tail]:
        tail += 1
    ends = [len(text) - tail for text in texts]
    places: list[Place] = []
    _add(places, texts, (0, 0, 0), (head, head, head))
    _add(places, texts, (head, head, head), ends)
    _add(places, texts, ends, [len(text) for text in texts])
    return tuple(places)
