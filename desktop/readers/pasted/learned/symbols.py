"""A text as the row of symbols that the model reads: Chinese signs, words of letters, and one for each stretch."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.readers.pasted.learned.spans import Span

LINE_END: Final = "¶"
GAP: Final = "⇥"
"""Several spaces, as between the columns of a table."""
_EDGE: Final = "^"
"""Before the first symbol and behind the last one."""
_PIECE: Final = re.compile(r"[A-Za-z]+|\n[ \n]*|  +|[0-9]+|.", re.DOTALL)
_SENTENCE: Final = frozenset("。;；!？?" + LINE_END)
_PART: Final = frozenset(",，、:") | _SENTENCE
_CLAUSE: Final = frozenset(",，、:() " + GAP) | _SENTENCE


@dataclass(frozen=True, slots=True)
class Symbols:
    """``row``: the symbols; of each where it starts in the text (``places``), and in which line, sentence and clause
    it stands, counted from 0. ``line_starts``: the first symbol of each line. ``of_span``: the symbol of each
    stretch."""

    row: Sequence[str]
    places: Sequence[int]
    lines: Sequence[int]
    sentences: Sequence[int]
    clauses: Sequence[int]
    line_starts: Sequence[int]
    of_span: Sequence[int]

    def at(self, place: int) -> int:
        """The symbol that covers the sign at ``place``."""
        return bisect_right(self.places, place) - 1

    def left(self, index: int, size: int) -> str:
        """The ``size`` symbols before ``index``, joined."""
        start = index - size
        found = "".join(self.row[max(start, 0) : index])
        return found if start >= 0 else f"{_EDGE}{found}"

    def right(self, index: int, size: int) -> str:
        """The ``size`` symbols behind ``index``, joined."""
        found = "".join(self.row[index + 1 : index + 1 + size])
        return found if index + size < len(self.row) else f"{found}{_EDGE}"

    def part_behind(self, index: int, stop: int) -> int:
        """Where the next part of the sentence begins behind ``index``, ``stop`` at most; right behind it where none
        does."""
        ends = (at + 1 for at in range(index + 1, stop) if self.row[at] in _PART)
        return next(ends, index + 1)

    def part_before(self, index: int, begin: int) -> int:
        """Where the part of the sentence in which ``index`` stands begins, if that is behind ``begin``; else
        ``index``."""
        return next((at for at in range(index - 1, begin - 1, -1) if self.row[at] in _PART), index)

    def line(self, number: int) -> range:
        """The symbols of a line, without its end; none where there is no such line."""
        if not 0 <= number < len(self.line_starts):
            return range(0)
        last = number + 1 == len(self.line_starts)
        return range(
            self.line_starts[number], len(self.row) if last else self.line_starts[number + 1] - 1
        )


def read_symbols(text: str, spans: Sequence[Span]) -> Symbols:
    """The row of ``text``, in which ``spans``, in order, are one symbol each."""
    row: list[str] = []
    places: list[int] = []
    of_span: list[int] = []
    place = 0
    for span in spans:
        _add_pieces(text, place, span.start, row, places)
        of_span.append(len(row))
        row.append(span.letter)
        places.append(span.start)
        place = span.end
    _add_pieces(text, place, len(text), row, places)
    lines, starts = _numbered(row, frozenset(LINE_END))
    sentences, _ = _numbered(row, _SENTENCE)
    clauses, _ = _numbered(row, _CLAUSE)
    return Symbols(row, places, lines, sentences, clauses, starts, of_span)


def _add_pieces(text: str, start: int, end: int, row: list[str], places: list[int]) -> None:
    for match in _PIECE.finditer(text, start, end):
        row.append(_symbol(match.group()))
        places.append(match.start())


def _symbol(piece: str) -> str:
    if piece[0] == "\n":
        return LINE_END
    if piece[0] == " ":
        return GAP if len(piece) > 1 else " "
    if piece[0].isascii() and piece[0].isalpha():
        return f"{piece.lower()}_"
    return "0" if piece[0].isdigit() else piece


def _numbered(row: Sequence[str], ends: frozenset[str]) -> tuple[list[int], list[int]]:
    """In which part each symbol stands, where one of ``ends`` closes a part; and where the parts start."""
    numbers: list[int] = []
    starts = [0]
    for index, symbol in enumerate(row):
        numbers.append(len(starts) - 1)
        if symbol in ends:
            starts.append(index + 1)
    return numbers, starts
