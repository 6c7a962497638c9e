"""What is on the pages of a PDF, read by a second program."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
_THIN = 1.6
"""Points: no rule of a form is thicker."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character and its place in points from the lower left corner."""

    mark: str
    left: float
    bottom: float
    right: float
    top: float


def page_texts(pdf: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [_text(page) for page in document]


def squeezed(text: str) -> str:
    """Without any white space, so that line breaks of the layout do not matter."""
    return "".join(text.split())


def all_text(pdf: bytes) -> str:
    """Every page, squeezed."""
    return squeezed("".join(page_texts(pdf)))


def body_text(pdf: bytes) -> str:
    """Every page without header and footer, squeezed: what runs on over a page break is whole here."""
    return "".join(
        glyph.mark
        for page in glyphs(pdf)
        for glyph in page
        if glyph.bottom > 17 * MM and glyph.top < 282 * MM
    )


def glyphs(pdf: bytes) -> list[list[Glyph]]:
    """The visible characters of each page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [_glyphs(page) for page in document]


def collisions(page: list[Glyph]) -> list[tuple[Glyph, Glyph]]:
    """Characters drawn upon each other: at least half of the smaller one is covered."""
    cells: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
    found: list[tuple[Glyph, Glyph]] = []
    for glyph in page:
        column, row = int(glyph.left // 12), int(glyph.bottom // 12)
        near = [
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in cells[x, y]
        ]
        found.extend((other, glyph) for other in near if _covered(other, glyph) > 0.5)
        cells[column, row].append(glyph)
    return found


def crossing_blanks(pdf: bytes) -> list[tuple[int, float, float]]:
    """Lines to write on that run out of their cell: page, left and right end. Rules begin and end on others."""
    found: list[tuple[int, float, float]] = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number, page in enumerate(document, start=1):
            drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=8)
            boxes = [item.get_bounds() for item in drawn]
            upright = [box for box in boxes if box[2] - box[0] < _THIN < box[3] - box[1]]
            for left, bottom, right, top in boxes:
                if top - bottom > _THIN or right - left < _THIN:
                    continue
                ruled = any(min(abs(x - left), abs(x - right)) < _THIN for x, *_ in upright)
                crossed = any(
                    left + _THIN < x < right - _THIN and low + _THIN < bottom < high - _THIN
                    for x, low, _, high in upright
                )
                if crossed and not ruled:
                    found.append((number, left, right))
    return found


def _covered(one: Glyph, two: Glyph) -> float:
    width = min(one.right, two.right) - max(one.left, two.left)
    height = min(one.top, two.top) - max(one.bottom, two.bottom)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min(_area(one), _area(two))


def _area(glyph: Glyph) -> float:
    return max(1e-3, (glyph.right - glyph.left) * (glyph.top - glyph.bottom))


def _text(page: pypdfium2.PdfPage) -> str:
    with closing(page.get_textpage()) as text:
        return _mended(text.get_text_bounded())


def _mended(text: str) -> str:
    """PDFium marks a hyphen at the end of a line as a soft one."""
    return text.replace("\x02", "-").replace("\ufffe", "-")


def _glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    with closing(page.get_textpage()) as text:
        found: list[Glyph] = []
        high = ""
        for index in range(text.count_chars()):
            mark = high + chr(raw.FPDFText_GetUnicode(text.raw, index))
            high = mark if len(mark) == 1 and "\ud800" <= mark < "\udc00" else ""
            if not high and mark.strip():
                whole = mark.encode("utf-16", "surrogatepass").decode("utf-16")
                found.append(Glyph(_mended(whole), *text.get_charbox(index)))
        return found
