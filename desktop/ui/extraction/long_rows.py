"""A table model for hundreds of thousands of rows that are sorted by their number and only ever filtered."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import cast

from desktop.domain.statements.packed_rows import place_of
from desktop.domain.statements.statement import StatementRow
from desktop.ui.shared.widgets.rows_model import RowsModel


class LongRows(RowsModel[StatementRow]):
    """``show`` takes the rows as they are: no look at each of them on the GUI thread."""

    def show(self, rows: Sequence[StatementRow]) -> None:
        """Show ``rows``, whose numbers rise."""
        self.beginResetModel()
        self._rows = cast("tuple[StatementRow, ...]", rows)  # asked by place and length only
        self.endResetModel()

    def row_of(self, key: Hashable) -> int:
        """The place of a row by its number, -1 if it is not shown."""
        return place_of(self._rows, key) if isinstance(key, int) else -1

    def marks_changed(self) -> None:
        """What the program knows of rows changed, not the rows."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
