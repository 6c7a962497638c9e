"""The columns of a table nobody knows: shown where they are needed, said by ``--columns``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO, Final

from desktop.cli.context import CommandContext
from desktop.domain.errors import AppError, UserInputError
from desktop.domain.statements.column_choice import missing_columns
from desktop.domain.statements.statement import ColumnChoice, StatementColumn, TablePreview
from desktop.readers.statements.open_statement import preview_table
from desktop.runtime.catalogue import Catalogue

_ROWS: Final = 3
_LONGEST: Final = 24
"""Letters of a cell that are shown."""


def said_columns(context: CommandContext) -> ColumnChoice | None:
    """``--columns date=1,outgoing=3``: places from 1, as :func:`tell_columns` shows them. None when none is said."""
    said = context.args.columns
    if not said:
        return None
    try:
        pairs = [part.split("=") for part in said.split(",")]
        roles = {StatementColumn(name.strip()): int(place) - 1 for name, place in pairs}
    except ValueError as error:
        raise UserInputError("read.columns", names=" ".join(StatementColumn)) from error
    if missing_columns(roles) or min(roles.values()) < 0 or context.args.header_row < 0:
        raise UserInputError("read.columns", names=" ".join(StatementColumn))
    return ColumnChoice(context.args.header_row, roles, context.args.day_order)


def tell_columns(words: Catalogue, source: BinaryIO, password: str) -> None:
    """On standard error: the first rows column by column, and how to say what they are; nothing without a table."""
    try:
        found = preview_table(source, password)
    except AppError:
        return
    sys.stderr.writelines(f"{line}\n" for line in _lines(words, found))


def _lines(words: Catalogue, found: TablePreview) -> Iterator[str]:
    begin = max(0, found.header_row - 1)
    rows = found.rows[begin : begin + 1 + _ROWS]
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place][:_LONGEST] for row in rows if place < len(row)]
        yield f"{place + 1}  {' | '.join(cells)}"
    guessed = ",".join(f"{column}={place + 1}" for column, place in found.guesses.items())
    yield words.text(
        "cli.read_columns",
        names=" ".join(StatementColumn),
        example=f"--header-row {found.header_row} --columns {guessed}",
    )
