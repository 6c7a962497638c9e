"""A statement being read: row after row, then what there is to say of the whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.packed_rows import PackedRows
from desktop.domain.statement import (
    Column,
    Finding,
    StatedTotal,
    Statement,
    StatementHead,
    StatementRow,
)
from desktop.readers.statements.day_order import with_day_order
from desktop.readers.statements.directions import (
    LOOK,
    by_balance,
    is_signed,
    needs_sign,
    own_address,
    tells_sides,
    unsigned,
    without_red,
)
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.header import Header
from desktop.readers.statements.holder import holder_of
from desktop.readers.statements.plain_rows import PlainRows
from desktop.readers.statements.row_builder import RowBuilder
from desktop.readers.statements.totals import Sums, stated_totals
from desktop.readers.statements.vocabulary import Vocabulary
from desktop.readers.statements.zone import to_legal_time

_SAMPLE: Final = 500
_BATCH: Final = 128
"""Lines that are read column by column, if all are plain; more than stay near the processor cost more."""
_MISSES: Final = 5
"""Batches in a row that were not plain; after them no further is tried."""
_NAMED: Final = 6
"""Lines and columns that a finding names."""
_KEPT: Final = 60
"""Lines that are no rows, kept for the sums in them: all statements known tell theirs in the last few."""

_PROBLEMS: Final = itemgetter(StatementRow._fields.index("problems"))


class StatementReading:
    """Iterate once; afterwards ``stated`` and ``findings`` are complete."""

    def __init__(self, grid: Grid, header: Header, words: Vocabulary) -> None:
        header, order_open = with_day_order(grid, header)
        self._grid = grid
        self._header, self._order_open = header, order_open
        self._words = words
        self._sums_of_part = words.sums - _WHOLE
        self._sums = Sums()
        self._others: deque[str] = deque(header.above, _KEPT)
        self._skipped = _Counted()
        self._clocks = False
        self._damaged = _Counted()
        self._shift = to_legal_time(header)
        holder = holder_of(header.above)
        self._address = self._own()
        self.head = StatementHead(
            layout=header.layout.id,
            source=header.layout.source,
            container=grid.container,
            header_row=header.row,
            columns=header.columns,
            roles=header.roles,
            owner=holder.name,
            account=holder.account or self._address,
            period=holder.period,
        )

    def __iter__(self) -> Iterator[StatementRow]:
        batches = self._built()
        if self._header.layout.direction_from == "balance":
            batches = _batched(by_balance(chain.from_iterable(batches)))
        elif needs_sign(self._header):
            batches = _signed(batches)
        elif tells_sides(self._header):
            batches = without_red(batches)
        return chain.from_iterable(map(self._counted, batches))

    def _counted(self, rows: list[StatementRow]) -> list[StatementRow]:
        self._sums.add_all(rows)
        if len(rows) > list(map(_PROBLEMS, rows)).count(()):
            for row in rows:
                if row.problems:
                    self._damaged.add(row.row)
        return rows

    def whole(self) -> Statement:
        """Read to the end. Raises ``UserInputError("statement.no_rows")``."""
        rows = PackedRows(self)
        if not rows:
            raise UserInputError("statement.no_rows")
        return Statement(self.head, rows, self.stated, self.findings, self.counted)

    @property
    def stated(self) -> tuple[StatedTotal, ...]:
        """The sums the file tells of itself."""
        return stated_totals(self._others)

    @property
    def counted(self) -> tuple[StatedTotal, ...]:
        """The rows themselves, counted and added by direction."""
        return self._sums.totals()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person must know before relying on the rows."""
        found = list(self._sums.differences(self.stated))
        found += self._of_columns()
        if not self._clocks:
            found.append(Finding("no_clock"))
        if self._shift:
            found.append(Finding("zone", {"hours": self._shift // timedelta(hours=1)}))
        if self._order_open:
            found.append(Finding("day_order"))
        if self._damaged.n:
            found.append(Finding("damaged", self._damaged.told()))
        if self._grid.garbled:
            found.append(Finding("garbled"))
        if self._grid.behind.rows:
            found.append(Finding("behind", {"n": self._grid.behind.rows}))
        if self._skipped.n:
            found.append(Finding("skipped", self._skipped.told()))
        return tuple(found)

    def _of_columns(self) -> Iterator[Finding]:
        if self._header.said:
            yield Finding("said_columns")
        elif not self.head.layout:
            yield Finding("unknown_layout")
            if names := self._header.unread:
                more = " …" if len(names) > _NAMED else ""
                yield Finding("unread_columns", {"names": "、".join(names[:_NAMED]) + more})

    def _built(self) -> Iterator[list[StatementRow]]:
        builder = RowBuilder(
            self._grid, self._header, self._words, own=self._address, zoned=not self._shift
        )
        plain = PlainRows(self._grid, builder)
        data, number = self._data(), self._header.row + 1
        misses = 0 if plain.useful and not self._shift else _MISSES
        while lines := list(islice(data, _BATCH)):
            rows = plain.build(number, lines) if misses < _MISSES else None
            misses = misses + 1 if rows is None else 0
            if rows is None:
                yield list(self._one_by_one(builder, number, lines))
            else:
                self._clocks = self._clocks or any(map(_has_clock, rows))
                yield rows
            number += len(lines)

    def _one_by_one(
        self, builder: RowBuilder, first: int, lines: Sequence[Cells]
    ) -> Iterator[StatementRow]:
        for number, cells in enumerate(lines, first):
            row = builder.build(number, cells)
            if row is not None:
                if self._shift:
                    row = _shifted(row, self._shift)
                if not self._clocks:
                    self._clocks = _has_clock(row)
                yield row
            else:
                self._note(number, cells)

    def _data(self) -> Iterator[Cells]:
        return islice(self._grid.rows(), self._header.row, None)

    def _own(self) -> str:
        """Whose export of a chain it is; "" for other statements."""
        parties = {Column.SENDER, Column.RECEIVER} <= self._header.roles.keys()
        if not parties or Column.DIRECTION in self._header.roles:
            return ""
        return own_address(self._grid, self._header, islice(self._data(), _SAMPLE))

    def _note(self, number: int, cells: Cells) -> None:
        """A line that is no row: kept for its sums; counted if it looks as if it wanted to be one, and then what stands
        below the columns of money is no sum."""
        texts = [text for text in map(self._grid.text, cells) if text]
        if not texts:
            return
        if self._sums_of_part.intersection(texts):
            return
        line = " ".join(texts)
        row = len(texts) * 2 > len(self._header.columns) and not any(
            map(line.__contains__, _SUMMED)
        )
        self._others.append(line if row else self._with_columns(cells) + line)
        if row:
            self._skipped.add(number)

    def _with_columns(self, cells: Cells) -> str:
        """A line of sums below the columns of money, told as words: ``收入:1,234.56``."""
        said = ""
        for column, word in _SUM_WORDS.items():
            for place in self._header.roles.get(column, ())[:1]:
                text = self._grid.text(cells[place]) if place < len(cells) else ""
                said += f"{word}:{text}; " if text else ""
        return said


def _batched(rows: Iterator[StatementRow]) -> Iterator[list[StatementRow]]:
    return iter(lambda: list(islice(rows, _BATCH)), [])


def _signed(batches: Iterator[list[StatementRow]]) -> Iterator[list[StatementRow]]:
    """As they are where sums bear signs; else by the balance, and whose balance does not tell is unsure."""
    first = list(islice(batches, LOOK))
    whole = chain(first, batches)
    if any(is_signed(row.amount_text) for row in chain.from_iterable(first)):
        return whole
    return _batched(by_balance(map(unsigned, chain.from_iterable(whole))))


class _Counted:
    """Lines of which there is something to say: how many, and the first by their numbers."""

    def __init__(self) -> None:
        self.n = 0
        self._first: list[int] = []

    def add(self, number: int) -> None:
        """One more."""
        self.n += 1
        if self.n <= _NAMED:
            self._first.append(number)

    def told(self) -> dict[str, str | int]:
        """For a finding: ``n`` and ``rows``."""
        more = " …" if self.n > _NAMED else ""
        return {"n": self.n, "rows": "、".join(map(str, self._first)) + more}


_SUMMED: Final = ("合计", "总计", "总额", "小计", "共计", "累计", "total", "Total")
"""Words of a line of sums, however many of its cells are filled."""
_WHOLE: Final = frozenset(
    gap.join(word) for word in ("合计", "总计") for gap in ("", " ", "  ", "\u3000")
)
"""Of sums of the whole statement; any other is of a day, a month, a page."""
_SUM_WORDS: Final[Mapping[Column, str]] = {Column.INCOMING: "收入", Column.OUTGOING: "支出"}


def _shifted(row: StatementRow, shift: timedelta) -> StatementRow:
    """The row in legal time; a time at the end of all calendars stays as it is."""
    if row.time is None:
        return row
    try:
        return row._replace(time=row.time + shift)
    except OverflowError:
        return row


def _has_clock(row: StatementRow) -> bool:
    """Whether more than the day is known."""
    return row.time is not None and (row.time.hour, row.time.minute, row.time.second) != (0, 0, 0)
