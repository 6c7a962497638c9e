"""Curves of figures over the size of a desk, as a small SVG of our own: the same octets for the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from typing import Final
from xml.sax.saxutils import escape

from desktop.bench.sizes.goals import SizedFigure

_COLUMNS: Final = 5
_CELL: Final = (180, 118)
_PLOT: Final = (34, 26, 136, 66)
"""Left, top, width, height within a cell."""
_INKS: Final[Mapping[str, str]] = {
    "met": "#2f7d4f",
    "missed": "#b3372f",
    "noisy": "#b07a1a",
    "": "#5b6f85",
}
_FONT: Final = "Noto Sans CJK SC, Noto Sans SC, sans-serif"


@dataclass(frozen=True, slots=True)
class _Axes:
    """Both logarithmic: whole powers of ten around what is shown."""

    left: float
    right: float
    low: float
    high: float

    def point(self, size: float, value: float) -> tuple[float, float]:
        """Within the plot, in pixels."""
        x, y, width, height = _PLOT
        across = (log10(size) - self.left) / max(self.right - self.left, 1e-9)
        up = (log10(value) - self.low) / max(self.high - self.low, 1e-9)
        return x + across * width, y + height - up * height


def curves(figures: Sequence[SizedFigure]) -> str:
    """One plot for each figure that has a goal, was measured at two sizes at least, and is above zero."""
    sized = sorted(
        (one for one in figures if one.size and one.value > 0 and one.goal),
        key=lambda one: (one.name, one.size),
    )
    rows = {name: list(some) for name, some in groupby(sized, lambda one: one.name)}
    drawn = {name: some for name, some in rows.items() if len(some) > 1}
    width, height = _COLUMNS * _CELL[0], max(ceil(len(drawn) / _COLUMNS), 1) * _CELL[1]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{_FONT}" font-size="9"><rect width="100%" height="100%" fill="#ffffff"/>'
    )
    cells = (_cell(place, name, some) for place, (name, some) in enumerate(drawn.items()))
    return head + "".join(cells) + "</svg>\n"


def _cell(place: int, name: str, figures: Sequence[SizedFigure]) -> str:
    x, y = place % _COLUMNS * _CELL[0], place // _COLUMNS * _CELL[1]
    values = [one.value for one in figures]
    goals = [one.goal for one in figures if one.goal]
    axes = _Axes(
        log10(figures[0].size), log10(figures[-1].size),
        floor(log10(min(*values, *goals))), ceil(log10(max(*values, *goals) * 1.001)),
    )  # fmt: skip
    unit = escape(figures[0].unit)
    title = (
        f'<text x="{_PLOT[0]}" y="14" font-size="10" fill="#16283c">{escape(name)} · {unit}</text>'
    )
    parts = [title, *_frame(axes), _goal_line(axes, figures), *_line(axes, figures)]
    return f'<g transform="translate({x} {y})">{"".join(parts)}</g>'


def _frame(axes: _Axes) -> list[str]:
    x, y, width, height = _PLOT
    parts = [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="#cfd8e3"/>'
    ]
    for power, at in ((axes.low, y + height), (axes.high, y + 6)):
        parts.append(
            f'<text x="{x - 3}" y="{at:.1f}" text-anchor="end" fill="#5b6f85">{10**power:g}</text>'
        )
    for power, anchor, at in ((axes.left, "start", x), (axes.right, "end", x + width)):
        parts.append(
            f'<text x="{at}" y="{y + height + 11}" text-anchor="{anchor}" fill="#5b6f85">{10**power:,.0f}</text>'
        )
    return parts


def _goal_line(axes: _Axes, figures: Sequence[SizedFigure]) -> str:
    points = " ".join(_pair(axes, one.size, one.goal) for one in figures if one.goal)
    return f'<polyline points="{points}" fill="none" stroke="#8a97a6" stroke-dasharray="3 3"/>'


def _line(axes: _Axes, figures: Sequence[SizedFigure]) -> list[str]:
    points = " ".join(_pair(axes, one.size, one.value) for one in figures)
    parts = [f'<polyline points="{points}" fill="none" stroke="#3a6ea5" stroke-width="1.4"/>']
    for one in figures:
        x, y = axes.point(one.size, one.value)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{_INKS[one.verdict]}"/>')
    return parts


def _pair(axes: _Axes, size: float, value: float) -> str:
    x, y = axes.point(size, value)
    return f"{x:.1f},{y:.1f}"
