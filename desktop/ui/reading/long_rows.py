"""A table model for hundreds of thousands of rows that are sorted by their number and only ever filtered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable

from desktop.domain.statement import StatementRow
from desktop.ui.shared.rows_model import RowsModel


class LongRows(RowsModel[StatementRow]):
    """``show`` takes the rows as they are: no look at each of them on the GUI thread."""

    def show(self, rows: tuple[StatementRow, ...]) -> None:
        """Show ``rows``, whose numbers rise."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, key: Hashable) -> int:
        """The place of a row by its number, -1 if it is not shown."""
        if not isinstance(key, int):
            return -1
        at = bisect_left(self._rows, key, key=_number)
        return at if at < len(self._rows) and self._rows[at].row == key else -1

    def marks_changed(self) -> None:
        """What the program knows of rows changed, not the rows."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _number(row: StatementRow) -> int:
    return row.row
