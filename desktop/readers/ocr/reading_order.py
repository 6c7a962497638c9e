"""From recognised lines to one text: rows from the top, a label before its value, wrapped lines joined.

Receipts stand in two columns, and a number of 28 digits goes on in the next line; a message in a bubble wraps. Lines
that go on stand close below, begin or end at the same place, and have nothing beside them: in a table every row has.
A photograph is askew; lines are compared as they would stand if it were not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.evidence.picture_text import PictureBox, PictureText, TextLine, TextPiece

_CLOSE: Final = 0.45
"""Of a line's height: a smaller gap is within one cell or bubble; between entries there is about a whole line."""
_ALIGNED: Final = 0.6
_OVERLAP: Final = 0.5
_MOST_RISE: Final = 0.7
"""Of the height of a box: some of it is the line itself."""
_STATUS_BAR: Final = 0.06
"""The share of a phone's screen in which clock, signal and battery stand."""
_SCREEN: Final = 2.4
"""Of its width; a screenshot of more is a long one, whose bar is no higher."""
_SIGN: Final = r"(?:\d{1,2}:\d{2}|\d{1,3}%|[45]G|HD|[A-Z]{2,5}|\d+(?:\.\d+)?[KM]B?/s)"
_STATUS: Final = re.compile(rf"{_SIGN}(?: ?{_SIGN})*", re.IGNORECASE)


_NUMBER_END: Final = re.compile(r"[0-9]{16}$")
_REST: Final = re.compile(r"[0-9]{1,16}")


@dataclass(frozen=True, slots=True)
class _Line:
    """``box``: where it would stand if the picture were straight."""

    line: TextLine
    box: PictureBox


@dataclass(slots=True)
class _Cell:
    """Lines that are one text."""

    lines: list[_Line] = field(default_factory=list)

    @property
    def last(self) -> PictureBox:
        return self.lines[-1].box

    def goes_on_in(self, line: _Line) -> bool:
        box, last = line.box, self.last
        room = min(box.height, last.height)
        if not -room * _CLOSE <= box.top - last.bottom <= room * _CLOSE:
            return False
        if _NUMBER_END.search(self.lines[-1].line.text) and _REST.fullmatch(line.line.text.strip()):
            # below a number that its label is read together with, its rest begins further to the right
            return box.left >= last.left - room and box.right <= last.right + room
        aligned = (abs(box.left - last.left), abs(box.right - last.right))
        return min(aligned) <= room * _ALIGNED


def in_order(lines: Sequence[TextLine], width: int, height: int, slope: float = 0.0) -> PictureText:
    """The whole text; ``slope``: how far lines sink on their way to the right, as a share of it.

    What the phone itself shows at the top is no part of it: its clock is not a transfer's."""
    bar = min(height, width * _SCREEN) * _STATUS_BAR
    below_bar = [
        line
        for line in lines
        if line.text.strip()
        and not (line.box.bottom <= bar and _STATUS.fullmatch(line.text.strip()))
    ]
    straight = [_Line(line, _straight(line.box, slope)) for line in below_bar]
    rows = _rows(_cells(straight))
    if rows and _is_status_bar(rows[0]):
        rows = rows[1:]
    return _written(rows, width, height)


def _is_status_bar(row: Sequence[_Cell]) -> bool:
    """In a photograph of a screen the bar is the first row, wherever it stands. A clock alone may be a message's."""
    texts = [cell.lines[0].line.text.strip() for cell in row if len(cell.lines) == 1]
    return len(texts) == len(row) > 1 and all(map(_STATUS.fullmatch, texts))


def _straight(box: PictureBox, slope: float) -> PictureBox:
    """The place of a line in a picture that is not askew: its own height, and as high as at the left edge."""
    wide = box.right - box.left
    rise = min(abs(slope) * wide, (box.bottom - box.top) * _MOST_RISE)
    high = box.bottom - box.top - rise
    top = (box.top if slope >= 0 else box.top + rise) - slope * box.left
    return PictureBox(box.left, round(top), box.right, round(top + high))


def _cells(lines: Sequence[_Line]) -> list[_Cell]:
    cells: list[_Cell] = []
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)):
        before = [cell for cell in cells if cell.goes_on_in(line)]
        if before and not _has_neighbour(line, lines):
            max(before, key=lambda cell: cell.last.bottom).lines.append(line)
        else:
            cells.append(_Cell([line]))
    return cells


def _has_neighbour(line: _Line, lines: Sequence[_Line]) -> bool:
    return any(other is not line and _beside(line.box, other.box) for other in lines)


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


def _beside(one: PictureBox, other: PictureBox) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common >= _OVERLAP * min(one.height, other.height)


def _written(rows: Sequence[Sequence[_Cell]], width: int, height: int) -> PictureText:
    text, pieces = "", []
    for row in rows:
        text += "\n" if text else ""
        for index, cell in enumerate(row):
            text += " " if index else ""
            for part in cell.lines:
                words = part.line.text.strip()
                pieces.append(TextPiece(len(text), len(text) + len(words), part.line))
                text += words
    return PictureText(width, height, text, tuple(pieces))
