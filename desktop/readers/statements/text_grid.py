"""Rows of text files: csv, what is separated by tabs under whatever name, and tables made to be printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final, Protocol

from desktop.domain.errors import UserInputError
from desktop.readers.encodings import NOTING, chunks, encoding_of, unreadable
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.grid import Cells, Grid, Noted, formula_cell, text_cell
from desktop.readers.statements.printed_grid import PrintedTable

_CHUNK: Final = 1 << 20
_SAMPLE_LINES: Final = 120
_LONGEST_CELL: Final = 1 << 20
"""Characters; a longer one is no statement but a file with an open quotation mark."""
_DATED: Final = re.compile(r"20\d\d[-/.年]?\d\d?[-/.月]?\d\d?")
_NARROW: Final = 2
"""Columns; of so few nothing is told by their number."""
_LONGEST_LINE: Final = 8 << 20
"""Octets."""
_DELIMITERS: Final = (",", "\t", ";", "|", "│", "┃", "║")
_PRINTED_LINES: Final = 3_000
"""By which is told where the columns of a printed table stand."""
_MARKED: Final = re.compile(r"""(?:^|[,\t;|"])[`'][\d*]|\"{3}[\d*]""")
"""A number with a sign before it that keeps spreadsheets from rounding it."""


class _CsvReader(Protocol):
    """What ``csv.reader`` gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def text_grid(source: BinaryIO, words: Vocabulary) -> Grid:
    """The rows of a text file in UTF-8, UTF-16 or GB 18030; comma, tab, semicolon or a bar, whichever splits it best,
    or, where its names stand apart by spaces alone, by the places at which they stand."""
    refuse_endless_lines(source)
    encoding, ends = encoding_of(source), _line_ends(source)
    first = _sample(source, encoding, _SAMPLE_LINES)
    noted = Noted()
    marks = "".join(_DELIMITERS)
    if PrintedTable.found(first, marks, words) is not None:
        table = PrintedTable.found(_sample(source, encoding, _PRINTED_LINES), marks, words)
        if table is not None:
            return _printed_grid(source, encoding, table, noted)
    quoted = any(b'"' in chunk for chunk in chunks(source))
    delimiter, formulas = _shape(first)

    def rows() -> Iterator[Cells]:
        return _rows(source, encoding, delimiter, ends, noted, quoted=quoted)

    container = "tsv" if delimiter == "\t" else "csv"
    text = formula_cell if formulas else text_cell
    return Grid(container, rows, text, noted=noted)


def _printed_grid(source: BinaryIO, encoding: str, table: PrintedTable, noted: Noted) -> Grid:
    def rows() -> Iterator[Cells]:
        text, unreadable_before = _text(source, encoding, None), unreadable()
        try:
            yield from table.rows(text, noted.displaced)
        finally:
            noted.garbled = noted.garbled or unreadable() > unreadable_before
            text.detach()

    return Grid("txt", rows, text_cell, noted=noted)


def refuse_endless_lines(source: BinaryIO) -> None:
    """Raise ``UserInputError("statement.unknown")`` where a line is longer than any statement has: it would be read
    into memory as a whole."""
    length = 0
    for chunk in chunks(source):
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        length = length + len(chunk) if last < 0 else len(chunk) - last
        if length > _LONGEST_LINE:
            raise UserInputError("statement.unknown")


def _line_ends(source: BinaryIO) -> str:
    """What ends a line, as ``io`` names it: a line feed alone, which is found in two thirds of the time, where every
    carriage return has one behind it, octet by octet; else any."""
    last = b""
    for chunk in chunks(source):
        if chunk.count(b"\r") - chunk.endswith(b"\r") != chunk.count(b"\r\n"):
            return ""
        if last == b"\r" and not chunk.startswith(b"\n"):
            return ""
        last = chunk[-1:]
    return "" if last == b"\r" else "\n"


def _text(source: BinaryIO, encoding: str, ends: str | None = "") -> io.TextIOWrapper:
    source.seek(0)
    return io.TextIOWrapper(source, encoding, errors=NOTING, newline=ends)


def _sample(source: BinaryIO, encoding: str, lines: int) -> list[str]:
    text = _text(source, encoding)
    try:
        return [line[:_CHUNK] for line in islice(iter(lambda: text.readline(_CHUNK), ""), lines)]
    finally:
        text.detach()


def _shape(lines: list[str]) -> tuple[str, bool]:
    """The delimiter that makes the widest row, and whether cells are written ``="…"`` or ``'…``."""
    widths = {mark: max((line.count(mark) for line in lines), default=0) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: widths[mark])
    if widths["\t"] and _padded(lines):
        best = ","  # tabs that only pad a cell before its comma
    return best, any('="' in line or _MARKED.search(line) for line in lines)


def _padded(lines: list[str]) -> bool:
    commas = sum(line.count(",") for line in lines)
    pads = sum(
        line.count("\t,") + line.count('\t",') + line.count("\t\n") + line.count("\t\r")
        for line in lines
    )
    tabs = sum(line.count("\t") for line in lines)
    return commas > tabs or pads * 2 > tabs


def _rows(
    source: BinaryIO, encoding: str, delimiter: str, ends: str, noted: Noted, *, quoted: bool
) -> Iterator[Cells]:
    text = _text(source, encoding, ends)
    before, unreadable_before = csv.field_size_limit(_LONGEST_CELL), unreadable()
    try:
        reader = csv.reader(text, delimiter=delimiter)
        yield from _parted(reader, delimiter, noted) if quoted else reader
    except csv.Error as error:
        raise UserInputError("statement.broken_quotes") from error
    finally:
        noted.garbled = noted.garbled or unreadable() > unreadable_before
        csv.field_size_limit(before)
        text.detach()


def _parted(reader: _CsvReader, delimiter: str, noted: Noted) -> Iterator[Cells]:
    """Rows as they are; those that a quotation mark without its fellow made one are taken apart."""
    line = number = 0
    width = 0
    for row in reader:
        number += 1
        line += 1
        if reader.line_num == line:
            yield row
            width = max(width, len(row))
            continue
        swallowed = _swallowed(row, delimiter, width)
        if swallowed or any(_is_swollen(cell, delimiter, width) for cell in row):
            noted.quotes.add(number)
            number += max(len(swallowed) - 1, 0)
        yield from swallowed or (row,)
        line = reader.line_num


def _swallowed(row: Cells, delimiter: str, width: int) -> list[Cells]:
    """The rows in a row of several lines; none where it is one whose cell has several lines, as a remark may."""
    lines = delimiter.join(row).splitlines()
    rows = [line.split(delimiter) for line in lines]
    full = [width - 1 <= len(cells) <= width for cells in rows]
    plain = all(is_full or len(cells) == 1 for is_full, cells in zip(full, rows, strict=True))
    return rows if width > _NARROW and plain and full[0] and any(full[1:]) else []


def _is_swollen(cell: str, delimiter: str, width: int) -> bool:
    """Whether the cell has lines that look like rows, which no remark has."""
    rows = (
        line.count(delimiter) >= max(width - 2, 2) or (delimiter in line and _DATED.match(line))
        for line in cell.splitlines()[1:]
    )
    return width > _NARROW and any(rows)
