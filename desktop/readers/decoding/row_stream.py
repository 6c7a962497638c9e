"""Rows handed to the desk in pieces, each cell a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from desktop.readers.decoding.decoder import CELL, ROW

_CHUNK: Final = 4000
"""Rows of one answer."""
_BLANK: Final = str.maketrans({CELL: " ", ROW: " "})


class RowStream:
    """``names`` of the sheets; ``rows`` begins one of them anew; ``text`` makes a cell a text."""

    def __init__(
        self,
        names: list[str],
        rows: Callable[[int], Iterator[list[Any]]],
        text: Callable[[Any], str],
    ) -> None:
        self.names = names
        self._begin = rows
        self._text = text
        self._rows: Iterator[list[Any]] = iter(())
        self._turn = 0

    def begin(self, index: int) -> bytes:
        """Start with the first row of a sheet; what :meth:`chunk` wants to hear."""
        self._rows = self._begin(index)
        self._turn += 1
        return str(self._turn).encode()

    def chunk(self, turn: int) -> bytes:
        """The next rows, each ended by ``ROW``; nothing at the end."""
        if turn != self._turn:
            raise ValueError("another reading has begun")
        return "".join(map(self._line, islice(self._rows, _CHUNK))).encode("utf-8", "replace")

    def _line(self, row: list[Any]) -> str:
        line = CELL.join(map(self._text, row))
        if line.count(CELL) >= max(len(row), 1) or ROW in line:
            line = CELL.join(self._text(cell).translate(_BLANK) for cell in row)
        return line + ROW
