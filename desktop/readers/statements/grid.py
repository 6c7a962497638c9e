"""Rows of cells, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

Cells = list[Any]

_NAMED: Final = 6
"""Lines and columns that a finding names."""


class Counted:
    """Lines of which there is something to say: how many, and the first by their numbers. A line read again, as those
    beside the header are, counts once."""

    def __init__(self) -> None:
        self.n = 0
        self._first: list[int] = []
        self._last = 0

    def add(self, number: int) -> None:
        """One more, behind those before it."""
        if number <= self._last:
            return
        self._last = number
        self.n += 1
        if self.n <= _NAMED:
            self._first.append(number)

    def params(self) -> dict[str, str | int]:
        """For a finding: ``n`` and ``rows``."""
        return {"n": self.n, "rows": named(map(str, self._first), self.n)}


def named(names: Iterable[str], n: int) -> str:
    """The first few, and whether there are more than these."""
    return "、".join([*names][:_NAMED]) + (" …" if n > _NAMED else "")


@dataclass(slots=True)
class Noted:
    """What is seen while the rows of a grid are read. ``behind``: rows of another statement, which lies behind them;
    ``quotes``: rows whose quotation mark had swallowed those after it; ``garbled``: some signs are no signs of the
    encoding; ``displaced``: rows of a printed table whose cells do not stand in their columns; ``sheets``: names of
    those that are read as one table."""

    sheets: tuple[str, ...] = ()
    behind: int = 0
    quotes: Counted = field(default_factory=Counted)
    garbled: bool = False
    displaced: Counted = field(default_factory=Counted)


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` may be called again and begins anew each time; ``text`` makes a cell a text.

    ``name`` is the sheet, where there are several.
    """

    container: str
    rows: Callable[[], Iterator[Cells]]
    text: Callable[[Any], str]
    name: str = ""
    noted: Noted = field(default_factory=Noted)


_BEGIN: Final = frozenset("0123456789*")

text_cell: Callable[[Any], str] = str.strip
"""A cell of a text file without the padding of spaces and tabs that exporters add."""


def formula_cell(cell: str) -> str:
    """``="0123"``, ``"0123"``, ``'0123`` or `` `0123``, ways to keep a spreadsheet from making a number of it; without
    that, as :func:`text_cell`."""
    bare = cell.strip()
    if bare.startswith('="') and bare.endswith('"'):
        return bare[2:-1].strip()
    if len(bare) > 2 and bare[0] == bare[-1] == '"':
        return bare[1:-1].strip()
    marked = bare.startswith("`") or (bare.startswith("'") and bare[1:2] in _BEGIN)
    return bare[1:].strip() if marked else bare
