"""Rows of spreadsheets, xls and xlsx alike, decoded in a process beside the desk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.statements.archive import BROKEN
from desktop.readers.statements.grid import Cells, Grid

MOST_PACKED: Final = 256 << 20
"""Octets of the file itself."""
MOST_UNPACKED: Final = 1 << 30
"""Octets a workbook may unpack to; a statement of 200,000 rows needs a tenth of it."""
_MOST_RATIO: Final = 200
_SMALL: Final = 16 << 20


def workbook_grids(source: BinaryIO, container: str) -> tuple[Grid, ...]:
    """Every sheet.

    Raises ``UserInputError``: ``statement.book_locked``, ``statement.bomb`` (unpacks to far more than any
    statement), ``statement.too_large``, ``statement.unreadable``, ``reading.…``.
    """
    if container == "xlsx":
        _refuse_bomb(source)
    source.seek(0)
    data = source.read(MOST_PACKED + 1)
    if len(data) > MOST_PACKED:
        raise UserInputError("statement.too_large")
    decoder = Decoder()
    names = decoder.workbook(data)
    return tuple(_grid(decoder, index, name, container) for index, name in enumerate(names))


def _grid(decoder: Decoder, index: int, name: str, container: str) -> Grid:
    def rows() -> Iterator[Cells]:
        return decoder.rows(index)

    return Grid(container, rows, str, name)


def _refuse_bomb(source: BinaryIO) -> None:
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            packed = sum(member.compress_size for member in archive.infolist())
            unpacked = sum(member.file_size for member in archive.infolist())
    except BROKEN as error:
        raise UserInputError("statement.unreadable") from error
    if unpacked > MOST_UNPACKED or unpacked > max(_SMALL, packed * _MOST_RATIO):
        raise UserInputError("statement.bomb")
