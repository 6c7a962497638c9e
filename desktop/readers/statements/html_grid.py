"""Rows of the tables in a web page, which banks like to save under the name of a spreadsheet.

Nothing in the page is run or fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.readers.statements.grid import Cells, Grid, text_cell
from desktop.readers.statements.text_grid import encoding_of

_CHUNK: Final = 1 << 16
_MOST: Final = 64 << 20
"""Octets; a page of a million rows is no page."""
_DECLARED: Final = (b"charset=gb", b'charset="gb')


def html_grid(source: BinaryIO) -> Grid:
    """All rows of all tables, one below the other. Raises ``UserInputError("statement.too_large")``."""

    def rows() -> Iterator[Cells]:
        return iter(_parsed(source))

    return Grid("html", rows, text_cell)


def _parsed(source: BinaryIO) -> list[list[str]]:
    encoding = _encoding(source)
    source.seek(0)
    data = source.read(_MOST + 1)
    if len(data) > _MOST:
        raise UserInputError("statement.too_large")
    parser = _Tables()
    text = data.decode(encoding, "replace")
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK])
    parser.close()
    return parser.rows


def _encoding(source: BinaryIO) -> str:
    source.seek(0)
    head = source.read(4096).lower()
    if any(mark in head for mark in _DECLARED):
        return "gb18030"
    return encoding_of(source)


class _Tables(HTMLParser):
    """Cells of the innermost row; a cell that spans several columns is followed by empty ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 64) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row += ["".join(self._cell).replace("\xa0", " "), *[""] * (self._span - 1)]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self.rows.append(self._row)
        self._row = None
