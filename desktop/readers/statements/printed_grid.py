"""Rows of a text that was made to be printed: columns stand below their names, parted by nothing but spaces.

Where a cell is too wide for its column and pushes the others aside, a line is only read if it fills every column;
else it stays one text, which is counted among the lines that were left out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.columns.header import is_header
from desktop.readers.statements.columns.places import Stretch, column_edges
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.grid import Cells, Counted
from desktop.readers.statements.moments import day_of, moment_of

_WORD: Final = re.compile(r"\S+")
_NAME: Final = re.compile(r"\S+(?: \S+)*")
_WIDE: Final = frozenset("WF")
_TAB: Final = 8
_CONTINUED: Final = frozenset(
    {
        StatementColumn.COUNTERPARTY,
        StatementColumn.ACCOUNT,
        StatementColumn.BANK,
        StatementColumn.SUMMARY,
        StatementColumn.CHANNEL,
    }
)
"""Columns whose cells may go on in the next line."""
_LONGEST_NAMES: Final = 2_000
"""Signs of a line of names."""
_FULL: Final = 4
"""So near the end of its column a cell stands that goes on in the next line."""


class _Piece(NamedTuple):
    """A text and the columns of the page that it takes up."""

    text: str
    at: Stretch


class _PrintedCell(NamedTuple):
    """A text and where it ends."""

    text: str
    end: float = 0


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """``edges`` part the columns, the last of them is where the page ends; ``days`` hold the day, ``continued`` may go
    on in the next line."""

    names: tuple[str, ...]
    edges: tuple[float, ...]
    days: tuple[int, ...]
    continued: frozenset[int]

    @classmethod
    def found(cls, lines: Sequence[str], marks: str, words: Vocabulary) -> Self | None:
        """The table whose names stand in one of ``lines``; None where there is none, or where ``marks``, which part the
        cells of other text files, stand between the names."""
        for number, whole in enumerate(lines):
            line = whole[:_LONGEST_NAMES]
            used = [mark for mark in marks if mark in line]
            if any(is_header(words.roles(line.split(mark))) for mark in used):
                return None
            for pattern in (_NAME, _WORD):
                names = _pieces(_flat(line), pattern)
                roles = words.roles([name.text for name in names])
                if is_header(roles) and sum(map(line.count, used)) * 2 < len(names):
                    return cls._of(names, roles, lines[number + 1 :])
        return None

    @classmethod
    def _of(
        cls,
        names: Sequence[_Piece],
        roles: dict[StatementColumn, tuple[int, ...]],
        below: Sequence[str],
    ) -> Self:
        written = tuple(name.text for name in names)
        cells = [
            piece.at
            for line in below
            if any(map(str.isdecimal, line))
            and len(pieces := _pieces(_flat(line), _WORD)) * 2 > len(names)
            for piece in pieces
        ]
        places = [name.at for name in names]
        return cls(
            written,
            (*column_edges(places, cells), max(at.end for at in (*places, *cells))),
            roles.get(StatementColumn.DATE) or roles[StatementColumn.TIME],
            frozenset(at for column in _CONTINUED & roles.keys() for at in roles[column]),
        )

    def rows(self, lines: Iterable[str], displaced: Counted) -> Iterator[Cells]:
        """A line a row, an empty one for a line that went on with the row before it: that of names and those with a day
        in cells, any other as one text. ``displaced``: rows whose cells do not stand in their columns."""
        row: list[_PrintedCell] = []
        joined = 0
        for number, line in enumerate(map(_flat, lines), 1):
            if row and (more := self._more(row, line)):
                row = [_PrintedCell(_with(cell.text, text), cell.end) for cell, text in more]
                joined += 1
                continue
            if row:
                yield from ([cell.text for cell in row], *[[""] for _ in range(joined)])
            row, joined = self._row(line), 0
            if not row:
                if self._begins_with_day(line):
                    displaced.add(number)
                yield [" ".join(line.split())]
        if row:
            yield from ([cell.text for cell in row], *[[""] for _ in range(joined)])

    def _row(self, line: str) -> list[_PrintedCell]:
        """The cells of a line; none where it is no row, or its cells do not stand in their columns."""
        pieces = _pieces(line, _NAME)
        written = [piece.text for piece in pieces]
        if self.names in (tuple(written), tuple(line.split())):
            return [_PrintedCell(name) for name in self.names]
        cells = self._cells(line)
        if not cells and len(pieces) == len(self.names):
            cells = list(map(_PrintedCell, written))
        return cells if any(_is_day(cells[at].text) for at in self.days if cells) else []

    def _begins_with_day(self, line: str) -> bool:
        return any(
            _is_day(piece.text) and bisect_right(self.edges, piece.at.start) in self.days
            for pattern in (_NAME, _WORD)
            for piece in _pieces(line, pattern)
        )

    def _cells(self, line: str) -> list[_PrintedCell]:
        """What stands in each column; nothing where a word stands across the edge of one."""
        cells = [_PrintedCell("")] * len(self.names)
        inner = self.edges[:-1]
        for piece in _pieces(line, _WORD):
            start, end = piece.at
            column = bisect_right(inner, (start + end) / 2)
            if any(start < edge < end for edge in inner):
                return []
            cells[column] = _PrintedCell(f"{cells[column].text} {piece.text}".strip(), end)
        return cells

    def _more(self, row: Sequence[_PrintedCell], line: str) -> list[tuple[_PrintedCell, str]]:
        """The cells of a row with what ``line`` adds to those that reach the end of their column; nothing where it is
        no such line."""
        below = self._cells(line)
        filled = [at for at, cell in enumerate(below) if cell.text]
        goes_on = all(
            at in self.continued and row[at].end > self.edges[at] - _FULL for at in filled
        )
        return [*zip(row, (cell.text for cell in below), strict=True)] if filled and goes_on else []


def _with(text: str, more: str) -> str:
    """The text with what stands below it: words of a language that has spaces with one, anything else without."""
    spaced = text[-1:].isalpha() and more[:1].isalpha() and (text[-1:] + more[:1]).isascii()
    return f"{text} {more}" if spaced else text + more


def _is_day(cell: str) -> bool:
    return moment_of(cell, "") is not None or day_of(cell) is not None


def _flat(line: str) -> str:
    """Without what only moves a printer: the mark of a new page, tabs, spaces of full width."""
    return line.replace("\f", "").replace("\u3000", "  ").rstrip().expandtabs(_TAB)


def _pieces(line: str, pattern: re.Pattern[str]) -> list[_Piece]:
    """The texts of a line, and where they stand: a Chinese sign is as wide as two of the Latin ones."""
    pieces, at, width = [], 0, 0
    for found in pattern.finditer(line):
        start = width + _width(line[at : found.start()])
        width = start + _width(found[0])
        at = found.end()
        pieces.append(_Piece(found[0], Stretch(start, width)))
    return pieces


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(sign) in _WIDE for sign in text)
