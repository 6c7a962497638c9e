"""Rows of text files: csv, and what is separated by tabs under whatever name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.readers.encodings import chunks, encoding_of, fits
from desktop.readers.statements.grid import Cells, Grid, Noted, formula_cell, text_cell

_CHUNK: Final = 1 << 20
_SAMPLE_LINES: Final = 120
_LONGEST_CELL: Final = 1 << 20
"""Characters; a longer one is no statement but a file with an open quotation mark."""
_LONGEST_LINE: Final = 8 << 20
"""Octets."""
_LOOKED_AT: Final = frozenset({"utf-8", "gb18030"})
"""Encodings found by what every octet allows, not by a mark: looking once more costs a million lines too much."""
_DELIMITERS: Final = (",", "\t", ";", "|")


def text_grid(source: BinaryIO) -> Grid:
    """The rows of a text file in UTF-8, UTF-16 or GB 18030; comma, tab, semicolon or bar, whichever splits it best."""
    refuse_endless_lines(source)
    encoding, ends = encoding_of(source), _line_ends(source)
    delimiter, formulas = _shape(_sample(source, encoding))

    def rows() -> Iterator[Cells]:
        return _rows(source, encoding, delimiter, ends)

    container = "tsv" if delimiter == "\t" else "csv"
    text = formula_cell if formulas else text_cell
    noted = Noted(garbled=encoding not in _LOOKED_AT and not fits(source, encoding))
    return Grid(container, rows, text, noted=noted)


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


def _text(source: BinaryIO, encoding: str, ends: str = "") -> io.TextIOWrapper:
    source.seek(0)
    return io.TextIOWrapper(source, encoding, errors="replace", newline=ends)


def _sample(source: BinaryIO, encoding: str) -> list[str]:
    text = _text(source, encoding)
    try:
        return [
            line[:_CHUNK] for line in islice(iter(lambda: text.readline(_CHUNK), ""), _SAMPLE_LINES)
        ]
    finally:
        text.detach()


def _shape(lines: list[str]) -> tuple[str, bool]:
    """The delimiter that makes the widest row, and whether cells are written ``="…"``."""
    widths = {mark: max((line.count(mark) for line in lines), default=0) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: widths[mark])
    if widths["\t"] and _padded(lines):
        best = ","  # tabs that only pad a cell before its comma
    return best, any('="' in line for line in lines)


def _padded(lines: list[str]) -> bool:
    commas = sum(line.count(",") for line in lines)
    pads = sum(
        line.count("\t,") + line.count('\t",') + line.count("\t\n") + line.count("\t\r")
        for line in lines
    )
    tabs = sum(line.count("\t") for line in lines)
    return commas > tabs or pads * 2 > tabs


def _rows(source: BinaryIO, encoding: str, delimiter: str, ends: str) -> Iterator[Cells]:
    text = _text(source, encoding, ends)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(text, delimiter=delimiter)
    except csv.Error as error:
        raise UserInputError("statement.broken_quotes") from error
    finally:
        csv.field_size_limit(before)
        text.detach()
