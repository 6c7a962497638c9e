"""A statement being read: row after row, then what there is to say of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from desktop.domain.statements.packed_rows import PackedRows
from desktop.domain.statements.statement import (
    StatedTotal,
    Statement,
    StatementColumn,
    StatementFinding,
    StatementHead,
    StatementRow,
    without_rows,
)
from desktop.domain.time.local_time import LEGAL_OFFSET
from desktop.readers.statements.cells import is_signed, name_of
from desktop.readers.statements.columns.header import StatementHeader, tells_sides
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.directions import (
    LOOK,
    by_balance,
    needs_sign,
    own_address,
    unsigned,
    without_red,
)
from desktop.readers.statements.grid import Cells, Counted, Grid, named
from desktop.readers.statements.holder import holder_of
from desktop.readers.statements.other_lines import OtherLines
from desktop.readers.statements.plain_rows import PlainRows
from desktop.readers.statements.reversals import TAKEN_BACK, TAKES_BACK, Reversals
from desktop.readers.statements.row_builder import RowBuilder
from desktop.readers.statements.totals import Sums, stated_rows, stated_totals

_YEAR_LAST: Final = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)")
_MONTHS: Final = 12
_LOOK: Final = 500


def with_day_order(grid: Grid, header: StatementHeader) -> tuple[StatementHeader, bool]:
    """The header with the order that its first rows show, and whether they leave it open. A layout that is known, and a
    person, say it themselves."""
    place = next(
        (
            header.roles[c][0]
            for c in (StatementColumn.DATE, StatementColumn.TIME)
            if c in header.roles
        ),
        -1,
    )
    if header.layout.id or header.chosen or place < 0:
        return header, False
    days = list(
        _days(grid.text(cells[place]) for cells in _rows(grid, header) if place < len(cells))
    )
    first = any(day > _MONTHS for day, _ in days)
    second = any(day > _MONTHS for _, day in days)
    if first and not second:
        return replace(header, layout=replace(header.layout, day_order="dmy")), False
    return header, bool(days) and first is second


def _rows(grid: Grid, header: StatementHeader) -> Iterator[Cells]:
    return islice(grid.rows(), header.row, header.row + _LOOK)


def _days(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The first two numbers of each; nothing more is read where the first day has its year in front."""
    for text in filter(None, texts):
        match = _YEAR_LAST.match(text)
        if match is None:
            return
        yield int(match[1]), int(match[2])


_OF_COLUMN: Final = re.compile(r"utc(?:([+-]\d{1,2})(?::00)?)?")
_ABOVE: Final = re.compile(r"(?:timezone|时区):?(?:utc|gmt)([+-]\d{1,2})?")


def to_legal_time(header: StatementHeader) -> timedelta:
    """What is added to a time as written: by the name of its column, else by a line above; zero where neither tells."""
    place = next(
        (
            header.roles[c][0]
            for c in (StatementColumn.DATE, StatementColumn.TIME)
            if c in header.roles
        ),
        -1,
    )
    name = name_of(header.columns[place]) if 0 <= place < len(header.columns) else ""
    found = _OF_COLUMN.search(name) or _ABOVE.search(name_of("\n".join(header.above)))
    if found is None:
        return timedelta()
    return LEGAL_OFFSET - timedelta(hours=int(found[1] or 0))


_SAMPLE: Final = 500
_BATCH: Final = 128
"""Lines that are read column by column, if all are plain; more than stay near the processor cost more."""
_MISSES: Final = 5
"""Batches in a row that were not plain; after them no further is tried."""
_REVERSED: Final = frozenset({TAKEN_BACK, TAKES_BACK})
_PROBLEMS: Final = itemgetter(StatementRow._fields.index("problems"))


class StatementReader:
    """Iterate once; afterwards ``stated`` and ``findings`` are complete. ``more``: other tables of the file."""

    def __init__(
        self, grid: Grid, header: StatementHeader, words: Vocabulary, more: int = 0
    ) -> None:
        header, order_open = with_day_order(grid, header)
        self._grid = grid
        self._header, self._order_open = header, order_open
        self._words = words
        self._more = more
        self._sums = Sums()
        self._clocks = False
        self._damaged = Counted()
        self._shift = to_legal_time(header)
        holder = holder_of(header.above)
        self._address = self._own()
        self._reversals = Reversals(grid, header, words.reversals)
        self._reversed = Counted()
        self._other = OtherLines(grid, header, words, holder.account)
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
        if not self._address:
            batches = self._reversals.settled(batches)
        return chain.from_iterable(map(self._counted, batches))

    def _counted(self, rows: list[StatementRow]) -> list[StatementRow]:
        self._sums.add_all(rows)
        if len(rows) > list(map(_PROBLEMS, rows)).count(()):
            for row in rows:
                if not _REVERSED.isdisjoint(row.problems):
                    self._reversed.add(row.row)
                if not _REVERSED.issuperset(row.problems):
                    self._damaged.add(row.row)
        return rows

    def whole(self) -> Statement:
        """Read to the end. Raises ``UserInputError``: ``statement.no_rows``, ``statement.empty_period``."""
        rows = PackedRows(self)
        if not rows:
            raise without_rows(self.head)
        return Statement(self.head, rows, self.stated, self.findings, self.counted)

    @property
    def stated(self) -> tuple[StatedTotal, ...]:
        """The sums the file tells of itself."""
        return stated_totals(self._other.texts)

    @property
    def counted(self) -> tuple[StatedTotal, ...]:
        """The rows themselves, counted and added by direction."""
        return self._sums.totals()

    @property
    def findings(self) -> tuple[StatementFinding, ...]:
        """What a person must know before relying on the rows."""
        found = list(self._sums.differences(self.stated, stated_rows(self._other.texts)))
        found += self._of_columns()
        if not self._clocks:
            found.append(StatementFinding("no_clock"))
        if self._shift:
            found.append(StatementFinding("zone", {"hours": self._shift // timedelta(hours=1)}))
        if self._order_open:
            found.append(StatementFinding("day_order"))
        if self._damaged.n:
            found.append(StatementFinding("damaged", self._damaged.params()))
        if self._reversed.n:
            found.append(StatementFinding("reversed", self._reversed.params()))
        found += self._of_lines()
        return tuple(found)

    def _of_lines(self) -> Iterator[StatementFinding]:
        noted = self._grid.noted
        if noted.sheets:
            count = len(noted.sheets)
            yield StatementFinding("sheets", {"n": count, "names": named(noted.sheets, count)})
        if noted.garbled:
            yield StatementFinding("garbled")
        for code, n in (("behind", noted.behind), ("more", self._more)):
            if n:
                yield StatementFinding(code, {"n": n})
        if accounts := self._other.accounts:
            yield StatementFinding("accounts", {"names": accounts})
        for code, lines in (
            ("quotes", noted.quotes),
            ("displaced", noted.displaced),
            ("skipped", self._other.skipped),
        ):
            if lines.n:
                yield StatementFinding(code, lines.params())

    def _of_columns(self) -> Iterator[StatementFinding]:
        if self._header.chosen:
            yield StatementFinding("said_columns")
        elif not self.head.layout:
            yield StatementFinding("unknown_layout")
            if guessed := self._header.by_values:
                yield StatementFinding("by_values", {"names": named(guessed, len(guessed))})
            if names := self._header.unread:
                yield StatementFinding("unread_columns", {"names": named(names, len(names))})

    def _built(self) -> Iterator[list[StatementRow]]:
        builder = RowBuilder(
            self._grid, self._header, self._words, own=self._address, zoned=not self._shift
        )
        plain = PlainRows(self._grid, builder)
        data, number = self._data(), self._header.row + 1
        misses = 0 if plain.useful and not self._shift else _MISSES
        while lines := list(islice(data, _BATCH)):
            tried = misses < _MISSES and not self._other.foreign
            if not self._address:
                self._reversals.look(number, lines)
            rows = plain.build(number, lines) if tried else None
            misses = misses + 1 if rows is None else 0
            if rows is None:
                yield list(self._one_by_one(builder, number, lines))
            else:
                self._clocks = self._clocks or any(map(_has_clock, rows))
                builder.last_day = rows[-1].time_text.split()[0]
                yield rows
            number += len(lines)

    def _one_by_one(
        self, builder: RowBuilder, first: int, lines: Sequence[Cells]
    ) -> Iterator[StatementRow]:
        for number, cells in enumerate(lines, first):
            row = builder.build(number, cells)
            builder.last_day = row.time_text.split()[0] if row is not None else ""
            if row is not None and self._other.foreign:
                self._grid.noted.behind += 1
            elif row is not None:
                if self._shift:
                    row = _shifted(row, self._shift)
                if not self._clocks:
                    self._clocks = _has_clock(row)
                yield row
            else:
                self._other.note(number, cells)

    def _data(self) -> Iterator[Cells]:
        return islice(self._grid.rows(), self._header.row, None)

    def _own(self) -> str:
        """Whose export of a chain it is; "" for other statements."""
        peers = {StatementColumn.SENDER, StatementColumn.RECEIVER} <= self._header.roles.keys()
        if not peers or StatementColumn.DIRECTION in self._header.roles:
            return ""
        return own_address(self._grid, self._header, islice(self._data(), _SAMPLE))


def _batched(rows: Iterator[StatementRow]) -> Iterator[list[StatementRow]]:
    return iter(lambda: list(islice(rows, _BATCH)), [])


def _signed(batches: Iterator[list[StatementRow]]) -> Iterator[list[StatementRow]]:
    """As they are where sums bear signs; else by the balance, and whose balance does not tell is unsure."""
    first = list(islice(batches, LOOK))
    whole = chain(first, batches)
    if any(is_signed(row.amount_text) for row in chain.from_iterable(first)):
        return whole
    return _batched(by_balance(map(unsigned, chain.from_iterable(whole))))


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
