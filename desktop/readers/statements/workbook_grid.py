"""Rows of spreadsheets, xls and xlsx alike. Formulas are never reckoned, macros never looked at."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from desktop.domain.errors import UserInputError
from desktop.readers.statements.grid import Cells, Grid, sheet_cell

MOST_UNPACKED: Final = 1 << 30
"""Octets a workbook may unpack to; a statement of 200,000 rows needs a tenth of it."""
_MOST_RATIO: Final = 200
_SMALL: Final = 16 << 20


def workbook_grids(source: BinaryIO, container: str) -> tuple[Grid, ...]:
    """Every sheet that has rows.

    Raises ``UserInputError``: ``statement.password`` (protected), ``statement.bomb`` (unpacks to far more than any
    statement), ``statement.unreadable``.
    """
    if container == "xlsx":
        _refuse_bomb(source)
    source.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source)
        return tuple(
            _grid(book.get_sheet_by_name(name), name, container) for name in book.sheet_names
        )
    except PasswordError as error:
        raise UserInputError("statement.password") from error
    except CalamineError as error:
        raise UserInputError("statement.unreadable") from error


def _grid(sheet: CalamineSheet, name: str, container: str) -> Grid:
    def rows() -> Iterator[Cells]:
        return iter(sheet.iter_rows())

    return Grid(container, rows, sheet_cell, name)


def _refuse_bomb(source: BinaryIO) -> None:
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            packed = sum(member.compress_size for member in archive.infolist())
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UserInputError("statement.unreadable") from error
    if unpacked > MOST_UNPACKED or unpacked > max(_SMALL, packed * _MOST_RATIO):
        raise UserInputError("statement.bomb")
