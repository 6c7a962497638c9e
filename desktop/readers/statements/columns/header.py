"""Finding the row that names the columns: by what its names mean, never by its number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise, zip_longest
from typing import Final

from desktop.domain.statements.statement import ColumnChoice, StatementColumn
from desktop.readers.statements.cells import name_of
from desktop.readers.statements.columns.column_values import completed
from desktop.readers.statements.columns.vocabulary import (
    UNKNOWN,
    StatementLayout,
    Vocabulary,
    unit_of,
)
from desktop.readers.statements.grid import Grid

_SEARCHED: Final = 200
"""Rows; the longest preamble known has 25."""
_FEWEST: Final = 3
_CREDIT: Final = re.compile(r"信用卡|贷记卡|末四位|最低还款|本期应还|credit card", re.IGNORECASE)
_PAID_BACK: Final = re.compile(r"还款|payment.{0,4}thank", re.IGNORECASE)
_PLUS_OUT: Final = re.compile(r"[(\[,,/](?:\+|正数?)[为是表示:]*(?:支|出|付|借|取|转出|减)")
_SEARCHED_BY_VALUES: Final = 40
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[A-Za-z\u3400-\u9fff]{2}|[0-9]:[0-9]")
_MONEY: Final = frozenset(
    {StatementColumn.AMOUNT, StatementColumn.INCOMING, StatementColumn.OUTGOING}
)
_WHEN: Final = frozenset({StatementColumn.DATE, StatementColumn.TIME})


@dataclass(frozen=True, slots=True)
class StatementHeader:
    """``row`` counts from 1; ``above`` is the text before it, a line a row."""

    row: int
    columns: tuple[str, ...]
    roles: dict[StatementColumn, tuple[int, ...]]
    layout: StatementLayout
    above: tuple[str, ...]
    chosen: bool = False
    """A person said what the columns are."""
    written: tuple[tuple[str, ...], ...] = ()
    """The rows of the header, where they are two."""
    by_values: tuple[str, ...] = ()
    """Columns that what stands in them tells, not their names."""

    @property
    def unit(self) -> tuple[str, str]:
        """What the names of the columns of sums say of them, as :func:`unit_of`; a table whose columns a
        person chose may have no names."""
        places = [at for column in _MONEY for at in self.roles.get(column, ())[:1]]
        names = (self.columns[at] for at in places if at < len(self.columns))
        return next(map(unit_of, names), ("", ""))

    @property
    def unread(self) -> tuple[str, ...]:
        """The names of columns nothing is read from."""
        read = {place for places in self.roles.values() for place in places}
        return tuple(
            name
            for at, name in enumerate(self.columns)
            if name and at not in read and not unit_of(name)[1]
        )


def tells_sides(header: StatementHeader) -> bool:
    """Whether it tells the two sides apart by words or columns: a minus then takes an entry back."""
    return not {
        StatementColumn.DIRECTION,
        StatementColumn.OUTGOING,
        StatementColumn.INCOMING,
    }.isdisjoint(header.roles)


def chosen_header(grid: Grid, choice: ColumnChoice) -> StatementHeader:
    """The header a person pointed at."""
    rows = list(islice(grid.rows(), choice.header_row))
    texts = [tuple(grid.text(cell) for cell in cells) for cells in rows]
    return StatementHeader(
        row=choice.header_row,
        columns=texts[-1] if texts else (),
        roles={column: (place,) for column, place in choice.roles.items()},
        layout=replace(UNKNOWN, day_order=choice.day_order),
        above=tuple(" ".join(filter(None, line)) for line in texts[:-1]),
        chosen=True,
    )


def is_header(roles: Mapping[StatementColumn, tuple[int, ...]]) -> bool:
    """Whether a row with these columns names a time, money, and one thing more."""
    named = roles.keys()
    return len(named) >= _FEWEST and bool(_MONEY & named) and bool(_WHEN & named)


def find_header(grid: Grid, words: Vocabulary) -> StatementHeader | None:
    """The first row that names a time, money, and one thing more; None if there is none. Where the row below names
    them too, it is the finer half of one header: 金额 above, 收入 and 支出 below it; where both tell more together than
    either alone (对方 above, 户名 and 账号 below it), the names are joined."""
    found = _row_of_names(grid, words)
    if found is None:
        return _by_values(grid, words)
    number, names, above, written = found
    return replace(_header(grid, words, number, names, above), written=written)


_Found = tuple[int, tuple[str, ...], list[str], tuple[tuple[str, ...], ...]]
"""The number of the row, the names, the lines above it, and the rows in which the names stand, where they are two."""


def _row_of_names(grid: Grid, words: Vocabulary) -> _Found | None:
    above: list[str] = []
    found: _Found | None = None
    rows = (tuple(map(grid.text, cells)) for cells in islice(grid.rows(), _SEARCHED + 1))
    for number, (texts, below) in enumerate(pairwise(chain(rows, [()])), 1):
        roles = words.roles(texts)
        both = _joined(texts, below, words)
        of_both = words.roles(both)
        if is_header(of_both) and len(of_both) > max(len(roles), len(words.roles(below))):
            return number + 1, both, [*above, " ".join(filter(None, texts))], (texts, below)
        if is_header(roles):
            found = number, texts, list(above), ()
        elif found is not None:
            break
        above.append(" ".join(filter(None, texts)))
    return found


def _by_values(grid: Grid, words: Vocabulary) -> StatementHeader | None:
    """A row that names some of it, and the rest what stands below it; at last a table without any names."""
    above: list[str] = []
    first = [tuple(map(grid.text, cells)) for cells in islice(grid.rows(), _SEARCHED_BY_VALUES)]
    for number, texts in enumerate(first, 1):
        roles = words.roles(texts)
        if (
            roles
            and not _DIGIT.search("".join(texts))
            and is_header(completed(grid, number, texts, roles, words))
        ):
            return _header(grid, words, number, texts, above)
        above.append(" ".join(filter(None, texts)))
    nameless = completed(grid, 0, (), {}, words)
    if not is_header(nameless) or not _has_words(first):
        return None  # a date and two numbers may be the readings of a meter
    return _header(grid, words, 0, (), ())


def _has_words(lines: Sequence[Sequence[str]]) -> bool:
    """Whether most lines hold a word, or the time of a day."""
    some = [any(_WORD.search(text) for text in line) for line in lines if any(line)]
    return sum(some) * 2 > len(some)


def _header(
    grid: Grid, words: Vocabulary, number: int, texts: tuple[str, ...], above: Sequence[str]
) -> StatementHeader:
    layout = words.layout("\n".join((grid.name, *above)), texts)
    roles = words.roles(texts)
    named = roles
    if not layout.header:
        roles = completed(grid, number, texts, named, words)
        if _spends_without_sign(grid, number, roles, [*above, *texts]) or _reversed_signs(texts):
            layout = replace(layout, positive="out")
    guessed = [at for column, places in roles.items() if column not in named for at in places]
    if layout.counterparty_from and StatementColumn.COUNTERPARTY not in roles:
        place = [name_of(text) for text in texts].index(name_of(layout.counterparty_from))
        roles[StatementColumn.COUNTERPARTY] = (place,)
    by_values = tuple(
        texts[at] if at < len(texts) and texts[at] else f"({at + 1})" for at in sorted(guessed)
    )
    return StatementHeader(number, texts, roles, layout, tuple(above), by_values=by_values)


def _reversed_signs(texts: Sequence[str]) -> bool:
    """Whether a name says that a sum without a sign went out: 金额（正数为支出）."""
    return any(_PLUS_OUT.search(name_of(text)) for text in texts)


def _spends_without_sign(
    grid: Grid,
    row: int,
    roles: Mapping[StatementColumn, tuple[int, ...]],
    texts: Sequence[str],
) -> bool:
    """Whether a bill of a credit card counts what was spent without a sign: they do, unless what was paid back bears
    none."""
    if StatementColumn.AMOUNT not in roles or not any(map(_CREDIT.search, texts)):
        return False
    amount, summaries = roles[StatementColumn.AMOUNT][0], roles.get(StatementColumn.SUMMARY, ())
    balance = 0
    for cells in islice(grid.rows(), row, row + _SEARCHED):
        summary = "".join(grid.text(cells[at]) for at in summaries if at < len(cells))
        if _PAID_BACK.search(summary) and amount < len(cells):
            balance += 1 if grid.text(cells[amount]).startswith(("-", "−", "－")) else -1
    return balance >= 0


def _joined(upper: Sequence[str], lower: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The names of two rows of one header: a name above stands over all that it is wide; () where the lower row is
    none of a header."""
    if sum(map(bool, lower)) < 2 or _DIGIT.search("".join(lower)):
        return ()
    names, over = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        over = above or over
        both = f"{over}{below}" if below else above
        names.append(both if words.meaning(both) else below or above)
    return tuple(names)
