"""QR codes found again in photos, scans, faxes and camera pictures by zxing-cpp."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import zxingcpp

from desktop.bundles.other_pictures import is_other, other_pages
from desktop.bundles.picture_variants import enlarged, picture_variants, sharpened
from desktop.bundles.slip_codes import nothing_missing
from desktop.runtime.gray_pictures import gray_pages

_MOST: Final = 64
"""Codes of one picture that are given out."""
_SECOND_LOOKS: Final = 2
"""Sizes at which a picture is looked at in other ways: the largest take long and show no more."""
_MOST_PAGES: Final = 16
"""The codes of the longest slip stand on eight."""


def codes_in(picture: Path | bytes) -> tuple[bytes, ...]:
    """What the QR codes of a picture (PNG, JPEG, TIFF, WebP, BMP or PDF) say, page by page, each once; empty when there
    is none.

    ``UserInputError``: picture.unknown (no picture we read), picture.too_large.
    """
    data = picture.read_bytes() if isinstance(picture, Path) else picture
    found: dict[bytes, None] = {}
    pages = other_pages if is_other(data) else gray_pages
    for page in pages(data, _MOST_PAGES):
        found |= dict.fromkeys(_on_page(page))
    return tuple(found)[:_MOST]


def codes_in_frame(view: memoryview) -> tuple[bytes, ...]:
    """What the QR codes of one camera picture say; quick rather than thorough, the next picture comes at once."""
    found = dict.fromkeys(_read(view))
    for look in (sharpened, enlarged):
        found = found or dict.fromkeys(_read(look(view)))
    return tuple(found)[:_MOST]


def _on_page(sizes: Iterator[memoryview]) -> dict[bytes, None]:
    """Larger and larger, until nothing is missing or a larger picture shows nothing more; then in other ways."""
    found: dict[bytes, None] = {}
    looked: list[memoryview] = []
    for view in sizes:
        looked.append(view)
        before = len(found)
        found |= dict.fromkeys(_read(view))
        if found and (len(found) == before or nothing_missing(found)):
            break
    for view in looked[:_SECOND_LOOKS]:
        for other in picture_variants(view):
            if found and nothing_missing(found):
                return found
            found |= dict.fromkeys(_read(other))
    return found


def _read(view: memoryview) -> Iterator[bytes]:
    # Made anew each time: what outlives the interpreter is complained of on standard error.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for found in zxingcpp.read_barcodes(view, formats=formats):
        yield bytes(found.bytes)
