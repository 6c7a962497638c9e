"""What a column is by what stands in it, where no name tells: words of directions, accounts that are another's, sums
that the balance follows.

A column is taken only where all of it speaks for one thing and nothing else could be it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import Amount, amount_of
from desktop.readers.statements.columns.vocabulary import BRACKET, Vocabulary, column_name
from desktop.readers.statements.grid import Grid
from desktop.readers.statements.moments import moment_of

Roles = Mapping[StatementColumn, tuple[int, ...]]

_LINES: Final = 60
_FEWEST: Final = 2
"""Lines by which anything is told."""
_FEWEST_PEOPLE: Final = 3
_MOST: Final = 0.9
"""Share of the lines in which the balance has to follow."""
_LONGEST_SUM: Final = 16
"""Signs; a longer number is that of an account or an order."""
_NO_SUM: Final = re.compile(
    r"序|号$|[编号][码号]|[次笔期人份件]数|数量|年龄|电话|手机|证件|邮编|[费利汇比]率|比例|状态"
    r"|积分|点券|面额|小时|分钟|[出入]库|库存|用量|流量|公里|里程|度数|[mg]b\b"
)
"""Names of numbers that are no sums, whatever the balance does."""
_NO_MOMENT: Final = re.compile(
    r"[开销立]户|出生|生日|[签发][发证]|有效|到期|注册|办卡|开卡|打印|查询|[起开]始|截止|[终结]止|建档|开立"
)
"""Names of days on which no money moved: of the account, of papers, of the enquiry."""
_MONEY: Final = (StatementColumn.AMOUNT, StatementColumn.INCOMING, StatementColumn.OUTGOING)
_WHEN: Final = (StatementColumn.DATE, StatementColumn.TIME)
_SIDED: Final = {StatementColumn.DIRECTION, StatementColumn.INCOMING, StatementColumn.OUTGOING}
_VARIED: Final = {"name": StatementColumn.COUNTERPARTY, "account": StatementColumn.ACCOUNT}


class _FirstLines(NamedTuple):
    """The first lines below a header, column by column."""

    names: Sequence[str]
    lines: Sequence[Sequence[str]]

    def named(self, at: int, words: re.Pattern[str]) -> bool:
        """Whether the name of a column says one of ``words``."""
        return at < len(self.names) and words.search(column_name(self.names[at])) is not None

    def filled(self, at: int) -> list[str]:
        """What stands in a column."""
        return [line[at] for line in self.lines if at < len(line) and line[at]]


def completed(
    grid: Grid, row: int, names: Sequence[str], roles: Roles, words: Vocabulary
) -> dict[StatementColumn, tuple[int, ...]]:
    """The columns with those that what stands in them tells, below header ``row`` (from 1; 0 where there is none)."""
    columns = _FirstLines(names, _lines(grid, row))
    found = dict(roles)
    if len(columns.lines) < _FEWEST:
        return found
    width = max(len(names), *map(len, columns.lines))
    free = [at for at in range(width) if all(at not in places for places in roles.values())]
    if moments := _moments(columns, free, words):
        found[StatementColumn.TIME] = (*found.get(StatementColumn.TIME, ()), *moments)
    if not set(_WHEN) & found.keys():
        found |= _time(columns, free)
    if not set(_MONEY) & found.keys():
        found |= _sums(columns, free, found)
    if not _SIDED & found.keys():
        summaries = found.get(StatementColumn.SUMMARY, ())
        found |= _direction(columns, [*free, *summaries], words)
    found |= _other_side(columns, free, found, words)
    return found


def _lines(grid: Grid, row: int) -> list[list[str]]:
    """Of the first lines those that are as wide as most are."""
    texts = [
        [grid.text(cell).strip() for cell in cells]
        for cells in islice(grid.rows(), row, row + _LINES)
    ]
    filled = [sum(map(bool, line)) for line in texts]
    usual = max(filled, default=0)
    return [line for line, n in zip(texts, filled, strict=True) if n * 2 > usual]


def _moments(columns: _FirstLines, free: Iterable[int], words: Vocabulary) -> list[int]:
    """Columns of times whose names say what happened then: 交易创建."""
    names = enumerate(map(column_name, columns.names))
    named = {at for at, name in names if words.headings.is_moment(name)}
    return [at for at in free if at in named and _all(columns.filled(at), _is_moment)]


def _time(columns: _FirstLines, free: Iterable[int]) -> dict[StatementColumn, tuple[int, ...]]:
    """The only column of moments, or of several the only one with times of day."""
    days = [
        at
        for at in free
        if _all(columns.filled(at), _is_moment) and not columns.named(at, _NO_MOMENT)
    ]
    clocks = [at for at in days if any(":" in text for text in columns.filled(at))]
    sole = clocks if len(clocks) == 1 else days
    return {StatementColumn.TIME: (sole[0],)} if len(sole) == 1 else {}


def _sums(
    columns: _FirstLines, free: Iterable[int], known: Roles
) -> dict[StatementColumn, tuple[int, ...]]:
    """The column by whose sums the balance changes; without a balance the only one of sums."""
    sums = [
        at
        for at in free
        if _all(columns.filled(at), _is_sum)
        and not columns.named(at, _NO_SUM)
        and not _counts_lines(columns.filled(at))
    ]
    balances = known.get(StatementColumn.BALANCE, ()) or sums
    fit = [
        (at, balance)
        for balance in balances
        for at in sums
        if at != balance and not columns.named(balance, _NO_SUM) and _follows(columns, at, balance)
    ]
    if len(fit) == 1:
        at, balance = fit[0]
        return {StatementColumn.AMOUNT: (at,), StatementColumn.BALANCE: (balance,)}
    of_money = known.get(StatementColumn.BALANCE, ())
    if len(sums) == 1 and any(not columns.named(at, _NO_SUM) for at in of_money):
        return {StatementColumn.AMOUNT: (sums[0],)}
    return {}


def _follows(columns: _FirstLines, at: int, balance: int) -> bool:
    """Whether the balance goes on by the sums of a column, in more than two lines whose sums are not all alike."""
    pairs = [
        (abs(sum_), stands)
        for line in columns.lines
        if (sum_ := _fen(line, at)) is not None and (stands := _fen(line, balance)) is not None
    ]
    sums = [{sum_} for sum_, _ in pairs]
    varied = len(set().union(*sums)) > 1
    return len(pairs) > _FEWEST and varied and _goes_on([stands for _, stands in pairs], sums)


def _goes_on(balances: Sequence[int], sums: Sequence[Collection[int]]) -> bool:
    """Whether each balance is the one before, or after, it with one of its line's ``sums`` added or taken off."""
    steps = [abs(below - above) for above, below in pairwise(balances)]
    down = sum(step in found for step, found in zip(steps, sums[1:], strict=True))
    up = sum(step in found for step, found in zip(steps, sums, strict=False))
    return max(down, up) >= len(steps) * _MOST


def _direction(
    columns: _FirstLines, places: Iterable[int], words: Vocabulary
) -> dict[StatementColumn, tuple[int, ...]]:
    """A column in which nothing stands but words of directions, of both of them."""
    for at in places:
        found = {words.direction(text) for text in columns.filled(at)}
        if len(found - {None}) > 1 and None not in found:
            return {StatementColumn.DIRECTION: (at,)}
    return {}


def _other_side(
    columns: _FirstLines, free: Iterable[int], known: Roles, words: Vocabulary
) -> dict[StatementColumn, tuple[int, ...]]:
    """户名, 账号 or 商户编号, which say not whose they are, of people who differ from line to line: beside the other
    part of an other side, or both of them."""
    if not _of_one_account(columns, known):
        return {}  # 户名 and 账号 may be those of the holders then, each with a balance of its own
    bare: dict[StatementColumn, int] = {}
    of_merchant: dict[StatementColumn, tuple[int, ...]] = {}
    for at in free:
        name = BRACKET.sub("", column_name(columns.names[at])) if at < len(columns.names) else ""
        side = words.headings.side(name)
        column = _VARIED.get(side[1]) if side and side[0] in {"", "merchant"} else None
        if column is not None and column not in known and _varied(columns.filled(at)):
            bare.setdefault(column, at)
            if side and side[0]:
                of_merchant.setdefault(column, (at,))
    if len(bare) == len(_VARIED):
        return {column: (at,) for column, at in bare.items()}
    beside = {at for column in _VARIED.values() for at in known.get(column, ())}
    return {column: (at,) for column, at in bare.items() if {at - 1, at + 1} & beside} or (
        of_merchant if beside else {}
    )


def _counts_lines(texts: Sequence[str]) -> bool:
    """1, 2, 3 …, or the other way round."""
    if not all(text.isdecimal() for text in texts):
        return False
    steps = {int(below) - int(above) for above, below in pairwise(texts)}
    return steps in ({1}, {-1})


def _of_one_account(columns: _FirstLines, known: Roles) -> bool:
    """Whether the balance, where there is one, goes on from each line to the next."""
    places = known.get(StatementColumn.BALANCE, ())
    if not places:
        return True
    sums = [
        {abs(_fen(line, at) or 0) for column in _MONEY for at in known.get(column, ())}
        for line in columns.lines
    ]
    return _goes_on([_fen(line, places[0]) or 0 for line in columns.lines], sums)


def _varied(texts: Sequence[str]) -> bool:
    """Whether they are of several people: two in many lines may be the holder's own cards."""
    fewest = min(len(texts), _FEWEST_PEOPLE)
    return len(texts) >= _FEWEST and len(set(texts)) >= max(fewest, len(texts) * 0.3)


def _all(texts: Sequence[str], look: Callable[[str], bool]) -> bool:
    return len(texts) >= _FEWEST and all(map(look, texts))


def _is_moment(text: str) -> bool:
    return 8 <= len(text) <= 30 and moment_of(text, "") is not None


def _is_sum(text: str) -> bool:
    return len(text) <= _LONGEST_SUM and amount_of(text) is not None


def _fen(line: Sequence[str], at: int) -> int | None:
    found: Amount | None = amount_of(line[at]) if at < len(line) and line[at] else None
    return found.fen if found is not None else None
