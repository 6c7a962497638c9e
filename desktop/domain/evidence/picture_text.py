"""The text in a picture: lines where they stand, and one text that reads as a person would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from unicodedata import east_asian_width

from desktop.domain.records.fields import Json

_CHINESE: Final = frozenset({"W", "F", "A"})
_THIN_SIGNS: Final = frozenset(" .,:;'|!()[]-ijl")
_WIDE, _NARROW, _THIN = 100, 55, 30


@dataclass(frozen=True, slots=True)
class PictureBox:
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
    box: PictureBox
    percent: int


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The part of the whole text from ``start`` to ``end`` that comes from ``line``."""

    start: int
    end: int
    line: TextLine


@dataclass(frozen=True, slots=True)
class PictureText:
    """``text`` in the order of reading, with wrapped numbers whole; ``pieces`` lead back to the picture.

    ``width``, ``height`` and every box are pixels of the picture once it is turned ``turned`` quarters to the right,
    upon what its camera says of its orientation.
    """

    width: int
    height: int
    text: str
    pieces: tuple[TextPiece, ...]
    turned: int = 0

    def percent(self, start: int, end: int) -> int:
        """How sure the recogniser is of the worst line the words touch; 100 where they touch none."""
        touched = (p.line.percent for p in self.pieces if p.start < end and p.end > start)
        return min(touched, default=100)

    def to_json(self) -> dict[str, Json]:
        """Plain JSON, to be kept as a thing derived from its picture."""
        return {
            "width": self.width,
            "height": self.height,
            "turned": self.turned,
            "text": self.text,
            "pieces": [
                [p.start, p.end, p.line.text, p.line.percent, *_corners(p.line.box)]
                for p in self.pieces
            ],
        }

    def boxes(self, start: int, end: int) -> tuple[PictureBox, ...]:
        """Where the words from ``start`` to ``end`` stand, a box for each line they touch; inside a line by the room
        its signs usually take."""
        return tuple(
            _share(piece, self.text, max(start, piece.start), min(end, piece.end))
            for piece in self.pieces
            if piece.start < end and piece.end > start
        )


def picture_text_from_json(document: dict[str, Any]) -> PictureText:
    """What ``to_json`` wrote; raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    pieces = tuple(
        TextPiece(start, end, TextLine(words, PictureBox(*corners), percent))
        for start, end, words, percent, *corners in document["pieces"]
    )
    size = int(document["width"]), int(document["height"])
    return PictureText(*size, str(document["text"]), pieces, int(document["turned"]))


def _corners(box: PictureBox) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def _share(piece: TextPiece, text: str, start: int, end: int) -> PictureBox:
    box = piece.line.box
    width, whole = box.right - box.left, _room(text[piece.start : piece.end])
    left = box.left + width * _room(text[piece.start : start]) // whole
    right = box.left + width * _room(text[piece.start : end]) // whole
    return PictureBox(left, box.top, right, box.bottom)


def _room(words: str) -> int:
    """Hundredths of a Chinese sign: a digit takes about half of one, and a point less."""
    return sum(
        _WIDE if east_asian_width(sign) in _CHINESE else _THIN if sign in _THIN_SIGNS else _NARROW
        for sign in words
    )
