"""Which of many alike steps or places a test tries, and how many examples: all with ``packaging/dev test --sweep``;
without, a fixed sample of them and fewer examples."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Final, TypeVar

_Place = TypeVar("_Place")

EVERY: Final = bool(os.environ.get("FANZHA_SWEEP"))
"""Whether nothing is passed over."""
MOST: Final = 1000
"""No work that is swept has so many steps."""
_STRIDE: Final = 50


def steps_of(kinds: Sequence[Hashable], tried: Collection[Hashable] = ()) -> Iterator[int]:
    """The numbers, from 1, of the steps to try, of which ``kinds`` says what each one does.

    The sample has the first step of each kind, so that every place of the program is tried, but not those that were
    ``tried`` in another work; the last one; and every 50th. A sweep goes on until its user sees that nothing happened:
    another run may take some steps more.
    """
    if EVERY:
        yield from range(1, MOST)
        raise AssertionError("the work never ends")
    first: dict[Hashable, int] = {}
    for number, kind in enumerate(kinds, 1):
        if kind not in tried:
            first.setdefault(kind, number)
    yield from sorted({*first.values(), *range(_STRIDE, len(kinds), _STRIDE), len(kinds)} - {0})


def examples(whole: int) -> int:
    """How many examples of a property to try that takes long, of which a sweep tries the ``whole``."""
    return whole if EVERY else max(whole // 3, 2)


def in_turns(test: str, places: Sequence[_Place]) -> Sequence[_Place]:
    """Those of ``places`` that ``test`` is tried at: all in a sweep. A usual run takes one, which the test's name says,
    so that many tests try each of them, and a test always the same."""
    if EVERY:
        return places
    number = zlib.crc32(test.encode()) % len(places)
    return places[number : number + 1]


def way_of_program() -> tuple[tuple[str, str], ...]:
    """By which functions of the program the caller is reached: a kind of step."""
    found: list[tuple[str, str]] = []
    frame = sys._getframe(1).f_back
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("desktop."):
            found.append((module, frame.f_code.co_name))
        frame = frame.f_back
    return tuple(found)
