"""The text in a picture: lines where they stand, and one text that reads as a person would."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, right, bottom in pixels of the picture."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """In pixels, at least 1."""
        return max(1, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as it was recognised; ``percent`` is how sure the recogniser is of it, never shown as a promise."""

    text: str
    box: Box
    percent: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of the whole text from ``start`` to ``end`` that comes from ``line``."""

    start: int
    end: int
    line: TextLine


@dataclass(frozen=True, slots=True)
class PictureText:
    """``text`` in the order of reading, with wrapped numbers whole; ``pieces`` lead back to the picture."""

    width: int
    height: int
    text: str
    pieces: tuple[Piece, ...]

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where the words from ``start`` to ``end`` stand, a box for each line they touch; inside a line by the share
        of its signs."""
        return tuple(
            _share(piece, max(start, piece.start), min(end, piece.end))
            for piece in self.pieces
            if piece.start < end and piece.end > start
        )


def _share(piece: Piece, start: int, end: int) -> Box:
    box, length = piece.line.box, piece.end - piece.start
    width = box.right - box.left
    left = box.left + width * (start - piece.start) // length
    right = box.left + width * (end - piece.start) // length
    return Box(left, box.top, right, box.bottom)
