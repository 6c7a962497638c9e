"""Rows of spreadsheets, xls and xlsx alike. Formulas are never reckoned, macros never looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from desktop.domain.errors import UserInputError
from desktop.readers.compound_file import (
    SIGNATURE,
    BookLockedError,
    CompoundDamaged,
    NoBookError,
    check_compound,
)
from desktop.readers.decoding.row_stream import RowStream

_EXACT: Final = 15
"""Significant digits a spreadsheet keeps; the rest of a longer number is gone for ever."""


def sheet_cell(cell: object) -> str:
    """A spreadsheet's cell as the text a person sees: whole numbers without a point, moments in ISO order."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return str(cell).upper()
        case float():
            return number_text(cell)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case timedelta():
            return str(cell)
        case date() | time():
            return cell.isoformat()
        case _:
            return "" if cell is None else str(cell)


def number_text(value: float) -> str:
    """A spreadsheet's number as text; with more digits than it can hold exactly in E-notation, so that it is seen."""
    if value.is_integer():
        whole = str(int(value))
        return whole if len(whole.lstrip("-")) <= _EXACT else f"{value:.{_EXACT - 1}E}"
    return repr(value)


def workbook_rows(data: bytes) -> RowStream:
    """Every sheet. Raises ``UserInputError``: ``statement.book_locked``, ``statement.not_book``,
    ``statement.unreadable``."""
    try:
        if data.startswith(SIGNATURE):
            check_compound(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (PasswordError, BookLockedError) as error:
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
