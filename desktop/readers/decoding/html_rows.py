"""Rows of the tables in a web page. Nothing in the page is run or fetched.

The parser of the standard library takes minutes for pages made to have it so; in this process that is no matter.
"""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Final

from desktop.readers.decoding.row_stream import RowStream
from desktop.readers.encodings import encoding_of

_DECLARED: Final = (b"charset=gb", b'charset="gb')
_WIDEST: Final = 64
_HIGHEST: Final = 4096
_SUM: Final = re.compile(
    r"(?:[-+¥￥ ]|CNY|RMB|人民币|支出|收入|转出|转入)*"
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7}|[0-9]+(?=\.))(?:\.[0-9]+)?(?: ?(?:元|CNY|RMB))?"
)
"""Longer numbers without a point are days and references."""


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
    """Cells of the innermost row; a cell that spans several columns is followed by empty ones.

    What a cell over several rows says holds for each of them: a day, an account. A sum is told once: money that left
    once must not be counted with every line of remarks beside it.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._across = self._down = 1
        self._hanging: dict[int, tuple[int, str]] = {}
        """Of each column that a cell above reaches into: over how many more rows, and what it says there."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._hanging.clear()
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            self._cell = []
            given = dict(attrs)
            self._across = min(_span(given.get("colspan")), _WIDEST)
            self._down = min(_span(given.get("rowspan")), _HIGHEST)
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
            self._take_hanging(self._row)
            content = "".join(self._cell).replace("\xa0", " ")
            again = "" if _SUM.fullmatch(content.strip()) else content
            for text, below in ((content, again), *[("", "")] * (self._across - 1)):
                if self._down > 1:
                    self._hanging[len(self._row)] = self._down - 1, below
                self._row.append(text)
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            row = self._row
            self._take_hanging(row)
            while self._hanging and max(self._hanging) >= len(row):
                row.append("")
                self._take_hanging(row)
            self.rows.append(row)
        self._row = None

    def _take_hanging(self, row: list[str]) -> None:
        """What reaches down from above into the next columns of ``row``."""
        while len(row) in self._hanging:
            rows, text = self._hanging.pop(len(row))
            if rows > 1:
                self._hanging[len(row)] = rows - 1, text
            row.append(text)


def _span(count: str | None) -> int:
    """How many columns or rows a cell takes; none is meant by what is no number."""
    return (
        max(int(count), 1)
        if count and count.isascii() and count.isdecimal() and len(count) < 9
        else 1
    )
