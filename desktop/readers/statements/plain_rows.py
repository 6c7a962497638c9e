"""Plain lines, many at once and column by column: what each line would say by itself, for a third of the time.

Most statements have a million lines of one form. Where every line of a batch has it, nothing need be asked of each;
where one has not, nothing is read here and the batch goes line by line through :class:`RowBuilder`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from desktop.domain.money.amounts import MAX_FEN
from desktop.domain.statements.rounded import zeroed
from desktop.domain.statements.statement import (
    Effect,
    MoneyDirection,
    StatementColumn,
    StatementRow,
)
from desktop.readers.statements.cells import LONGEST_AMOUNT, ungrouped
from desktop.readers.statements.grid import Cells, Grid, formula_cell, text_cell
from desktop.readers.statements.row_builder import PLACEHOLDERS, RowBuilder

_ZEROS: Final = bytes.maketrans(b"123456789", b"000000000")
_MOMENTS: Final = frozenset(
    {
        b"00000000", b"0000-00-00", b"0000/00/00", b"00000000 00:00:00", b"0000-00-00 00:00:00",
        b"0000/00/00 00:00:00", b"0000-00-00T00:00:00", b"0000/00/00T00:00:00",
    }
)  # fmt: skip
"""How a moment may be written, every digit as a zero."""
_BETWEEN: Final = (
    StatementColumn.COUNTERPARTY,
    StatementColumn.ACCOUNT,
    StatementColumn.BANK,
    StatementColumn.REFERENCE,
    StatementColumn.MERCHANT_REFERENCE,
    StatementColumn.CHANNEL,
)
"""In the order of a row's fields."""
_WHEN: Final = frozenset({StatementColumn.DATE, StatementColumn.TIME})
_FORMED: Final = _WHEN | {
    StatementColumn.AMOUNT,
    StatementColumn.INCOMING,
    StatementColumn.OUTGOING,
    StatementColumn.BALANCE,
}
"""Columns whose form is looked at as a whole: of text files they are cleaned only where it is not the usual one."""
_SUMMED: Final = (StatementColumn.SUMMARY, StatementColumn.COUNTERPARTY)
_SPOILED: Final = (
    StatementColumn.ACCOUNT,
    StatementColumn.REFERENCE,
    StatementColumn.MERCHANT_REFERENCE,
)
_MADE: Final[Callable[[tuple[Any, ...]], StatementRow]] = partial(
    tuple.__new__, StatementRow
)  # a named tuple's own way costs twice

Columns = dict[StatementColumn, list[str]]
_Money = tuple[list[int], list[str], list[MoneyDirection]]
"""Fen, the text they stand in, and which way they went, of each line."""


class PlainRows:
    """``build`` gives the rows of a batch, or None for one in which anything is out of the ordinary."""

    def __init__(self, grid: Grid, builder: RowBuilder) -> None:
        self._text = grid.text
        self._formed = _FORMED if grid.text in {text_cell, formula_cell} else frozenset()
        self._builder = builder
        self._two = bool(
            builder.places.keys() & {StatementColumn.INCOMING, StatementColumn.OUTGOING}
        )
        self._places = {column: places[0] for column, places in builder.places.items()}
        self._width = max(self._places.values()) + 1
        self._more = [column for column, places in builder.places.items() if places[1:]]
        self.useful = builder.is_plain and len(self._places) > 1
        """Whether this statement can have such lines at all."""

    def build(self, number: int, lines: Sequence[Cells]) -> list[StatementRow] | None:
        """The rows of ``lines``, of which the first is line ``number``; all of them are movements of money."""
        if min(map(len, lines)) < self._width:
            return None
        columns = self._columns(lines)
        nothing = [""] * len(lines)
        get = columns.get
        whole, times = self._times(columns)
        balance = self._fen(columns, StatementColumn.BALANCE, nothing)
        money = self._of_two(columns, nothing) if self._two else self._of_one(columns, nothing)
        if times is None or balance is None or money is None or self._odd(columns):
            return None
        amounts, written, ways = money
        columns[StatementColumn.ACCOUNT] = list(
            map(ungrouped, get(StatementColumn.ACCOUNT, nothing))
        )
        if self._builder.remarks:
            self._part(columns, nothing)
        status = get(StatementColumn.STATUS, nothing)
        effects = {text: self._builder.effect(text) for text in set(status)}
        some = (get(column, nothing) for column in _BETWEEN)
        return list(
            map(
                _MADE,
                zip(
                    range(number, number + len(lines)), times, whole, amounts, written,
                    ["CNY"] * len(lines), ways, map(effects.__getitem__, status), *some,
                    status, get(StatementColumn.SUMMARY, nothing), balance, [0] * len(lines),
                    [()] * len(lines),
                    strict=True,
                ),
            )
        )  # fmt: skip

    def _part(self, columns: Columns, nothing: list[str]) -> None:
        names = columns.get(StatementColumn.COUNTERPARTY, nothing)
        summaries = columns.get(StatementColumn.SUMMARY, nothing)
        both = list(map(self._builder.parted, names, summaries))
        columns[StatementColumn.COUNTERPARTY] = [name for name, _ in both]
        columns[StatementColumn.SUMMARY] = [summary for _, summary in both]

    def _columns(self, lines: Sequence[Cells]) -> Columns:
        texts_by_column: Columns = {}
        # As far as the shortest line goes, which is far enough.
        columns = list(zip(*lines, strict=False))
        for column, place in self._places.items():
            cells = columns[place]
            texts_by_column[column] = list(cells) if column in self._formed else self._clean(cells)
        return texts_by_column

    def _clean(self, cells: Sequence[Any]) -> list[str]:
        first = cells[0]
        if self._formed and first == cells[-1] and cells.count(first) == len(cells):
            text = self._text(first)  # a currency, a bank, a channel: told once
            return ["" if text in PLACEHOLDERS else text] * len(cells)
        texts = list(map(self._text, cells))
        if not PLACEHOLDERS.isdisjoint(texts):
            texts = ["" if text in PLACEHOLDERS else text for text in texts]
        return texts

    def _times(self, columns: Columns) -> tuple[list[str], list[datetime] | None]:
        """The moments as written, and what they are."""
        whole = _joined(columns[StatementColumn.DATE], columns.get(StatementColumn.TIME))
        times = _moments(whole)
        if times is None and self._formed:
            for column in _WHEN & columns.keys():
                columns[column] = self._clean(columns[column])
            whole = _joined(columns[StatementColumn.DATE], columns.get(StatementColumn.TIME))
            times = _moments(whole)
        return whole, times

    def _fen(
        self, columns: Columns, column: StatementColumn, nothing: list[str]
    ) -> Sequence[int | None] | None:
        """The sums of a column, which is cleaned only if it is not as it should be: a sum in its usual form has no
        padding and is no placeholder."""
        fens = _fens(columns.get(column, nothing))
        if fens is None and self._formed:
            columns[column] = self._clean(columns[column])
            fens = _fens(columns[column])
        return fens

    def _odd(self, columns: Columns) -> bool:
        """Anything that has to be looked at line by line: a second column to read where the first is empty, an
        identifier a spreadsheet spoiled, a refund, a line of sums, coins."""
        return (
            any("" in columns[column] for column in self._more)
            or any("E+" in "\n".join(columns.get(column, ())) for column in _SPOILED)
            or self._zeroed(columns.get(StatementColumn.ACCOUNT, ()))
            or any(map(self._names_refund, set(columns.get(StatementColumn.STATUS, ()))))
            or any(not self._builder.sums.isdisjoint(columns.get(column, ())) for column in _SUMMED)
            or any(
                self._builder.unit(text) != "CNY"
                for text in set(columns.get(StatementColumn.CURRENCY, ("",)))
            )
        )

    def _zeroed(self, accounts: Sequence[str]) -> bool:
        return "000\n" in "\n".join(accounts) + "\n" and any(map(zeroed, accounts))

    def _names_refund(self, status: str) -> bool:
        return "已退" in status or self._builder.effect(status) is Effect.RETURNED

    def _of_one(self, columns: Columns, nothing: list[str]) -> _Money | None:
        fens = self._fen(columns, StatementColumn.AMOUNT, nothing)
        if fens is None or None in fens:
            return None
        whole: Sequence[int] = fens  # type: ignore[assignment]  # none of them is None
        written = columns.get(StatementColumn.AMOUNT, nothing)
        words = columns.get(StatementColumn.DIRECTION)
        if words is None:
            ways = [self._builder.by_sign(fen) for fen in whole]
        else:
            if not all(map(self._builder.knows, set(words))):
                return None
            known = {word: self._builder.by_word(word) for word in set(words)}
            ways = list(map(known.__getitem__, words))
        return list(map(abs, whole)), written, ways

    def _of_two(self, columns: Columns, nothing: list[str]) -> _Money | None:
        """One column for what came, one for what went."""
        came = self._fen(columns, StatementColumn.INCOMING, nothing)
        went = self._fen(columns, StatementColumn.OUTGOING, nothing)
        if came is None or went is None:
            return None
        incoming = columns.get(StatementColumn.INCOMING, nothing)
        outgoing = columns.get(StatementColumn.OUTGOING, nothing)
        amounts, written, ways = [], [], []
        for got, paid, got_text, paid_text in zip(came, went, incoming, outgoing, strict=True):
            if paid is not None and not got:
                amounts.append(abs(paid))
                written.append(paid_text)
                ways.append(MoneyDirection.OUT)
            elif got is not None and not paid:
                amounts.append(abs(got))
                written.append(got_text)
                ways.append(MoneyDirection.IN)
            else:
                return None
        return amounts, written, ways


def _joined(days: list[str], clocks: list[str] | None) -> list[str]:
    if clocks is None:
        return days
    return [f"{day} {clock}" if clock else day for day, clock in zip(days, clocks, strict=True)]


def _moments(whole: Sequence[str]) -> list[datetime] | None:
    """``2026-11-24 10:12:35``, ``2026/11/24``, ``20261124 10:12:35``, all of them written alike; else None."""
    together = "\n".join(whole)
    form = whole[0].encode("utf-8", "replace").translate(_ZEROS)
    if form not in _MOMENTS or not together.isascii():
        return None
    if together.encode("ascii").translate(_ZEROS) != b"\n".join([form] * len(whole)):
        return None
    rest = "+08:00" if len(form) > 10 else "T00:00:00+08:00"
    if b"/" in form:
        together = together.replace("/", "-")
    try:
        return list(
            map(datetime.fromisoformat, (together.replace("\n", f"{rest}\n") + rest).split("\n"))
        )
    except ValueError:
        return None


def _fens(texts: Sequence[str]) -> Sequence[int | None] | None:
    """Hundredths of amounts written ``-98000.00``, None for an empty cell; None if one is written otherwise."""
    written = list(filter(None, texts)) if "" in texts else texts
    if not written:
        return [None] * len(texts)
    fens = _whole_fens(written)
    if fens is None or max(fens) > MAX_FEN or min(fens) < -MAX_FEN:
        return None
    if written is texts:
        return fens
    following = iter(fens)
    return [next(following) if text else None for text in texts]


def _whole_fens(written: Sequence[str]) -> list[int] | None:
    """The same where every cell holds one. All are looked at together: each has a sign at most at its beginning, and
    one point with two digits behind it and at least one before."""
    together = "\n".join(written)
    if not together.isascii() or max(map(len, written)) > LONGEST_AMOUNT:
        return None
    form = f"\n{together}\n".encode("ascii").translate(_ZEROS)
    count = len(written)
    usual = (
        form.count(b"\n") == count + 1
        and form.count(b"0.00\n") == form.count(b".") == count
        and form.count(b"\n-") == form.count(b"-")
        and not form.translate(None, b"0.-\n")
    )
    return list(map(int, together.replace(".", "").split("\n"))) if usual else None
