"""From recognised lines to one text: rows from the top, a label before its value, wrapped lines joined.

Receipts stand in two columns, and a number of 28 digits goes on in the next line; a message in a bubble wraps. Lines
that go on stand close below and begin or end at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.picture_text import Box, PictureText, Piece, TextLine

_CLOSE: Final = 0.45
"""Of a line's height: a smaller gap is within one cell or bubble; between entries there is about a whole line."""
_ALIGNED: Final = 0.6
_OVERLAP: Final = 0.5
_STATUS_BAR: Final = 0.06
"""The share of a phone's screen in which clock, signal and battery stand."""
_STATUS: Final = re.compile(
    r"\d{1,2}:\d{2}|\d{1,3}%|[45]G|HD|[A-Z]{2,5}|\d+(?:\.\d+)?[KM]B?/s", re.IGNORECASE
)


@dataclass(slots=True)
class _Cell:
    """Lines that are one text."""

    lines: list[TextLine] = field(default_factory=list)

    @property
    def last(self) -> Box:
        return self.lines[-1].box

    def goes_on_in(self, line: TextLine) -> bool:
        box, last = line.box, self.last
        room = min(box.height, last.height)
        if not -room * _CLOSE <= box.top - last.bottom <= room * _CLOSE:
            return False
        aligned = (abs(box.left - last.left), abs(box.right - last.right))
        return min(aligned) <= room * _ALIGNED


def in_order(lines: Sequence[TextLine], width: int, height: int) -> PictureText:
    """The whole text. What the phone itself shows at the top is no part of it: its clock is not a transfer's."""
    bar = height * _STATUS_BAR
    kept = [
        line
        for line in lines
        if line.text.strip()
        and not (line.box.bottom <= bar and _STATUS.fullmatch(line.text.strip()))
    ]
    return _written(_rows(_cells(kept)), width, height)


def _cells(lines: Sequence[TextLine]) -> list[_Cell]:
    cells: list[_Cell] = []
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)):
        before = [cell for cell in cells if cell.goes_on_in(line)]
        if before:
            max(before, key=lambda cell: cell.last.bottom).lines.append(line)
        else:
            cells.append(_Cell([line]))
    return cells


def _rows(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Cells whose first lines stand beside each other, from the left."""
    rows: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda cell: cell.lines[0].box.top):
        box = cell.lines[0].box
        if rows and _beside(rows[-1][0].lines[0].box, box):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row, key=lambda cell: cell.lines[0].box.left) for row in rows]


def _beside(one: Box, other: Box) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common >= _OVERLAP * min(one.height, other.height)


def _written(rows: Sequence[Sequence[_Cell]], width: int, height: int) -> PictureText:
    text, pieces = "", []
    for row in rows:
        text += "\n" if text else ""
        for index, cell in enumerate(row):
            text += " " if index else ""
            for line in cell.lines:
                words = line.text.strip()
                pieces.append(Piece(len(text), len(text) + len(words), line))
                text += words
    return PictureText(width, height, text, tuple(pieces))
