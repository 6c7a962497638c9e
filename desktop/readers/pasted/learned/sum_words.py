"""What the words around a sum say by their sense, and how large it is beside the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from desktop.readers.pasted.learned.layout import FieldCandidate, Layout
from desktop.readers.pasted.learned.spans import SUM
from desktop.readers.pasted.learned.sum_features import PatternView, Payment

_CLAUSE: Final = (re.compile(r"[,，。;；!?\n、:]"), 25)
_SENTENCE: Final = (re.compile(r"[。;；!?\n]"), 60)
"""Where each ends, and how many signs of it count on either side."""
_RATIOS: Final = ((0.1, "a"), (0.5, "b"), (1.0, "c"), (1.05, "d"), (1.5, "e"), (3.0, "f"))
_EQUAL: Final = 1e-6


def sense_features(layout: Layout, one: FieldCandidate) -> list[str]:
    """What the words around a sum, and those of the turns beside it, say of a payment."""
    text, words = layout.text, layout.senses
    found: list[str] = []
    for mark, (ends, reach) in (("C", _CLAUSE), ("S", _SENTENCE)):
        begin, stop = _around(text, one, ends, reach)
        left, right = words.within(begin, one.start), words.within(one.end, stop)
        found += _sides(f"x{mark}", left, right, 3)
        found.append(f"x{mark}n{'|'.join(left[-2:])}#{'|'.join(right[:2])}")
        if mark == "C":
            own_begin, own_stop = own_place(layout, one)
            before = words.within(max(own_begin, begin - reach), max(0, begin - 1))
            behind = words.within(stop, min(own_stop, stop + reach))
            found += [f"xP{sense}" for sense in before] + [f"xQ{sense}" for sense in behind]
            found += [f"xq{'|'.join(behind[:2])}", f"xp{'|'.join(before[-2:])}"]
            found.append(f"xd{'|'.join(left[-1:])}#{'|'.join(right[:1])}#{'|'.join(behind[:1])}")
    found += _of_turns(layout, one)
    return found


def own_place(layout: Layout, one: FieldCandidate) -> tuple[int, int]:
    """Where the words begin and end that are said of no other sum."""
    places, own = layout.symbols.places, layout.own[one.start]
    return places[own.start], places[own.stop] if own.stop < len(places) else len(layout.text)


def same_sum_features(layout: Layout, place: int) -> Iterator[str]:
    """What is said of it against what is said of the nearest same sum on either side: of a demand and its payment one
    was paid."""
    sums = layout.candidates[SUM]
    one = sums[place]
    for mark, others in (("<", range(place - 1, -1, -1)), (">", range(place + 1, len(sums)))):
        at = next((at for at in others if sums[at].value == one.value), None)
        if at is None:
            continue
        mine, theirs = _senses_of(layout, one), _senses_of(layout, sums[at])
        near = abs(at - place) == 1
        yield f"xE{mark}{mine.kinds}/{theirs.kinds}"
        yield f"xE{mark}{mine.kinds}/{theirs.kinds}{near}"
        yield f"xF{mark}{mine.nearest}/{theirs.nearest}"
        yield f"xG{mark}{mine.nearest}"
        yield f"xH{mark}{theirs.nearest}"


class _Senses(NamedTuple):
    """``kinds``: whether it is asked for, denied, planned, done; ``nearest``: the senses on both sides."""

    kinds: str
    nearest: str


_KINDS: Final = {"asked": "a", "denied": "n", "planned": "p", "done": "d"}


def _senses_of(layout: Layout, one: FieldCandidate) -> _Senses:
    begin, stop = own_place(layout, one)
    left = layout.senses.within(max(begin, one.start - _CLAUSE[1]), one.start)
    right = layout.senses.within(one.end, min(stop, one.end + _CLAUSE[1]))
    kinds = "".join(mark for sense, mark in _KINDS.items() if sense in left or sense in right)
    return _Senses(kinds, f"{'|'.join(left[-1:])}#{'|'.join(right[:1])}")


def way_features(layout: Layout, one: FieldCandidate) -> list[str]:
    """What the words around a sum say of the way it went."""
    found: list[str] = []
    for mark, (ends, reach) in (("C", _CLAUSE), ("S", _SENTENCE)):
        begin, stop = _around(layout.text, one, ends, reach)
        left, right = layout.ways.within(begin, one.start), layout.ways.within(one.end, stop)
        found += _sides(f"w{mark}", left, right, 3)
        found.append(f"w{mark}a{'|'.join(sorted({*left, *right}))}")
    return found


def size_features(
    layout: Layout, view: PatternView, place: int, decided: Sequence[Payment]
) -> Iterator[str]:
    """How the ``place``-th sum compares with those beside it and with those paid before: what comes back is a little
    more than what was paid."""
    sums = layout.candidates[SUM]
    one = sums[place]
    value = float(one.value)
    if place:
        before = sums[place - 1]
        yield f"v-{_ratio(value, before)}"
        yield f"v-{_ratio(value, before)}{view.ways.get(before.start, '')}"
    if place + 1 < len(sums):
        yield f"v+{_ratio(value, sums[place + 1])}"
    paid = [other for other in decided if other.way == "out"]
    if paid:
        yield f"vo{_ratio(value, paid[-1].sum)}"
        yield f"vo{_ratio(value, paid[-1].sum)}{decided[-1].way}"
    if decided:
        yield f"vd{_ratio(value, decided[-1].sum)}{decided[-1].way}"
    whole = one.value.partition(".")[0]
    yield f"vs{len(whole)}"
    yield f"vb{all(float(other.value) <= value for other in sums)}{len(sums) > 1}"
    yield f"vz{len(whole.rstrip('0'))}"


def _ratio(value: float, other: FieldCandidate) -> str:
    ratio = value / (float(other.value) or 1.0)
    if abs(ratio - 1) < _EQUAL:
        return "="
    return next((name for limit, name in _RATIOS if ratio < limit), "g")


def _around(text: str, one: FieldCandidate, ends: re.Pattern[str], reach: int) -> tuple[int, int]:
    begin = max(0, one.start - reach)
    for match in ends.finditer(text, begin, one.start):
        begin = match.end()
    stop = ends.search(text, one.end, one.end + reach)
    return begin, stop.start() if stop else min(len(text), one.end + reach)


def _sides(prefix: str, left: Sequence[str], right: Sequence[str], most: int) -> Iterator[str]:
    for sense in left:
        yield f"{prefix}<{sense}"
    for sense in right:
        yield f"{prefix}>{sense}"
    for size in range(1, most + 1):
        yield f"{prefix}l{'|'.join(left[-size:])}"
        yield f"{prefix}r{'|'.join(right[:size])}"
    yield f"{prefix}m{'|'.join(left[-1:])}#{'|'.join(right[:1])}"


def _of_turns(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    number = layout.turn_of[one.first]
    if number < 0:
        return
    speaker = layout.speakers[one.first]
    for step in (-1, 0, 1, 2):
        if 0 <= number + step < len(layout.talk):
            turn = layout.talk[number + step]
            who = f"y{step}{'o' if turn.ours else 't'}{speaker}"
            senses = layout.senses.within(turn.start, turn.end)
            for sense in senses:
                yield f"{who}{sense}"
            yield f"{who}:{'|'.join(senses[:2])}"
