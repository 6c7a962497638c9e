"""Bookings that take an earlier one back (冲正, 抹账, 退汇): neither of the two moved any money.

A bank lists both as if they were movements, seconds or days apart. Which one a reversal takes back is told by the sum,
the other side and the time; where that leaves it open, the earlier one stays as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from desktop.domain.statements.statement import (
    Effect,
    MoneyDirection,
    StatementColumn,
    StatementRow,
)
from desktop.readers.pasted.surnames import is_person
from desktop.readers.statements.columns.header import StatementHeader
from desktop.readers.statements.columns.vocabulary import ReversalWords
from desktop.readers.statements.directions import LOOK, RED_CODES, newest_first
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.remarks import is_company

TAKEN_BACK: Final = "statement.cell.taken_back"
TAKES_BACK: Final = "statement.cell.takes_back"
_REACH: Final = 8
"""Batches among which the booking is looked for that a reversal takes back: a thousand lines. More of them would not
stay near the processor."""
_MOST: Final = 32
"""Bookings of the sum that are looked at, the nearest first."""
_KEPT: Final = 1_000
"""Cells without any such word that are known again: most statements have some dozens of them."""
_LONGEST: Final = timedelta(days=31)
_LEAST_SERIAL: Final = 6
_INNER: Final = re.compile(
    r"待清算|待处理|挂账|暂收|暂挂|应付|应收|清算|汇划|内部|系统|过渡|往来户"
)
"""Accounts of the bank's own, through which it books what comes back."""
_TOLD_IN: Final = (StatementColumn.SUMMARY, StatementColumn.STATUS)
_PROBLEMS: Final = itemgetter(StatementRow._fields.index("problems"))
_OPPOSITE: Final = {
    MoneyDirection.IN: MoneyDirection.OUT,
    MoneyDirection.OUT: MoneyDirection.IN,
}


@dataclass(frozen=True, slots=True)
class _Note:
    """What a line says of itself. ``surely``: in the words of a bank and none besides; ``undone``: that it was itself
    taken back; ``refunds``: that a shop gives back what was paid."""

    text: str
    surely: bool = False
    undone: bool = False
    refunds: bool = False


_NOTHING: Final = _Note("")


class _Batch:
    """Rows that are held until all is known of them."""

    def __init__(self, rows: list[StatementRow]) -> None:
        self.rows = rows

    @cached_property
    def places(self) -> dict[tuple[int | None, str], list[int]]:
        """Where each sum stands."""
        found: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        for at, row in enumerate(self.rows):
            found[_sum_of(row)].append(at)
        return found


_Place = tuple[_Batch, int]


class Reversals:
    """``look`` takes the lines as they stand in the file, ``settled`` the rows made of them."""

    def __init__(self, grid: Grid, header: StatementHeader, words: ReversalWords) -> None:
        self._text = grid.text
        self._words = words
        self._places = [
            (at, column is StatementColumn.STATUS)
            for column in _TOLD_IN
            for at in header.roles.get(column, ())
        ]
        self._flags = [at for at, name in enumerate(header.columns) if words.is_flag(name)]
        self._plain: set[str] = set()
        self._noted: dict[int, _Note] = {}
        self._newest_first = False

    def look(self, first: int, lines: Sequence[Cells]) -> None:
        """Note which of the lines, the first of number ``first``, say that they take another back."""
        for at, of_status in self._places:
            texts = _distinct(lines, at) - self._plain
            if self._words.occur("\n".join(texts)):
                cells = [cells[at] if at < len(cells) else "" for cells in lines]
                self._read(first, cells, of_status=of_status)
            elif len(self._plain) < _KEPT:
                self._plain |= texts
        for at in self._flags:
            for number, cells in enumerate(lines, first):
                if at < len(cells) and self._words.raised(self._text(cells[at])):
                    self._noted[number] = _Note(text="", surely=True, undone=True)

    def _read(self, first: int, cells: Sequence[str], *, of_status: bool) -> None:
        words = self._words
        for number, cell in enumerate(cells, first):
            if words.gives_back(cell):
                refunds = words.refunds(cell)
                if of_status and (refunds or words.refunds_all(cell)):
                    continue  # the status itself says what became of the money
                noted = _Note(cell, words.alone(cell), of_status or words.undone(cell), refunds)
                known = self._noted.get(number)
                if known is None or (noted.surely and not known.surely):
                    self._noted[number] = noted

    def settled(self, batches: Iterable[list[StatementRow]]) -> Iterator[list[StatementRow]]:
        """The rows with the effect that reversals have on them."""
        given = iter(batches)
        first = list(islice(given, LOOK))
        self._newest_first = newest_first(list(chain.from_iterable(first))) or False
        held: deque[_Batch] = deque()
        for rows in chain(first, given):
            held.append(_Batch(rows))
            if not self._newest_first:
                self._settle(held, len(held) - 1)
            if len(held) > _REACH:
                yield self._next(held)
        while held:
            yield self._next(held)

    def _next(self, held: deque[_Batch]) -> list[StatementRow]:
        if self._newest_first:
            self._settle(held, 0)
        rows = held.popleft().rows
        if self._noted:
            for row in rows:
                self._noted.pop(row.row, None)
        return rows

    def _settle(self, held: deque[_Batch], at: int) -> None:
        batch = held[at]
        odd = len(batch.rows) > list(map(_PROBLEMS, batch.rows)).count(())
        if not self._noted and not odd:
            return
        for place, row in enumerate(batch.rows):
            noted = self._noted.get(row.row)
            red = odd and not RED_CODES.keys().isdisjoint(row.problems)
            if (noted is None and not red) or TAKEN_BACK in row.problems:
                continue  # what was taken back takes nothing back
            taken = self._taken_back(held, (at, place), noted or _Note("", surely=True))
            if taken is not None:
                other, where = taken
                other.rows[where] = _undone(other.rows[where])
            if not red and noted is not None:
                batch.rows[place] = _judged(row, noted, paired=taken is not None)

    def _taken_back(
        self, held: deque[_Batch], place: tuple[int, int], noted: _Note
    ) -> _Place | None:
        """Where the booking stands that the row at ``place`` takes back; None where nothing tells."""
        row = held[place[0]].rows[place[1]]
        if noted.undone and row.direction is MoneyDirection.OUT:
            return None
        fit: list[tuple[_Place, int]] = []
        for found in islice(self._of_sum(held, place, _sum_of(row)), _MOST):
            found_noted = self._noted.get(_row(found).row, _NOTHING)
            alike = _alike(row, _row(found), noted)
            if noted.refunds and not self._bought(_row(found)):
                continue
            if alike and (found_noted.undone or not found_noted.surely):
                fit.append((found, alike))
        known = [found for found, alike in fit if alike > 1]
        if known:
            failed = (one for one in known if _row(one).effect is Effect.UNDONE)
            return next(failed, known[0])
        sides = {_row(found).other_side for found, _ in fit}
        return fit[0][0] if noted.surely and len(sides) == 1 else None

    def _bought(self, row: StatementRow) -> bool:
        """Whether it paid a shop, or itself says that it was given back: what a person gives back may be a bait."""
        if row.effect is Effect.UNDONE:
            return True
        name, _ = row.other_side
        person = "*" in name or is_person(name)
        return not person and (self._words.buys(row.summary) or is_company(name))

    def _of_sum(
        self, held: deque[_Batch], place: tuple[int, int], key: tuple[int | None, str]
    ) -> Iterator[_Place]:
        """The rows of this sum that are older than that at ``place``, the nearest first."""
        at, within = place
        numbers = range(at, len(held)) if self._newest_first else range(at, -1, -1)
        for number in numbers:
            found = held[number].places.get(key, [])
            if number == at:
                found = [where for where in found if (where > within) is self._newest_first]
            for where in found if self._newest_first else reversed(found):
                yield held[number], where


def _distinct(lines: Sequence[Cells], at: int) -> set[str]:
    try:
        return set(map(itemgetter(at), lines))
    except IndexError:  # a line ends before it
        return {cells[at] for cells in lines if at < len(cells)}


def _row(place: _Place) -> StatementRow:
    return place[0].rows[place[1]]


def _sum_of(row: StatementRow) -> tuple[int | None, str]:
    """What two bookings of one sum have in common."""
    if row.amount_fen is not None:
        return row.amount_fen, ""
    return None, f"{row.currency} {row.amount_text.lstrip('+-−－')}"


def _alike(row: StatementRow, other: StatementRow, noted: _Note) -> int:
    """Whether ``row`` may take ``other`` back: 2 where the other sides agree, 1 where one of them has none."""
    settled = {TAKEN_BACK, TAKES_BACK, *RED_CODES} & set(other.problems)
    if settled and not (noted.refunds and settled == {TAKEN_BACK}):  # its status said so
        return 0
    side = next((RED_CODES[code] for code in row.problems if code in RED_CODES), None)
    if other.direction is not (side or _OPPOSITE.get(row.direction)):
        return 0
    if row.time is None or other.time is None or not _in_time(row, other):
        return 0
    if len(other.reference) >= _LEAST_SERIAL and other.reference in (row.reference, noted.text):
        return 2
    (name, account), (name_before, account_before) = row.other_side, other.other_side
    if account and account_before:
        return 2 * (account == account_before)
    if name and name_before:
        return 2 * (name == name_before) or _INNER.search(name) is not None
    return 1


def _in_time(row: StatementRow, other: StatementRow) -> bool:
    """Whether ``row`` is later than ``other``, and not much; a day alone may be any time of it."""
    if row.time is None or other.time is None:
        return False
    if row.day_alone or other.day_alone:
        passed = timedelta(days=(row.time.date() - other.time.date()).days)
    else:
        passed = row.time - other.time
    return timedelta() <= passed <= _LONGEST


def _undone(row: StatementRow) -> StatementRow:
    return row._replace(effect=Effect.UNDONE, problems=(*row.problems, TAKEN_BACK))


def _judged(row: StatementRow, noted: _Note, *, paired: bool) -> StatementRow:
    """A reversal; one whose booking is not to be found only where it can be nothing else."""
    if paired:
        return row._replace(effect=Effect.UNDONE, problems=(*row.problems, TAKES_BACK))
    if not noted.surely:
        return row
    if noted.undone or row.direction is MoneyDirection.OUT:
        return row._replace(effect=Effect.UNDONE, problems=(*row.problems, TAKEN_BACK))
    return row._replace(effect=Effect.RETURNED, problems=(*row.problems, TAKES_BACK))
