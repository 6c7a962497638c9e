"""Rows of the tables in a web page. Nothing in the page is run or fetched.

The parser of the standard library takes minutes for pages made to have it so; in this process that is no matter.
"""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import Final

from desktop.readers.decoding.row_stream import RowStream
from desktop.readers.encodings import encoding_of

_DECLARED: Final = (b"charset=gb", b'charset="gb')


def html_rows(data: bytes) -> RowStream:
    """All rows of all tables, one below the other."""
    parser = _Tables()
    parser.feed(data.decode(_encoding(data), "replace"))
    parser.close()
    return RowStream([""], lambda _: iter(parser.rows), str.strip)


def _encoding(data: bytes) -> str:
    head = data[:4096].lower()
    return "gb18030" if any(mark in head for mark in _DECLARED) else encoding_of(io.BytesIO(data))


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
