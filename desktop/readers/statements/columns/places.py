"""Columns by where their names and cells stand, in a page that has no table but only signs at places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Stretch(NamedTuple):
    """From where to where something stands on a line, in one unit throughout."""

    start: float
    end: float


def column_edges(names: Sequence[Stretch], cells: Sequence[Stretch]) -> tuple[float, ...]:
    """Between the middles of two names, the place that the fewest cells cross: names and cells need not be aligned
    alike. Of several such places the middle of the widest white strip."""
    every = [*cells, *names]
    return tuple(_whitest(sum(left) / 2, sum(right) / 2, every) for left, right in pairwise(names))


def _whitest(start: float, end: float, cells: Sequence[Stretch]) -> float:
    between = [cell for cell in cells if cell.end > start and cell.start < end]
    marks = sorted({start, end, *(x for cell in between for x in cell if start < x < end)})
    strips = [
        (sum(x0 < (left + right) / 2 < x1 for x0, x1 in between), left - right, (left + right) / 2)
        for left, right in pairwise(marks)
    ]
    return min(strips)[2]
