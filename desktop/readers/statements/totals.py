"""The sums a statement tells of itself, against the sums of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress, repeat
from operator import is_, itemgetter
from typing import Final

from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.statement import (
    MoneyDirection,
    StatedTotal,
    StatementFinding,
    StatementRow,
)
from desktop.readers.statements.cells import amount_of, name_of

_NUMBER: Final = r"(?>¥?([\d,]+(?:\.\d+)?)元?)(?![笔万千])"
_SIDE: Final = r"(收入|支出|借方|贷方|不计收支|中性交易)"
_COUNTED: Final = re.compile(
    rf"{_SIDE}(?:合计|总计)?[::]?(\d{{1,9}})笔(?:\([^)]*\))?[,,;、]?(?:共计?|合计|总?金额)?[::]?{_NUMBER}"
)
_SUMMED: Final = re.compile(
    rf"{_SIDE}(?:发生额)?(?:合计|总额|总计|总?金额)?(?:\(元\))?[::]{_NUMBER}"
)
_ALL: Final = re.compile(r"共(\d{1,9})笔(?:交易)?记录")
_DIRECTIONS: Final = {
    "收入": MoneyDirection.IN, "贷方": MoneyDirection.IN, "支出": MoneyDirection.OUT, "借方": MoneyDirection.OUT,
    "不计收支": MoneyDirection.NEUTRAL, "中性交易": MoneyDirection.NEUTRAL,
}  # fmt: skip

_WAY: Final = itemgetter(StatementRow._fields.index("direction"))
_FEN: Final = itemgetter(StatementRow._fields.index("amount_fen"))
_REFUNDED: Final = itemgetter(StatementRow._fields.index("refunded_fen"))
"""By place: by name costs twice."""


class Sums:
    """Counts and adds the rows of each direction."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(MoneyDirection, 0)
        self._fen = dict.fromkeys(MoneyDirection, 0)
        self._returned = dict.fromkeys(MoneyDirection, 0)

    def add(self, row: StatementRow) -> None:
        """One more row; what is not yuan counts and adds nothing."""
        way, fen = row.direction, row.amount_fen
        self._counts[way] += 1
        if fen is not None:
            self._fen[way] += fen
            if row.refunded_fen:
                self._returned[way] += row.refunded_fen

    def add_all(self, rows: Sequence[StatementRow]) -> None:
        """Many at once."""
        if any(map(_REFUNDED, rows)):
            for row in rows:
                self.add(row)
            return
        ways, fens = list(map(_WAY, rows)), list(map(_FEN, rows))
        for way in set(ways):
            of_way = list(compress(fens, map(is_, ways, repeat(way))))
            self._counts[way] += len(of_way)
            self._fen[way] += sum(filter(None, of_way))

    def totals(self) -> tuple[StatedTotal, ...]:
        """What was added so far; directions without a row are left out."""
        return tuple(
            StatedTotal(way, count, self._fen[way]) for way, count in self._counts.items() if count
        )

    def differences(
        self, stated: Iterable[StatedTotal], rows: int | None = None
    ) -> tuple[StatementFinding, ...]:
        """Where the file's own sums are not those of its rows: something is missing, or was changed. ``rows``: how many
        it says there are."""
        found = [finding for total in stated for finding in self._against(total)]
        if rows not in {None, sum(self._counts.values())}:
            counts = {"stated": rows or 0, "found": sum(self._counts.values())}
            found.append(StatementFinding("count_all", counts))
        return tuple(found)

    def _against(self, total: StatedTotal) -> Iterable[StatementFinding]:
        way = total.direction
        if total.count is not None and total.count != self._counts[way]:
            yield StatementFinding(
                f"count_{way}", {"stated": total.count, "found": self._counts[way]}
            )
        if way is MoneyDirection.NEUTRAL:  # each institution adds up others of them
            return
        gross = self._fen[way]
        if total.amount_fen not in {None, gross, gross - self._returned[way]}:
            stated, found = format_yuan(total.amount_fen or 0), format_yuan(gross)
            yield StatementFinding(f"sum_{way}", {"stated": stated, "found": found})


def stated_totals(lines: Iterable[str]) -> tuple[StatedTotal, ...]:
    """From the lines around the rows: ``支出：63笔 16.54元``, ``总收入：1,234.56``; the first of each direction."""
    found: dict[MoneyDirection, StatedTotal] = {}
    for line in lines:
        text = name_of(line)
        for word, count, amount in _COUNTED.findall(text):
            _note(found, _DIRECTIONS[word], int(count), amount)
        for word, amount in _SUMMED.findall(text):
            _note(found, _DIRECTIONS[word], None, amount)
    return tuple(found.values())


def stated_rows(lines: Iterable[str]) -> int | None:
    """How many rows a statement says it has: ``共66笔记录``; None where it does not."""
    found = next(filter(None, map(_ALL.search, map(name_of, lines))), None)
    return int(found[1]) if found is not None else None


def _note(
    found: dict[MoneyDirection, StatedTotal], way: MoneyDirection, count: int | None, amount: str
) -> None:
    read = amount_of(amount)
    found.setdefault(way, StatedTotal(way, count, read.fen if read else None))
