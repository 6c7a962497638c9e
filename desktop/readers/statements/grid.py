"""Rows of cells, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.readers.statements.cells import number_text

Cells = list[Any]


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` may be called again and begins anew each time; ``text`` makes a cell a text.

    ``name`` is the sheet, where there are several.
    """

    container: str
    rows: Callable[[], Iterator[Cells]]
    text: Callable[[Any], str]
    name: str = ""


text_cell: Callable[[Any], str] = str.strip
"""A cell of a text file without the padding of spaces and tabs that exporters add."""


def formula_cell(cell: str) -> str:
    """``="0123"``, the way to keep a spreadsheet from making a number of it; without that, as :func:`text_cell`."""
    bare = cell.strip()
    return bare[2:-1].strip() if bare.startswith('="') and bare.endswith('"') else bare


def sheet_cell(cell: object) -> str:
    """A spreadsheet's cell as the text a person sees: whole numbers without a point, moments in ISO order."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return str(cell).upper()
        case float():
            return number_text(cell)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case timedelta():
            return str(cell)
        case date() | time():
            return cell.isoformat()
        case _:
            return "" if cell is None else str(cell)
