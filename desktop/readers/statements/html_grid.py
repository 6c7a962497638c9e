"""Rows of the tables in a web page, which banks like to save under the name of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.statements.grid import Cells, Grid

_MOST: Final = 64 << 20
"""Octets; a page of a million rows is no page."""
_SECONDS: Final = 30.0


def html_grid(source: BinaryIO) -> Grid:
    """All rows of all tables, one below the other. ``UserInputError``: ``statement.too_large``, ``reading.…``."""
    source.seek(0)
    data = source.read(_MOST + 1)
    if len(data) > _MOST:
        raise UserInputError("statement.too_large")
    decoder = Decoder(_SECONDS)
    decoder.page_of_tables(data)

    def rows() -> Iterator[Cells]:
        return decoder.rows(0)

    return Grid("html", rows, str)
