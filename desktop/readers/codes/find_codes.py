"""Codes of every usual symbology in a picture, found at rising sizes."""

from __future__ import annotations

from typing import Final

import zxingcpp

from desktop.domain.found_code import FoundCode
from desktop.readers.codes.meanings import meaning_of
from desktop.runtime.gray_pictures import gray_pictures

_MOST: Final = 64
"""Codes in one picture; a page of more is a pattern, not evidence."""


def find_codes(data: bytes) -> tuple[FoundCode, ...]:
    """Each code of a PNG, JPEG or PDF once, from the top down. Small codes show only in a larger rendering, so that the
    search goes on to the next size until one has found something.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``.
    """
    found: dict[tuple[str, str], FoundCode] = {}
    for view in gray_pictures(data):
        height, width = view.shape or (1, 1)
        for code in zxingcpp.read_barcodes(view):
            if code.text and len(found) < _MOST:
                found.setdefault((code.format.name, code.text), _found(code, width, height))
        if found:
            break
    return tuple(sorted(found.values(), key=lambda code: code.corners[0][::-1]))


def _found(code: zxingcpp.Barcode, width: int, height: int) -> FoundCode:
    place = code.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    meaning, value = meaning_of(code.text)
    return FoundCode(
        format=code.format.name,
        text=code.text,
        meaning=meaning.id,
        kind=meaning.kind,
        value=value,
        corners=tuple((1000 * at.x // width, 1000 * at.y // height) for at in points),
    )
