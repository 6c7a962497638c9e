"""Long screenshots, as phones join them of a whole chat: read strip by strip, as made small to one sheet no letter of
them is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from desktop.domain.evidence.picture_kinds import is_long

_STRIP: Final = 1900
"""Pixels of a strip's height: the engine itself makes everything above 2,000 smaller."""
_COMMON: Final = 200
"""Pixels that two strips share, more than any line is high."""
_WIDEST: Final = 1440
_MOST: Final = 16
"""Strips; a longer screenshot is made smaller, as the desk does not wait for ever."""
_EDGE: Final = 12
"""Pixels from where a strip was cut within which a line may not be whole."""
_SAME: Final = 0.5
"""Of the height of the lower of two lines: so much in common, and they are one line read twice."""

Line = list[Any]
"""Words, left, top, right, bottom, and what else is known of the line."""


def by_strips(height: int, width: int) -> bool:
    """Whether a picture of that size is to be read in strips."""
    return height > _STRIP and is_long(width, height)


def reduced(height: int, width: int) -> float:
    """How much smaller, at most 1, the picture is read."""
    return min(1.0, _WIDEST / width, (_STRIP + (_MOST - 1) * (_STRIP - _COMMON)) / height)


def in_strips(image: Any, lines_of: Callable[[Any], list[Line]]) -> list[Line]:
    """The lines of the whole picture. One in the common part of two strips is taken from where it stands whole."""
    height = int(image.shape[0])
    found: list[Line] = []
    for top in _tops(height):
        strip = image[top : top + _STRIP]
        for line in lines_of(strip):
            cut_above = top > 0 and line[2] < _EDGE
            cut_below = top + _STRIP < height and line[4] > _STRIP - _EDGE
            if cut_above or cut_below:
                continue
            line[2] += top
            line[4] += top
            if not any(_is_same(line, other) for other in found):
                found.append(line)
    return found


def _tops(height: int) -> Iterator[int]:
    top = 0
    yield top
    while top + _STRIP < height:
        top += _STRIP - _COMMON
        yield top


def _is_same(line: Line, other: Line) -> bool:
    high = min(line[4], other[4]) - max(line[2], other[2])
    wide = min(line[3], other[3]) - max(line[1], other[1])
    lower = min(line[4] - line[2], other[4] - other[2])
    return bool(high > _SAME * lower and wide > 0)
