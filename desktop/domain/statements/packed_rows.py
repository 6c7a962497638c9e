"""A million rows of a statement in a fifth of the memory: packed some hundred at a time, column by column.

A row as a named tuple takes a kilobyte, of which the text is a tenth. Here the texts of a column stand in one, what
repeats stands once, and numbers are numbers. A row is made when it is asked for, equal to the one that was given.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter, eq
from typing import Any, Final, overload

from desktop.domain.statements.statement import StatementRow
from desktop.domain.time.local_time import CHINA

_BLOCK: Final = 256
_KEPT: Final = 8
"""Blocks whose rows are kept ready: what is in sight, and what was a moment ago."""
_OFTEN: Final = 4
"""Words of a column are numbered where each stands about this often in a block."""
_BETWEEN: Final = "\0"
_NOTHING: Final = -(1 << 63)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=CHINA)
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=CHINA)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=CHINA)
"""Between these a float holds the microseconds of an instant."""
_MADE: Final[Callable[[tuple[Any, ...]], StatementRow]] = partial(
    tuple.__new__, StatementRow
)  # a named tuple's own way costs twice

_Packed = Callable[[], Sequence[Any]]
"""Gives the values of a column back."""


class PackedRows(Sequence[StatementRow]):
    """The rows in their order. Safe to read from several threads."""

    __slots__ = ("__weakref__", "_block", "_blocks", "_size")

    def __init__(self, rows: Iterable[StatementRow] = ()) -> None:
        """Takes all of ``rows``, a block at a time: they need never be in memory together."""
        self._blocks: list[tuple[_Packed, ...]] = []
        self._size = 0
        given = iter(rows)
        while some := tuple(islice(given, _BLOCK)):
            self._blocks.append(tuple(map(_pack, zip(*some, strict=True))))
            self._size += len(some)
        # Nothing here may point back at this object: it must go with its last user, not at some later collection.
        self._block = lru_cache(maxsize=_KEPT)(partial(_rows_of, self._blocks))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[StatementRow]:
        for number in range(len(self._blocks)):
            yield from _rows_of(self._blocks, number)

    def __eq__(self, other: object) -> bool:
        """Whether the same rows stand in the same order, packed or not."""
        if not isinstance(other, PackedRows | tuple):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    @overload
    def __getitem__(self, place: int) -> StatementRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[StatementRow, ...]: ...

    def __getitem__(self, place: int | slice) -> StatementRow | tuple[StatementRow, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(self._size)))
        number, within = divmod(_within(place, self._size), _BLOCK)
        return self._block(number)[within]


class ChosenRows(Sequence[StatementRow]):
    """Some of ``rows``, by their places."""

    __slots__ = ("_places", "_rows")

    def __init__(self, rows: Sequence[StatementRow], places: Iterable[int]) -> None:
        self._rows = rows
        self._places = array("I", places)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> StatementRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[StatementRow, ...]: ...

    def __getitem__(self, place: int | slice) -> StatementRow | tuple[StatementRow, ...]:
        if isinstance(place, slice):
            return tuple(self._rows[at] for at in self._places[place])
        return self._rows[self._places[place]]


def _rows_of(blocks: Sequence[tuple[_Packed, ...]], number: int) -> tuple[StatementRow, ...]:
    columns = (column() for column in blocks[number])
    return tuple(map(_MADE, zip(*columns, strict=True)))


def place_of(rows: Sequence[StatementRow], number: int) -> int:
    """The place of the row of line ``number`` among ``rows``, whose numbers rise; -1 if it is not among them."""
    at = bisect_left(rows, number, key=attrgetter("row"))
    return at if at < len(rows) and rows[at].row == number else -1


def _within(place: int, size: int) -> int:
    at = place + size if place < 0 else place
    if not 0 <= at < size:
        raise IndexError(place)
    return at


def _pack(values: tuple[Any, ...]) -> _Packed:
    """The column in the smallest form that gives back the same values."""
    kinds = set(map(type, values))
    if kinds <= {int, type(None)}:
        return _numbers(values)
    if kinds == {datetime}:
        return _moments(values)
    return _few(values) or (_texts(values) if kinds == {str} else lambda: values)


def _few(values: tuple[Any, ...]) -> _Packed | None:
    """Words that repeat, each once and then by number; None where too few do."""
    numbered = {value: number for number, value in enumerate(dict.fromkeys(values))}
    known, count = tuple(numbered), len(values)
    if len(known) == 1:
        return lambda: known * count
    if len(known) * _OFTEN > count:
        return None
    numbers = bytes(map(numbered.__getitem__, values))
    return lambda: [known[number] for number in numbers]


def _texts(values: tuple[str, ...]) -> _Packed:
    together = _BETWEEN.join(values)
    if together.count(_BETWEEN) >= len(values):
        return lambda: values  # a text holds the sign itself
    return lambda: together.split(_BETWEEN)


def _numbers(values: tuple[int | None, ...]) -> _Packed:
    first, count = values[0], len(values)
    if first is not None and values == tuple(range(first, first + count)):
        return lambda: range(first, first + count)
    if values.count(first) == count:
        return lambda: (first,) * count
    try:
        packed = array("q", [_NOTHING if value is None else value for value in values])
    except OverflowError:
        return lambda: values
    if None not in values:
        return lambda: packed
    if _NOTHING in values:
        return lambda: values
    return lambda: [None if value == _NOTHING else value for value in packed]


def _moments(values: tuple[datetime, ...]) -> _Packed:
    here = {value.utcoffset() for value in values} == {_EPOCH.utcoffset()}
    if not here or min(values) < _EARLIEST or max(values) > _LATEST:
        return lambda: values
    seconds = array("d", [(value - _EPOCH).total_seconds() for value in values])
    return lambda: [_EPOCH + timedelta(seconds=value) for value in seconds]
