"""Codes of every usual symbology in a picture, found at rising sizes."""

from __future__ import annotations

from typing import Any, Final

import zxingcpp

from desktop.runtime.processes.gray_pictures import gray_pictures

_MOST: Final = 64
"""Codes in one picture; a page of more is a pattern, not evidence."""
_LONGEST: Final = 8192
"""Characters; the largest QR code holds 7,089."""


def codes_in(data: bytes) -> list[dict[str, Any]]:
    """``format``, ``text`` and ``corners`` in thousandths. Small codes show only in a larger rendering, some large ones
    only in a small one; a poster may have both.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for view in gray_pictures(data):
        height, width = view.shape or (1, 1)
        for code in zxingcpp.read_barcodes(view):
            if code.text and len(found) < _MOST:
                found.setdefault((code.format.name, code.text), _found(code, width, height))
    return list(found.values())


def _found(code: zxingcpp.Barcode, width: int, height: int) -> dict[str, Any]:
    place = code.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return {
        "format": code.format.name,
        "text": code.text[:_LONGEST],
        "corners": [[1000 * at.x // width, 1000 * at.y // height] for at in points],
    }
