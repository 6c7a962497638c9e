"""In what a statement counts: of its layout, else by the names of its columns and the lines above them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import Amount, amount_of, fen_of, name_of
from desktop.readers.statements.header import StatementHeader

Read = Callable[[str], Amount | None]

_MONEY: Final = (StatementColumn.AMOUNT, StatementColumn.INCOMING, StatementColumn.OUTGOING)
_ABOVE: Final = re.compile(r"单位:?\(?(?:人民币)?(?P<unit>分|万元|千元)(?![\u4e00-\u9fff])")
_TIMES: Final = {"分": 1, "千元": 100_000, "万元": 1_000_000}
"""Hundredths of a yuan."""
_CURRENCY: Final = re.compile(
    r"币[种别]:?\(?(?P<it>美元|港[币元]|欧元|英镑|日[元圆]|澳[大利亚]*元|加[拿大]*元|新加坡元|韩[元圆]|瑞士法郎|泰铢|卢布"
    r"|usd|hkd|eur|gbp|jpy|aud|cad|sgd|krw|chf|thb|rub)"
)


def reader_of(header: StatementHeader) -> Read:
    """How a cell with a sum is read: yuan, unless something says fen or ten thousands of yuan."""
    if header.layout.unit == "fen":
        return fen_of
    places = [at for column in _MONEY for at in header.roles.get(column, ())[:1]]
    names = [name_of(header.columns[at]) for at in places if at < len(header.columns)]
    if names and all(name.endswith("(分)") for name in names):
        return fen_of
    said = next(filter(None, map(_ABOVE.search, map(name_of, header.above))), None)
    return partial(amount_of, times=_TIMES[said["unit"]]) if said is not None else amount_of


def currency_of(header: StatementHeader) -> str:
    """The money of another country that a line above the columns names; "" for yuan."""
    said = next(filter(None, map(_CURRENCY.search, map(name_of, header.above))), None)
    return said["it"].upper() if said is not None else ""
