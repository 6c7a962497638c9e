"""Which way the money went, where no sign says it: by a column, by a word, by whose address it is, by the balance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, repeat
from operator import itemgetter
from typing import Final

from desktop.domain.statements.statement import (
    Effect,
    MoneyDirection,
    StatementColumn,
    StatementRow,
)
from desktop.readers.statements.cells import is_signed, name_of
from desktop.readers.statements.columns.header import StatementHeader
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.grid import Cells, Grid

UNSURE: Final = "statement.cell.direction"
_RED: Final = {MoneyDirection.OUT: "statement.cell.red", MoneyDirection.IN: "statement.cell.red_in"}
RED_CODES: Final = {code: side for side, code in _RED.items()}
"""What is said of a row below nought, and which side it takes a booking of back."""
_MINUS: Final = frozenset("-−－")
_BELOW: Final = re.compile(r"[^\d(（]*[-−－]|\s*[(（][¥￥]?\d|.*\d\s*[-−－]\s*$")
_AMOUNT_TEXT: Final = itemgetter(StatementRow._fields.index("amount_text"))
LOOK: Final = 4
"""Batches by which is told what the signs of a statement mean."""
_LOOK: Final = 500
"""Rows by which is told whether a statement begins with its oldest or its newest."""


class WordedDirection:
    """By the words of a column, each looked up once."""

    def __init__(self, words: Vocabulary, sample: Iterable[str]) -> None:
        """``sample``: words of its first lines. Beside J (借), D is 贷; else it is debit. Beside a plus, a minus is no
        empty cell."""
        self._words = words
        self._known: dict[str, MoneyDirection | None] = {}
        first = set(sample)
        self.signs = not {"+", "＋"}.isdisjoint(first)
        if self.signs:
            self._known |= dict.fromkeys("-−－—", MoneyDirection.OUT)
        if not {"j", "J"}.isdisjoint(first):
            self._known |= dict.fromkeys("jJ", MoneyDirection.OUT)
            self._known |= dict.fromkeys("dD", MoneyDirection.IN)

    def of(self, word: str) -> MoneyDirection | None:
        """None where the column is empty or says nothing of a direction."""
        if word not in self._known:
            self._known[word] = self._words.direction(word)
        return self._known[word]


def by_summary(summary: str, incoming: Sequence[str]) -> MoneyDirection:
    """Spending, unless the description says that it came back."""
    text = name_of(summary)
    return MoneyDirection.IN if any(word in text for word in incoming) else MoneyDirection.OUT


def own_address(grid: Grid, header: StatementHeader, sample: Iterable[Cells]) -> str:
    """The address that takes part in most rows of a chain export: it is whose export it is."""
    peers = [
        header.roles[column][0] for column in (StatementColumn.SENDER, StatementColumn.RECEIVER)
    ]
    counts = Counter(grid.text(cells[at]) for cells in sample for at in peers if at < len(cells))
    del counts[""]
    return counts.most_common(1)[0][0] if counts else ""


def without_red(batches: Iterable[list[StatementRow]]) -> Iterator[list[StatementRow]]:
    """Rows that say which side they are on: one below nought (红字) takes an earlier one back, and is no second one.
    Where every row of a side bears a minus, the minus says nothing."""
    given = iter(batches)
    first = list(islice(given, LOOK))
    looked_at = (row for row in chain.from_iterable(first) if row.amount_fen != 0)
    black = {row.direction for row in looked_at if not _below_nought(row)}
    for rows in chain(first, given):
        minus = not _MINUS.isdisjoint("".join(map(_AMOUNT_TEXT, rows)))
        yield [_taken_back(row, black) for row in rows] if minus else rows


def _taken_back(row: StatementRow, black: Collection[MoneyDirection]) -> StatementRow:
    red = _RED.get(row.direction)
    if red is None or row.direction not in black or not _below_nought(row):
        return row
    return row._replace(
        direction=MoneyDirection.NEUTRAL, effect=Effect.RETURNED, problems=(*row.problems, red)
    )


def _below_nought(row: StatementRow) -> bool:
    return _BELOW.match(row.amount_text) is not None


def needs_sign(header: StatementHeader) -> bool:
    """Whether nothing but a sign can tell the direction, and no layout says that this statement has signs."""
    layout = header.layout
    telling_direction = {
        StatementColumn.DIRECTION,
        StatementColumn.OUTGOING,
        StatementColumn.INCOMING,
        StatementColumn.SENDER,
    }
    return telling_direction.isdisjoint(header.roles) and not (
        layout.header or layout.direction_from
    )


def unsigned(row: StatementRow) -> StatementRow:
    """The row without the direction that a sign it has not got would give it."""
    return row._replace(direction=MoneyDirection.NEUTRAL)


def by_balance(rows: Iterable[StatementRow]) -> Iterator[StatementRow]:
    """Rows without a sign: the balance of the row before in time tells. The oldest, which has none, stays neutral, and
    all do whose balance does not follow from it."""
    given = iter(rows)
    first = list(islice(given, _LOOK))
    backwards = newest_first(first)
    by_sign = _signs_agree(first)
    whole = chain(first, given)
    if backwards is None:
        pairs: Iterable[tuple[StatementRow | None, StatementRow | None]] = zip(repeat(None), whole)
    elif backwards:
        pairs = ((before, row) for row, before in pairwise(chain(whole, [None])))
    else:
        pairs = pairwise(chain([None], whole))
    return (_settled(row, before, by_sign=by_sign) for before, row in pairs if row is not None)


def _signs_agree(rows: Sequence[StatementRow]) -> bool:
    """Whether some of them bear a minus, and wherever the balance tells, only those went out."""
    changes = [
        (_below_nought(row), found)
        for pair in pairwise(rows)
        for row, before in (pair, pair[::-1])
        if (found := _change(row, before)) is not None
    ]
    agree = sum(minus is (found is MoneyDirection.OUT) for minus, found in changes)
    return any(map(_below_nought, rows)) and agree * 2 > len(changes)


def newest_first(rows: Sequence[StatementRow]) -> bool | None:
    """Whether a statement begins with its newest row: by the times; where they are all alike, by the order in which
    more balances add up. None if neither tells."""
    pairs = list(pairwise(rows))
    times = [(one.time, next_.time) for one, next_ in pairs if one.time and next_.time]
    down = sum((one > next_) - (one < next_) for one, next_ in times) or sum(
        (_change(one, next_) is not None) - (_change(next_, one) is not None)
        for one, next_ in pairs
    )
    return down > 0 if down else None


def _settled(row: StatementRow, before: StatementRow | None, *, by_sign: bool) -> StatementRow:
    if row.direction is not MoneyDirection.NEUTRAL:
        return row
    found = _change(row, before)
    if found is None and (by_sign or is_signed(row.amount_text)):
        found = MoneyDirection.OUT if _below_nought(row) else MoneyDirection.IN
    if found is None:
        return row._replace(problems=(*row.problems, UNSURE))
    return row._replace(direction=found)


def _change(row: StatementRow, before: StatementRow | None) -> MoneyDirection | None:
    """The balance of ``row`` against that of the row before it in time."""
    if before is None or row.balance_fen is None or before.balance_fen is None:
        return None
    difference = row.balance_fen - before.balance_fen
    if row.amount_fen is None or abs(difference) != row.amount_fen or not difference:
        return None
    return MoneyDirection.IN if difference > 0 else MoneyDirection.OUT
