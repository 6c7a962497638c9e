"""The signs on a page of PDF and where they stand, decoded in a process beside the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.readers.decoding.decoder import Decoder

_MOST_PAGES: Final = 2000
_MOST_OCTETS: Final = 256 << 20
_SAME_LINE: Final = 0.4
"""Of the height of a sign: how far the middles of signs on one line may differ."""
_APART: Final = 0.45
"""Of the height: a wider gap is a space."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One character; ``x0`` … ``x1`` from the left, ``y`` its middle from the bottom, in points.

    ``parted``: a space stands before it in the file, which may be too narrow to be seen as a gap.
    """

    text: str
    x0: float
    x1: float
    y: float
    height: float
    parted: bool = False


@dataclass(frozen=True, slots=True)
class PdfLine:
    """Signs on one line from the left."""

    y: float
    height: float
    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """With a space where there is a gap."""
        return spaced(self.signs)

    def runs(self) -> Iterator[tuple[Sign, ...]]:
        """Parted where there is a gap."""
        start = 0
        for at in range(1, len(self.signs) + 1):
            if at == len(self.signs) or _gap(self.signs[at - 1], self.signs[at]):
                yield self.signs[start:at]
                start = at


def spaced(signs: Sequence[Sign]) -> str:
    """The text of ``signs``, with a space where there is a gap."""
    parts = [sign.text for sign in signs[:1]]
    for before, sign in pairwise(signs):
        parts += [" ", sign.text] if _spaced(before, sign) else [sign.text]
    return "".join(parts)


def _spaced(before: Sign, sign: Sign) -> bool:
    """Beside Chinese a narrow space is only how type is set."""
    return _gap(before, sign) or (sign.parted and (before.text + sign.text).isascii())


def _gap(before: Sign, sign: Sign) -> bool:
    return sign.x0 - before.x1 > _APART * sign.height


def pages(source: BinaryIO, password: str = "") -> Iterator[tuple[PdfLine, ...]]:
    """The lines of each page from the top.

    Raises ``UserInputError``: ``statement.too_large``, ``statement.password``,
    ``statement.password_wrong``, ``statement.unreadable``, ``reading.…``.
    """
    source.seek(0)
    data = source.read(_MOST_OCTETS + 1)
    if len(data) > _MOST_OCTETS:
        raise UserInputError("statement.too_large")
    decoder = Decoder()
    try:
        for index in range(min(decoder.pdf(data, password), _MOST_PAGES)):
            yield _lines([Sign(*sign) for sign in decoder.page(index)])
    finally:
        decoder.close()


def _lines(signs: list[Sign]) -> tuple[PdfLine, ...]:
    signs.sort(key=lambda sign: -sign.y)
    found: list[list[Sign]] = []
    for sign in signs:
        if found and found[-1][0].y - sign.y <= _SAME_LINE * found[-1][0].height:
            found[-1].append(sign)
        else:
            found.append([sign])
    return tuple(map(_line, found))


def _line(signs: list[Sign]) -> PdfLine:
    return PdfLine(
        y=median(sign.y for sign in signs),
        height=median(sign.height for sign in signs),
        signs=tuple(sorted(signs, key=lambda sign: sign.x0)),
    )
