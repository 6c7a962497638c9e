"""Tables as clerks send them back: what was sent, filled in, and done things to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

Rows = list[list[str]]
Fill = Callable[[Mapping[str, str]], Mapping[str, str]]
"""The values of a row by title → what is written into it."""


def sheets_of(path: Path) -> dict[str, Rows]:
    """Every sheet as texts."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).iter_rows()]
        for name in book.sheet_names
    }


def filled(path: Path, fill: Fill) -> dict[str, Rows]:
    """The first sheet with ``fill`` applied to every row."""
    sheets = sheets_of(path)
    name = next(iter(sheets))
    head, *rows = sheets[name]
    for row in rows:
        for title, text in fill(dict(zip(head, row, strict=True))).items():
            row[head.index(title)] = text
    return sheets


def save(path: Path, sheets: Mapping[str, Rows], *, numbers: tuple[str, ...] = ()) -> Path:
    """As xlsx; columns with a title in ``numbers`` become floats, as a spreadsheet makes of them."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        head = rows[0] if rows else []
        for line, row in enumerate(rows):
            for at, text in enumerate(row):
                number = line > 0 and text and at < len(head) and head[at] in numbers
                if number:
                    sheet.write_number(line, at, float(text))
                else:
                    sheet.write_string(line, at, text)
    book.close()
    return path


def save_csv(path: Path, rows: Rows, encoding: str = "gb18030") -> Path:
    """As csv, in the encoding of a Chinese Windows."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
