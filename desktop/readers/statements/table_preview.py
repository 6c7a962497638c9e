"""A table nobody knows: its first rows, and what its columns look like, by name and by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Final

from desktop.domain.statements.statement import StatementColumn, TablePreview
from desktop.readers.statements.cells import amount_of
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.grid import Grid
from desktop.readers.statements.moments import moment_of

_SHOWN: Final = 60
_MOST_COLUMNS: Final = 60
_LONGEST_CELL: Final = 200
_MOST: Final = 0.7
"""Share of the filled cells that must look alike for a guess by content."""
_ACCOUNT: Final = re.compile(r"\d{8,30}|\d{3,6}\*{2,}\d{3,4}")


def preview_of(grid: Grid, words: Vocabulary) -> TablePreview | None:
    """None for a table of fewer than two columns or rows: nothing to point at."""
    rows = tuple(
        tuple(grid.text(cell)[:_LONGEST_CELL] for cell in cells[:_MOST_COLUMNS])
        for cells in islice(grid.rows(), _SHOWN)
    )
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    rows = tuple(row + ("",) * (width - len(row)) for row in rows)
    header = _header_row(rows, words)
    named = {
        column: places[0]
        for column, places in (words.roles(rows[header - 1]) if header else {}).items()
    }
    return TablePreview(grid.container, rows, header, _completed(rows[header:], named))


def _header_row(rows: Sequence[Sequence[str]], words: Vocabulary) -> int:
    """The row with most names known, else the last before the first row that has a time; 0 for none."""
    known = [len(words.roles(row)) for row in rows]
    best = max(range(len(rows)), key=lambda at: known[at])
    if known[best] >= 2:
        return best + 1
    for at, row in enumerate(rows):
        if any(map(_is_time, row)) and any(map(_is_amount, row)):
            above = rows[at - 1] if at else ()
            return at if sum(map(bool, above)) * 2 > len(row) else 0
    return 0


def _completed(
    data: Sequence[Sequence[str]], named: Mapping[StatementColumn, int]
) -> Mapping[StatementColumn, int]:
    """The named places, and guesses by content for what no name told."""
    found = dict(named)
    taken = set(found.values())
    tests: tuple[tuple[StatementColumn, Callable[[str], bool]], ...] = (
        (StatementColumn.DATE, _is_time),
        (StatementColumn.AMOUNT, _is_amount),
        (StatementColumn.ACCOUNT, _is_account),
    )
    for column, look in tests:
        if column in found or (column is StatementColumn.DATE and StatementColumn.TIME in found):
            continue
        if (
            column is StatementColumn.AMOUNT
            and {StatementColumn.INCOMING, StatementColumn.OUTGOING} & found.keys()
        ):
            continue
        place = _place(data, look, taken)
        if column is StatementColumn.AMOUNT and place is not None and _halved(data, place):
            continue
        if place is not None:
            found[column] = place
            taken.add(place)
    return found


def _place(
    data: Sequence[Sequence[str]], look: Callable[[str], bool], taken: set[int]
) -> int | None:
    for at in range(len(data[0]) if data else 0):
        cells = [row[at] for row in data if row[at]]
        if at not in taken and cells and sum(map(look, cells)) >= len(cells) * _MOST:
            return at
    return None


def _halved(data: Sequence[Sequence[str]], at: int) -> bool:
    """Whether sums stand in two columns, out and in: which is which only the officer can say."""
    rest = [row for row in data if any(map(_is_time, row)) and not row[at]]
    return any(_is_amount(cell) for row in rest for cell in row)


def _is_time(text: str) -> bool:
    return 6 <= len(text) <= 30 and not text.isdecimal() and moment_of(text, "") is not None


def _is_amount(text: str) -> bool:
    return "." in text and len(text) <= 20 and amount_of(text) is not None


def _is_account(text: str) -> bool:
    return _ACCOUNT.fullmatch(text) is not None
