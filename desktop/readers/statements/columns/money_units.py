"""In what a statement counts: fen, yuan or ten thousands of them, and money of other countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Final

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import Amount, amount_of, fen_of, name_of
from desktop.readers.statements.columns.header import StatementHeader
from desktop.readers.statements.columns.vocabulary import FOREIGN_MONEY, Vocabulary, unit_of

Read = Callable[[str], Amount | None]

_ABOVE: Final = re.compile(r"单位:?\(?(?:人民币)?(?P<unit>分|万元|千元)(?![\u4e00-\u9fff])")
_TIMES: Final = {"": 100, "分": 1, "千元": 100_000, "万元": 1_000_000}
"""Hundredths of a yuan."""
_CURRENCY: Final = re.compile(
    rf"(?:币[种别]|货币|貨幣|幣[種別]|(?<![a-z])(?:currency|ccy))[ a-z:/(]{{0,16}}?(?P<it>{FOREIGN_MONEY})"
)
_YUAN: Final = re.compile(
    r"人民[币幣]|[￥¥]|(?<![美港日欧加新韩澳])元|(?<![a-z])(?:cny|rmb|cnh|yuan|renminbi)(?![a-z])"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[a-z]{3,}")
"""Of headings in another language; names in a system's own code (TRAN_DATE) are of banks of the mainland."""
_OF_ACCOUNT: Final = re.compile(
    rf"(?P<it>{FOREIGN_MONEY})[ a-z]{{0,9}}?(?:[账賬帐帳]|储蓄|儲蓄|户口|戶口|活期|定期|存款|流水"
    r"|a/c|account|savings|current)"
)
_BANK_ABROAD: Final = re.compile(
    r"(?:香港|澳[门門]|[台臺][湾灣]|新加坡)[^\s,:;]{0,8}[银銀]行|[银銀]行\((?:香港|澳[门門]|[台臺][湾灣]|新加坡)\)"
)
_TRADITIONAL: Final = re.compile(r"[餘額賬帳號戶轉匯貨幣錄細記時單據]")
"""Of the characters in names of columns those that no bank of the mainland writes."""
UNNAMED: Final = "?"
"""Money that is not yuan whatever it is: of a chain that names no coin, of a statement from abroad that names none."""
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
    """The money of another country that a line above the columns names, or their own names; "" for yuan. A statement in
    English alone, of a bank abroad, or with names of columns in traditional characters, is from abroad: it is not in
    yuan unless it says so or a person chose its columns."""
    above = [unicodedata.normalize("NFKC", line).casefold() for line in header.above]
    named = chain(map(_CURRENCY.search, above), map(_OF_ACCOUNT.search, above))
    match = next(filter(None, named), None)
    if match is not None:
        return match["it"].upper()
    names = unicodedata.normalize("NFKC", " ".join(header.columns)).casefold()
    if header.unit[1] or header.layout.header or header.chosen or _YUAN.search(names):
        return header.unit[1]
    every = " ".join((*above, names))
    abroad = (
        _TRADITIONAL.search(names)
        or any(map(_BANK_ABROAD.search, above))
        or (_WORD.search(names) and "_" not in names and not _HAN.search(every))
    )
    return UNNAMED if abroad and not _YUAN.search(every) else ""


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
