"""Rows of cells, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Cells = list[Any]


@dataclass(slots=True)
class Behind:
    """What lies behind the rows of a grid: ``rows`` of another statement, counted while the first are read."""

    rows: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` may be called again and begins anew each time; ``text`` makes a cell a text.

    ``name`` is the sheet, where there are several. ``garbled``: some signs of it are no signs of its encoding.
    """

    container: str
    rows: Callable[[], Iterator[Cells]]
    text: Callable[[Any], str]
    name: str = ""
    behind: Behind = field(default_factory=Behind)
    garbled: bool = False


text_cell: Callable[[Any], str] = str.strip
"""A cell of a text file without the padding of spaces and tabs that exporters add."""


def formula_cell(cell: str) -> str:
    """``="0123"``, the way to keep a spreadsheet from making a number of it; without that, as :func:`text_cell`."""
    bare = cell.strip()
    return bare[2:-1].strip() if bare.startswith('="') and bare.endswith('"') else bare
