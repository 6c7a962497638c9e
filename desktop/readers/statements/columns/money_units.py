"""In what a statement counts: fen, yuan or ten thousands of them, and money of other countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import Amount, amount_of, fen_of, name_of
from desktop.readers.statements.columns.header import StatementHeader
from desktop.readers.statements.columns.vocabulary import FOREIGN_MONEY, Vocabulary, unit_of

Read = Callable[[str], Amount | None]

_ABOVE: Final = re.compile(r"单位:?\(?(?:人民币)?(?P<unit>分|万元|千元)(?![\u4e00-\u9fff])")
_TIMES: Final = {"": 100, "分": 1, "千元": 100_000, "万元": 1_000_000}
"""Hundredths of a yuan."""
_CURRENCY: Final = re.compile(rf"币[种别]:?\(?(?P<it>{FOREIGN_MONEY})")
_EMPTY_BRACKETS: Final = re.compile(r"[(\[<{]\W*[)\]>}]")
_OF_MONEY: Final = frozenset(
    {StatementColumn.AMOUNT, StatementColumn.INCOMING, StatementColumn.OUTGOING}
)


def reader_of(header: StatementHeader) -> Read:
    """How a cell with a sum is read: yuan, unless something says fen or ten thousands of yuan."""
    if header.layout.unit == "fen":
        return fen_of
    unit, _ = header.unit
    if not unit:
        match = next(filter(None, map(_ABOVE.search, map(name_of, header.above))), None)
        unit = match["unit"] if match is not None else ""
    return partial(amount_of, times=_TIMES[unit]) if unit else amount_of


def currency_of(header: StatementHeader) -> str:
    """The money of another country that a line above the columns names, or their own names; "" for yuan."""
    match = next(filter(None, map(_CURRENCY.search, map(name_of, header.above))), None)
    return match["it"].upper() if match is not None else header.unit[1]


def of_other_money(
    header: StatementHeader, words: Vocabulary
) -> Iterator[tuple[StatementColumn, int, str]]:
    """Columns of sums in other money than the statement's: which of the columns that are read they stand for, their
    place, the money."""
    own = header.unit[1]
    for place, name in enumerate(header.columns):
        money = unit_of(name)[1]
        if header.chosen or money in {"", own}:
            continue
        bare = re.sub(FOREIGN_MONEY, "", unicodedata.normalize("NFKC", name).casefold())
        known = words.meaning(_EMPTY_BRACKETS.sub("", bare))
        if known is not None and known[0] in _OF_MONEY and known[0] in header.roles:
            yield known[0], place, money
