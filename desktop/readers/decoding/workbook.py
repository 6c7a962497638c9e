"""Rows of spreadsheets, xls and xlsx alike. Formulas are never reckoned, macros never looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from desktop.domain.errors import UserInputError
from desktop.readers.compound_file import SIGNATURE, CompoundDamaged, NoBookError, check_compound
from desktop.readers.decoding.row_stream import RowStream
from desktop.readers.decoding.sheet_cells import sheet_cell


def workbook_rows(data: bytes) -> RowStream:
    """Every sheet. Raises ``UserInputError``: ``statement.book_locked``, ``statement.not_book``,
    ``statement.unreadable``."""
    try:
        if data.startswith(SIGNATURE):
            check_compound(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise UserInputError("statement.book_locked") from error
    except NoBookError as error:
        raise UserInputError("statement.not_book") from error
    except (CalamineError, CompoundDamaged) as error:
        raise UserInputError("statement.unreadable") from error
    names = list(book.sheet_names)
    sheets: dict[int, CalamineSheet] = {}

    def rows(index: int) -> Iterator[list[Any]]:
        if index not in sheets:
            try:
                sheets[index] = book.get_sheet_by_name(names[index])
            except CalamineError as error:
                raise UserInputError("statement.unreadable") from error
        return iter(sheets[index].iter_rows())

    return RowStream(names, rows, sheet_cell)
