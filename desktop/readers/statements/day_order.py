"""Days like ``05/01/2023`` in a statement nobody knows: whether the month or the day stands first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.header import StatementHeader

_YEAR_LAST: Final = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)")
_MONTHS: Final = 12
_LOOK: Final = 500


def with_day_order(grid: Grid, header: StatementHeader) -> tuple[StatementHeader, bool]:
    """The header with the order that its first rows show, and whether they leave it open. A layout that is known, and a
    person, say it themselves."""
    place = next(
        (
            header.roles[c][0]
            for c in (StatementColumn.DATE, StatementColumn.TIME)
            if c in header.roles
        ),
        -1,
    )
    if header.layout.id or header.said or place < 0:
        return header, False
    days = list(
        _days(grid.text(cells[place]) for cells in _rows(grid, header) if place < len(cells))
    )
    first = any(day > _MONTHS for day, _ in days)
    second = any(day > _MONTHS for _, day in days)
    if first and not second:
        return replace(header, layout=replace(header.layout, day_order="dmy")), False
    return header, bool(days) and first is second


def _rows(grid: Grid, header: StatementHeader) -> Iterator[Cells]:
    return islice(grid.rows(), header.row, header.row + _LOOK)


def _days(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The first two numbers of each; nothing more is read where the first day has its year in front."""
    for text in filter(None, texts):
        match = _YEAR_LAST.match(text)
        if match is None:
            return
        yield int(match[1]), int(match[2])
