"""Statements that name the payer and the payee of each line, or one of them, and not which is the other side.

Whose statement it is stands on one side or the other, from line to line. Such a table is read as one that has columns
of the other side, and of the direction where none tells it. Where payers alone are named, and differ from line to
line, they are the other side of money that came; payees alone, of money that went. Where every line names the same
shop, it is the shop's own statement, and cards that say not whose they are belong to its customers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import is_signed
from desktop.readers.statements.columns.header import StatementHeader, tells_sides
from desktop.readers.statements.columns.vocabulary import BRACKET, Vocabulary, column_name
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.holder import holder_of

_SAMPLE: Final = 500
_ADDED: Final = ("对方户名", "对方账号", "对方开户行", "收/支")
_TOLD: Final = {
    StatementColumn.COUNTERPARTY,
    StatementColumn.ACCOUNT,
    StatementColumn.SENDER,
    StatementColumn.RECEIVER,
}
_WORDS: Final = ("支出", "收入")
_FEWEST: Final = 3
"""Different people on a side that alone is named; fewer may be the holder's own cards."""

_Other = tuple[str, str, str, str]
"""Name, account and bank of the other side, and the word of the direction."""
_NOBODY: Final[_Other] = ("", "", "", "")


class _Side(NamedTuple):
    """Where a side stands; -1 for what the statement does not tell of it."""

    name: int = -1
    account: int = -1
    bank: int = -1


def by_sides(grid: Grid, header: StatementHeader, words: Vocabulary) -> Grid | None:
    """The table with columns of the other side; None where it names no payer and payee, has such columns already, or
    nothing tells whose it is."""
    shop = _own_shop(grid, header, words)
    # Cards beside the name of a shop look like its account until it is known whose statement it is.
    roles = words.roles(header.columns) if shop else header.roles
    if any(roles[column] != shop for column in _TOLD & roles.keys()):
        return None
    payer, payee = (_side(header, words, name) for name in ("payer", "payee"))
    if shop and payer == payee == _Side():
        payer = _side(header, words, "")
    named = [side for side in (payer, payee) if max(side.name, side.account) >= 0]
    alone = named[0] if len(named) == 1 else None
    directed = tells_sides(header) or (alone is not None and _is_signed(grid, header))
    other = None
    if len(named) == 2:
        other = _of_both(grid, header, payer, payee)
    elif alone is not None and (alone.account >= 0 or directed):
        # names alone, of cashiers perhaps, do not say which way money went
        other = _of_one(grid, header, alone, words, pays=alone is payer)
    if other is None:
        return None
    consumed = frozenset({*payer, *payee, *shop})
    return _with_others(grid, header, consumed, other, 3 if directed else 4)


def _own_shop(grid: Grid, header: StatementHeader, words: Vocabulary) -> tuple[int, ...]:
    """Where the name of the shop stands whose statement it is: in every line the same; () where lines name others."""
    places = header.roles.get(StatementColumn.COUNTERPARTY, ())
    if len(places) != 1 or places[0] >= len(header.columns) or header.layout.header:
        return ()
    side = words.headings.side(BRACKET.sub("", column_name(header.columns[places[0]])))
    names = [_at(grid, cells, places[0]) for cells in _sample(grid, header)]
    filled = list(filter(None, names))
    own = side == ("merchant", "name") and len(filled) >= _FEWEST and len(set(filled)) == 1
    return places if own else ()


def _with_others(
    grid: Grid,
    header: StatementHeader,
    consumed: frozenset[int],
    other: Callable[[Sequence[str]], _Other],
    added: int,
) -> Grid:
    width = len(header.columns)

    def row(cells: Cells) -> Cells:
        texts = [grid.text(cell) for cell in cells]
        if tuple(texts) == header.columns:
            rest = ["" if at in consumed else text for at, text in enumerate(texts)]
            return [*rest, *_ADDED[:added]]
        filled = [*cells, *[""] * (width - len(cells))]
        return [*filled[:width], *other(texts)[:added]]

    def rows() -> Iterator[Cells]:
        return map(row, grid.rows())

    return replace(grid, rows=rows)


def _of_both(
    grid: Grid, header: StatementHeader, payer: _Side, payee: _Side
) -> Callable[[Sequence[str]], _Other] | None:
    names = _own(grid, header, payer.name, payee.name)
    accounts = _own(grid, header, payer.account, payee.account)
    if not names and not accounts:
        return None

    def other(texts: Sequence[str]) -> _Other:
        both = [_of(texts, side) for side in (payer, payee)]
        own = [_is_own(side, names, accounts) for side in both]
        if own[0] is own[1]:
            return _NOBODY
        return *both[own.index(False)], _WORDS[own.index(True)]

    return other


def _of_one(
    grid: Grid, header: StatementHeader, side: _Side, words: Vocabulary, *, pays: bool
) -> Callable[[Sequence[str]], _Other] | None:
    """Of a table that names one side alone; None where it may be the holder's own. What is given back to whoever paid
    goes the other way."""
    place = side.account if side.account >= 0 else side.name
    filled = [text for cells in _sample(grid, header) if (text := _at(grid, cells, place))]
    holder = holder_of(header.above)
    different = set(filled)
    if len(different) < max(_FEWEST, len(filled) * 0.4) or {*holder[:2]} & different:
        return None
    kinds = header.roles.get(StatementColumn.SUMMARY, ())

    def other(texts: Sequence[str]) -> _Other:
        back = any(words.reversals.gives_back(texts[at]) for at in kinds if at < len(texts))
        return *_of(texts, side), _WORDS[pays is not back]

    return other


def _is_signed(grid: Grid, header: StatementHeader) -> bool:
    places = header.roles.get(StatementColumn.AMOUNT, ())[:1]
    texts = (_at(grid, cells, at) for cells in _sample(grid, header) for at in places)
    return any(map(is_signed, texts))


def _side(header: StatementHeader, words: Vocabulary, wanted: str) -> _Side:
    """Where it stands; of several columns that say one thing the first."""
    found: dict[str, int] = {}
    for at, column in enumerate(header.columns):
        side = words.headings.side(BRACKET.sub("", column_name(column)))
        if side is not None and side[0] == wanted:
            found.setdefault(side[1], at)
    return _Side(**found)


def _sample(grid: Grid, header: StatementHeader) -> Iterator[Cells]:
    return islice(grid.rows(), header.row, header.row + _SAMPLE)


def _at(grid: Grid, cells: Cells, place: int) -> str:
    return grid.text(cells[place]) if place < len(cells) else ""


def _own(grid: Grid, header: StatementHeader, payer: int, payee: int) -> str:
    """What stands in every line on one side or the other, as whose statement it is does; "" where nothing does."""
    if min(payer, payee) < 0:
        return ""
    counts: Counter[str] = Counter()
    lines = 0
    for cells in _sample(grid, header):
        pair = {_at(grid, cells, at) for at in (payer, payee)} - {""}
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
