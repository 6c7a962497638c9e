"""Statements that name the payer and the payee of each line, and not which of them is the other side.

Whose statement it is stands on one side or the other, from line to line. Such a table is read as one that has columns
of the other side, and of the direction where none tells it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import name_of
from desktop.readers.statements.directions import tells_sides
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.header import StatementHeader
from desktop.readers.statements.holder import holder_of

_SAMPLE: Final = 500
_COLUMN: Final = re.compile(
    r"(?:(?P<payer>付款|汇款|转出)|(?P<payee>收款|转入))(?:方|人|单位)?"
    r"(?:(?P<bank>(?:账号|账户|卡)?(?:开户银?行|开户机构|银行|行名|所属行)(?:名称?|全称)?)"
    r"|(?P<account>(?:支付宝|微信|银行|客户|钱包)?(?:账号|账户|卡号|账卡号|账户号|账号/卡号|卡号/账号|账户账号|银行卡号))"
    r"|(?P<name>(?:支付宝|微信|银行)?(?:账户|账号|客户|单位)?(?:名称?|户名|姓名|全称|昵称)|(?<=[方人位])))"
)
_BRACKET: Final = re.compile(r"[(\[【{<].*", re.DOTALL)
_ADDED: Final = ("对方户名", "对方账号", "对方开户行", "收/支")
_WORDS: Final = ("支出", "收入")


class _Side(NamedTuple):
    """Where a side stands; -1 for what the statement does not tell of it."""

    name: int = -1
    account: int = -1
    bank: int = -1


def by_two_sides(grid: Grid, header: StatementHeader) -> Grid | None:
    """The table with columns of the other side; None where it names no payer and payee, has such columns already, or
    nothing tells whose it is."""
    if {StatementColumn.COUNTERPARTY, StatementColumn.ACCOUNT} & header.roles.keys():
        return None
    payer, payee = _sides(header.columns)
    if max(payer.name, payer.account) < 0 or max(payee.name, payee.account) < 0:
        return None
    names = _own(grid, header, payer.name, payee.name)
    accounts = _own(grid, header, payer.account, payee.account)
    if not names and not accounts:
        return None
    consumed = frozenset({*payer, *payee})
    added = 3 if tells_sides(header) else 4
    width = len(header.columns)

    def row(cells: Cells) -> Cells:
        texts = [grid.text(cell) for cell in cells]
        if tuple(texts) == header.columns:
            rest = ["" if at in consumed else text for at, text in enumerate(texts)]
            return [*rest, *_ADDED[:added]]
        both = [_of(texts, side) for side in (payer, payee)]
        own = [_is_own(side, names, accounts) for side in both]
        filled = [*cells, *[""] * (width - len(cells))]
        if own[0] is own[1]:
            return [*filled[:width], "", "", "", *[""] * (added - 3)]
        other = both[own.index(False)]
        return [*filled[:width], *other, *_WORDS[own.index(True) :][: added - 3]]

    def rows() -> Iterator[Cells]:
        return map(row, grid.rows())

    return replace(grid, rows=rows)


def _sides(columns: Sequence[str]) -> tuple[_Side, _Side]:
    """Where the payer stands, and the payee; of several columns that say one thing the first."""
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for at, column in enumerate(columns):
        match = _COLUMN.fullmatch(_BRACKET.sub("", name_of(column)).replace("帐", "账"))
        if match is not None:
            what = next(key for key in ("bank", "account", "name") if match[key] is not None)
            found[match["payer"] is None].setdefault(what, at)
    return _Side(**found[0]), _Side(**found[1])


def _own(grid: Grid, header: StatementHeader, payer: int, payee: int) -> str:
    """What stands in every line on one side or the other, as whose statement it is does; "" where nothing does."""
    if min(payer, payee) < 0:
        return ""
    counts: Counter[str] = Counter()
    lines = 0
    for cells in islice(grid.rows(), header.row, header.row + _SAMPLE):
        pair = {grid.text(cells[at]) for at in (payer, payee) if at < len(cells)} - {""}
        counts.update(pair)
        lines += bool(pair)
    (first, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    holder = holder_of(header.above)
    known = next((own for own in (holder.account, holder.name) if own and counts[own]), "")
    if known:
        return known
    return first if most > next_most and most * 10 >= lines * 9 else ""


def _of(texts: Sequence[str], side: _Side) -> tuple[str, str, str]:
    name, account, bank = (texts[at] if 0 <= at < len(texts) else "" for at in side)
    return name, account, bank


def _is_own(side: tuple[str, str, str], name: str, account: str) -> bool:
    """By the account where the side has one and it is known whose; else by the name."""
    if account and side[1]:
        return side[1] == account
    return bool(name) and side[0] == name
