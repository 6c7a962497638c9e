"""Rows of a statement in PDF: columns by where their names stand, rows by where their days stand.

A PDF has no table, only signs at places. Long cells wrap, above and below the line of the day; each of their lines
belongs to the nearest day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.domain.statements.statement import StatementColumn
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.statements.columns.header import is_header
from desktop.readers.statements.columns.places import Stretch, column_edges
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.grid import Cells, Grid, Noted, text_cell

_DAY: Final = re.compile(r"(?:19|20)\d\d(?:[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{4})")
_FAR: Final = 0.75
"""Of the usual distance between two days: what stands farther off is no part of a row."""
_LONE: Final = 3.0
"""The same where a page has one row only, in heights of a line."""
_TWO_LINED: Final = 1.9
"""In heights: a line directly below the day in its column is its time."""


_MOST_PAGES: Final = 2000
_MOST_OCTETS: Final = 256 << 20
_SAME_LINE: Final = 0.4
"""Of the height of a sign: how far the middles of signs on one line may differ."""
_APART: Final = 0.45
"""Of the height: a wider gap is a space."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One character; ``x0`` … ``x1`` from the left, ``y`` its middle from the bottom, in points.

    ``parted``: a space stands before it in the file, which may be too narrow to be seen as a gap.
    """

    text: str
    x0: float
    x1: float
    y: float
    height: float
    parted: bool = False


@dataclass(frozen=True, slots=True)
class PdfLine:
    """Signs on one line from the left."""

    y: float
    height: float
    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """With a space where there is a gap."""
        return spaced(self.signs)

    def runs(self) -> Iterator[tuple[Sign, ...]]:
        """Parted where there is a gap."""
        start = 0
        for at in range(1, len(self.signs) + 1):
            if at == len(self.signs) or _gap(self.signs[at - 1], self.signs[at]):
                yield self.signs[start:at]
                start = at


def spaced(signs: Sequence[Sign]) -> str:
    """The text of ``signs``, with a space where there is a gap."""
    parts = [sign.text for sign in signs[:1]]
    for before, sign in pairwise(signs):
        parts += [" ", sign.text] if _spaced(before, sign) else [sign.text]
    return "".join(parts)


def _spaced(before: Sign, sign: Sign) -> bool:
    """Beside Chinese a narrow space is only how type is set."""
    return _gap(before, sign) or (sign.parted and (before.text + sign.text).isascii())


def _gap(before: Sign, sign: Sign) -> bool:
    return sign.x0 - before.x1 > _APART * sign.height


def pages(source: BinaryIO, password: str = "") -> Iterator[tuple[PdfLine, ...]]:
    """The lines of each page from the top.

    Raises ``UserInputError``: ``statement.too_large``, ``statement.password``,
    ``statement.password_wrong``, ``statement.unreadable``, ``reading.…``.
    """
    source.seek(0)
    data = source.read(_MOST_OCTETS + 1)
    if len(data) > _MOST_OCTETS:
        raise UserInputError("statement.too_large")
    decoder = Decoder()
    try:
        for index in range(min(decoder.pdf(data, password), _MOST_PAGES)):
            yield _lines([Sign(*sign) for sign in decoder.page(index)])
    finally:
        decoder.close()


def _lines(signs: list[Sign]) -> tuple[PdfLine, ...]:
    signs.sort(key=lambda sign: -sign.y)
    found: list[list[Sign]] = []
    for sign in signs:
        if found and found[-1][0].y - sign.y <= _SAME_LINE * found[-1][0].height:
            found[-1].append(sign)
        else:
            found.append([sign])
    return tuple(map(_line, found))


def _line(signs: list[Sign]) -> PdfLine:
    return PdfLine(
        y=median(sign.y for sign in signs),
        height=median(sign.height for sign in signs),
        signs=tuple(sorted(signs, key=lambda sign: sign.x0)),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """``edges`` part the columns; ``days`` are the columns that hold the day, ``roles`` what each column is."""

    names: tuple[str, ...]
    roles: Mapping[StatementColumn, tuple[int, ...]]
    edges: tuple[float, ...]
    days: frozenset[int]

    def cells(self, line: PdfLine) -> list[list[Sign]]:
        parted: list[list[Sign]] = [[] for _ in self.names]
        for sign in line.signs:
            parted[bisect_right(self.edges, (sign.x0 + sign.x1) / 2)].append(sign)
        return parted


def pdf_grid(source: BinaryIO, words: Vocabulary, password: str = "") -> Grid:
    """What stands above the header, a line a row; then the header and the rows. A scan has no signs and gives none."""
    made: list[list[str]] = []
    noted = Noted()

    def rows() -> Iterator[Cells]:
        if not made:
            made.extend(_rows(pages(source, password), words, noted))
        return iter([list(row) for row in made])

    return Grid("pdf", rows, text_cell, noted=noted)


def _rows(
    all_pages: Iterable[tuple[PdfLine, ...]], words: Vocabulary, noted: Noted
) -> Iterator[list[str]]:
    """The rows of the first statement; those of another that was put behind it are counted, since its columns are
    others: its balance would be taken for an amount."""
    first: _Table | None = None
    table: _Table | None = None
    for lines in all_pages:
        rest = lines
        for at, line in enumerate(lines):
            found = _table(line, lines[at + 1 :], words)
            if found is not None:
                yield from _above(lines[:at], first=table is None)
                if first is None:
                    first = found
                    yield list(found.names)
                table, rest = found, lines[at + 1 :]
                break
        else:
            if table is None:
                yield from _above(lines, first=True)
                continue
        rows = _page_rows(table, rest)
        if first is None or table.roles == first.roles:
            yield from rows
        else:
            noted.behind += sum(len(row) > 1 for row in rows)


def _above(lines: Sequence[PdfLine], *, first: bool) -> Iterator[list[str]]:
    """Titles are told once; on later pages they are repeats."""
    if first:
        yield from ([line.text] for line in lines)


def _table(line: PdfLine, rest: Sequence[PdfLine], words: Vocabulary) -> _Table | None:
    runs = list(line.runs())
    names = tuple(spaced(run) for run in runs)
    roles = words.roles(names)
    if not is_header(roles):
        return None
    days = roles.get(StatementColumn.DATE) or roles[StatementColumn.TIME]
    cells = [_stretch(run) for line in rest for run in line.runs()]
    return _Table(names, roles, column_edges(list(map(_stretch, runs)), cells), frozenset(days))


def _stretch(run: Sequence[Sign]) -> Stretch:
    return Stretch(run[0].x0, run[-1].x1)


def _page_rows(table: _Table, lines: Sequence[PdfLine]) -> Iterator[list[str]]:
    parted = [(line, table.cells(line)) for line in lines]
    anchors = list(_anchors(table, parted))
    if not anchors:
        yield from ([line.text] for line in lines)
        return
    reach = _reach(anchors, lines)
    belonging: list[list[list[list[Sign]]]] = [[] for _ in anchors]
    others: list[PdfLine] = []
    for line, cells in parted:
        nearest = min(range(len(anchors)), key=lambda at: abs(anchors[at] - line.y))
        if abs(anchors[nearest] - line.y) <= reach:
            belonging[nearest].append(cells)
        else:
            others.append(line)
    yield from (_joined(table, part) for part in belonging)
    yield from ([line.text] for line in others)


def _anchors(table: _Table, parted: Sequence[tuple[PdfLine, list[list[Sign]]]]) -> Iterator[float]:
    """Where each row's day stands; between day and time where they stand one below the other."""
    for at, (line, cells) in enumerate(parted):
        if not any(_DAY.match(spaced(cells[day])) for day in table.days):
            continue
        below = parted[at + 1] if at + 1 < len(parted) else None
        if below is not None and _is_second_half(table, line, below):
            yield (line.y + below[0].y) / 2
        else:
            yield line.y


def _is_second_half(table: _Table, line: PdfLine, below: tuple[PdfLine, list[list[Sign]]]) -> bool:
    texts = [spaced(below[1][day]) for day in table.days]
    is_time = any(":" in text and not _DAY.match(text) for text in texts)
    return is_time and line.y - below[0].y <= _TWO_LINED * line.height


def _reach(anchors: Sequence[float], lines: Sequence[PdfLine]) -> float:
    distances = [above - below for above, below in pairwise(anchors)]
    if distances:
        return _FAR * median(distances)
    return _LONE * median(line.height for line in lines)


def _joined(table: _Table, parts: Sequence[list[list[Sign]]]) -> list[str]:
    """The lines of a row as one; a day and its time with a space, the halves of a long number without."""
    row = []
    for column in range(len(table.names)):
        pieces = [spaced(cells[column]) for cells in parts if cells[column]]
        row.append((" " if column in table.days else "").join(pieces))
    return row
