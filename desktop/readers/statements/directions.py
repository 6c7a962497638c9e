"""Which way the money went, where no sign says it: by a column, by a word, by whose address it is, by the balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.statement import Column, Direction, StatementRow
from desktop.readers.statements.cells import name_of
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.header import Header
from desktop.readers.statements.vocabulary import Vocabulary

_UNSURE = "statement.cell.direction"


class WordedDirection:
    """By the words of a column, each looked up once."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._known: dict[str, Direction | None] = {}

    def of(self, word: str) -> Direction | None:
        """None where the column is empty or says nothing of a direction."""
        if word not in self._known:
            self._known[word] = self._words.directions.get(name_of(word))
        return self._known[word]


def by_summary(summary: str, incoming: Sequence[str]) -> Direction:
    """Spending, unless the description says that it came back."""
    text = name_of(summary)
    return Direction.IN if any(word in text for word in incoming) else Direction.OUT


def own_address(grid: Grid, header: Header, sample: Iterable[Cells]) -> str:
    """The address that takes part in most rows of a chain export: it is whose export it is."""
    parties = [header.roles[column][0] for column in (Column.SENDER, Column.RECEIVER)]
    seen = Counter(grid.text(cells[at]) for cells in sample for at in parties if at < len(cells))
    del seen[""]
    return seen.most_common(1)[0][0] if seen else ""


def by_balance(rows: Iterable[StatementRow]) -> Iterator[StatementRow]:
    """Rows without a sign: the balance before or after tells, in either order of time; else they stay neutral."""
    before: StatementRow | None = None
    waiting: StatementRow | None = None
    for row in rows:
        if waiting is not None:
            yield _settled(waiting, before, row)
        before, waiting = waiting, row
    if waiting is not None:
        yield _settled(waiting, before, None)


def _settled(
    row: StatementRow, before: StatementRow | None, after: StatementRow | None
) -> StatementRow:
    if row.direction is not Direction.NEUTRAL:
        return row
    for other in (before, after):
        found = _change(row, other)
        if found is not None:
            return row._replace(direction=found)
    return row._replace(problems=(*row.problems, _UNSURE))


def _change(row: StatementRow, other: StatementRow | None) -> Direction | None:
    """The balance of ``row`` against that of the row before it in time."""
    if other is None or row.balance_fen is None or other.balance_fen is None:
        return None
    difference = row.balance_fen - other.balance_fen
    if row.amount_fen is None or abs(difference) != row.amount_fen or not difference:
        return None
    return Direction.IN if difference > 0 else Direction.OUT
