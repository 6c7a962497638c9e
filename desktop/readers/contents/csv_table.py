"""Reads a simple table (csv, tsv) for showing. Every cell stays text: card numbers are not numbers."""

from __future__ import annotations

import csv
import io

from desktop.domain.evidence.contents import ContentsTable

MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CELL = 300

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 40


def read_csv(text: str) -> ContentsTable | None:
    """The table in ``text``, or None where it has no two columns or cannot be read as a table."""
    rows: list[tuple[str, ...]] = []
    cut = False
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            if len(rows) == MAX_ROWS:
                cut = True
                break
            cut = cut or len(row) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in row)
            rows.append(tuple(cell[:MAX_CELL].strip() for cell in row[:MAX_COLUMNS]))
    except csv.Error:
        return None
    sheet = sheet_of("", rows, cut=cut)
    return sheet if sheet.columns > 1 else None


def sheet_of(name: str, rows: list[tuple[str, ...]], *, cut: bool) -> ContentsTable:
    """``rows`` padded to equal length."""
    columns = max(map(len, rows), default=0)
    padded = tuple(row + ("",) * (columns - len(row)) for row in rows)
    return ContentsTable(name, padded, columns, cut)


def _delimiter(text: str) -> str:
    """The delimiter that divides most of the first lines; bills begin with lines of prose, so no line alone
    decides."""
    lines = text[: _SAMPLE_LINES * 400].splitlines()[:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))
