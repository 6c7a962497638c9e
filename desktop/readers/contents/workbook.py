"""Sheets of xls, xlsx and ods. Formulas are never reckoned, macros never looked at; every cell is text."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from desktop.domain.evidence.contents import ContentsKind, ContentsTable, DecodedContents
from desktop.readers.compound_file import (
    SIGNATURE,
    BookLockedError,
    CompoundDamaged,
    NoBookError,
    check_compound,
)
from desktop.readers.contents.csv_table import MAX_CELL, MAX_COLUMNS, MAX_ROWS, sheet_of
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.zip_bounds import open_zip, refuse_bomb

_MOST_SHEETS: Final = 64
_EXACT: Final = 10**15
"""Beyond it a spreadsheet's number is no longer the digits that were typed."""


def read_workbook(data: bytes) -> DecodedContents:
    """Every sheet that has rows. Raises ``ContentsRefused``: ``damaged``, ``bomb``, ``book_locked``."""
    if data.startswith(b"PK"):
        refuse_bomb(open_zip(data))
    rounded = _Rounded()
    try:
        if data.startswith(SIGNATURE):
            check_compound(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        sheets = [_sheet(book, name, rounded) for name in names[:_MOST_SHEETS]]
    except (PasswordError, BookLockedError) as error:
        raise ContentsRefused("book_locked") from error
    except NoBookError as error:
        raise ContentsRefused("not_book") from error
    except (CalamineError, CompoundDamaged) as error:
        raise ContentsRefused("damaged") from error
    shown = tuple(sheet for sheet in sheets if sheet.rows)
    if not shown:
        raise ContentsRefused("no_rows")
    notes = ("rounded_numbers",) if rounded.found else ()
    cut = len(names) > _MOST_SHEETS or any(sheet.cut for sheet in shown)
    return DecodedContents(ContentsKind.BOOK, sheets=shown, notes=notes, cut=cut)


class _Rounded:
    """Whether a number was met that the spreadsheet has already rounded."""

    found = False


def _sheet(book: CalamineWorkbook, name: str, rounded: _Rounded) -> ContentsTable:
    rows: list[tuple[str, ...]] = []
    cut = False
    for cells in islice(book.get_sheet_by_name(name).iter_rows(), MAX_ROWS + 1):
        if len(rows) == MAX_ROWS:
            cut = True
            break
        cut = cut or len(cells) > MAX_COLUMNS
        rows.append(tuple(_text(cell, rounded) for cell in cells[:MAX_COLUMNS]))
    return sheet_of(name, rows, cut=cut)


def _text(cell: Any, rounded: _Rounded) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return _number(cell, rounded)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return str(cell)[:MAX_CELL].strip()


def _number(value: float, rounded: _Rounded) -> str:
    if abs(value) >= _EXACT:
        rounded.found = True
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)
