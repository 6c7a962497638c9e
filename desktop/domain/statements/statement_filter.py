"""Which rows of a statement are shown: by words, direction, amount and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.statements.packed_rows import ChosenRows
from desktop.domain.statements.statement import MoneyDirection, StatementRow


@dataclass(frozen=True, slots=True)
class RowFilter:
    """``text`` is looked for in every cell that names somebody or something; amounts in fen; ``until`` is the first
    instant that is too late; ``marked_only`` keeps the rows whose numbers are in ``marked``, ``problems_only``
    those with a cell that cannot be relied on."""

    text: str = ""
    direction: MoneyDirection | None = None
    least_fen: int | None = None
    most_fen: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    marked_only: bool = False
    problems_only: bool = False
    marked: frozenset[int] = frozenset()

    def chosen(self, rows: Sequence[StatementRow]) -> Sequence[StatementRow]:
        """The rows that pass, in their order."""
        if self == RowFilter(marked=self.marked):
            return rows
        needle = self.text.casefold().strip()
        return ChosenRows(
            rows,
            (
                place
                for place, row in enumerate(rows)
                if self._fits(row) and (not needle or _has(row, needle))
            ),
        )

    def _fits(self, row: StatementRow) -> bool:
        if self.direction is not None and row.direction is not self.direction:
            return False
        if self.marked_only and row.row not in self.marked:
            return False
        if self.problems_only and not row.problems:
            return False
        return self._in_amount(row.amount_fen) and self._in_time(row.time)

    def _in_amount(self, fen: int | None) -> bool:
        if self.least_fen is None and self.most_fen is None:
            return True
        if fen is None:
            return False
        return (self.least_fen is None or fen >= self.least_fen) and (
            self.most_fen is None or fen <= self.most_fen
        )

    def _in_time(self, at: datetime | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if at is None:
            return False
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


def _has(row: StatementRow, needle: str) -> bool:
    if needle in row.amount_text or needle in row.time_text:
        return True
    return any(
        needle in cell.casefold()
        for cell in (
            row.counterparty, row.account, row.bank, row.reference, row.merchant_reference, row.channel,
            row.status, row.summary,
        )
    )  # fmt: skip
