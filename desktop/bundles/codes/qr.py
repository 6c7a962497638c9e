"""QR codes found again in photos, scans, faxes and camera pictures by zxing-cpp."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import zxingcpp

from desktop.bundles.codes.slip_codes import nothing_missing
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.picture_kinds import MOST_PIXELS
from desktop.runtime.processes.gray_pictures import gray_pages

_MOST: Final = 64
"""Codes of one picture that are given out."""
_SECOND_LOOKS: Final = 2
"""Sizes at which a picture is looked at in other ways: the largest take long and show no more."""
_MOST_PAGES: Final = 16
"""The codes of the longest slip stand on eight."""


# Faxes and pictures that pdfium does not know: TIFF as fax programs save it, WebP and BMP as messengers do.
#
# Decoded by Pillow, in the process beside only, and measured before they are decoded.

_FORMATS: Final = ("TIFF", "WEBP", "BMP")
_LONG_SIDES: Final = (1600, 2800)
_SQUASHED: Final = (1.3, 3.0)
"""Dots an inch across for one down between which a picture is a coarse fax (204 to 98, ITU-T T.4), not an error."""


# A picture in which no code was found, made easier to read: sharpened, stretched, enlarged, in parts.
#
# Measured on generated photos and faxes: sharpening finds codes blurred by more than half a dot, faint copies and noisy
# cameras; stretching, faxes of the coarse kind (ITU-T T.4: 98 lines an inch, 204 dots), which programs save squashed;
# parts, pages of several codes whose corners a reader takes for those of one.

_RADIUS: Final = 3.0
"""Dots; about half a module of a code that fills a camera's picture."""
_AMOUNT: Final = 3.0
_FAX_LINES: Final = 2
"""Lines of a fine fax for one of a coarse one."""
_SMALL: Final = 1600
"""A longer side below which enlarging may help."""


def sharpened(view: memoryview) -> memoryview:
    """Edges made steeper (unsharp masking)."""
    return _view(_sharp(_array(view)))


def enlarged(view: memoryview) -> memoryview:
    """Twice as large, where it is small: three dots a module are few when light, noise and a tilt come together."""
    return _view(_twice(_array(view)))


def picture_variants(view: memoryview) -> Iterator[memoryview]:
    """The same picture in other ways, the most promising first."""
    import cv2  # noqa: PLC0415 - only the process beside looks twice, and seldom

    gray = _array(view)
    height, width = gray.shape
    yield _view(_sharp(gray))
    if width > height:
        stretched = cv2.resize(gray, (width, height * _FAX_LINES), interpolation=cv2.INTER_CUBIC)
        yield _view(stretched)
        yield from map(_view, _parts(stretched))
    yield from map(_view, _parts(gray))
    if max(height, width) < _SMALL:
        yield _view(_twice(gray))


def _parts(gray: Any) -> Iterator[Any]:
    """Nine parts of half the size, each overlapping the next by half."""
    height, width = gray.shape
    for top in range(3):
        for left in range(3):
            y, x = top * height // 4, left * width // 4
            yield gray[y : y + height // 2, x : x + width // 2]


def _sharp(gray: Any) -> Any:
    import cv2  # noqa: PLC0415 - as above

    soft = cv2.GaussianBlur(gray, (0, 0), _RADIUS)
    return cv2.addWeighted(gray, 1 + _AMOUNT, soft, -_AMOUNT, 0)


def _twice(gray: Any) -> Any:
    import cv2  # noqa: PLC0415 - as above

    small = max(gray.shape) < _SMALL
    return cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC) if small else gray


def _array(view: memoryview) -> Any:
    import numpy as np  # noqa: PLC0415 - as above

    return np.asarray(view)


def _view(gray: Any) -> memoryview:
    import numpy as np  # noqa: PLC0415 - as above

    tight: Any = np.ascontiguousarray(gray)
    return memoryview(tight)


def is_fax_or_bitmap(data: bytes) -> bool:
    """Whether these octets begin like a picture that pdfium does not know: TIFF, WebP or BMP."""
    return data[:4] in (b"II*\0", b"MM\0*") or data[:2] == b"BM" or _is_webp(data)


def fax_or_bitmap_pages(data: bytes, most: int) -> Iterator[Iterator[memoryview]]:
    """As :func:`desktop.runtime.processes.gray_pictures.gray_pages` for those; a coarse fax gets its shape back.

    ``UserInputError``: picture.unknown, picture.too_large.
    """
    from PIL import Image  # noqa: PLC0415 - only the process beside decodes

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            for index in range(min(getattr(picture, "n_frames", 1), most)):
                picture.seek(index)
                yield _sizes(_gray(picture))
    except UserInputError:
        raise
    except Exception as error:  # decoders raise what they like
        raise UserInputError("picture.unknown") from error


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _gray(picture: Any) -> Any:
    if not 0 < picture.width * picture.height <= MOST_PIXELS:
        raise UserInputError("picture.too_large")
    gray = picture.convert("L")
    across, down = map(float, picture.info.get("dpi") or (1, 1))
    if down > 0 and _SQUASHED[0] < across / down < _SQUASHED[1]:
        gray = gray.resize((gray.width, round(gray.height * across / down)))
    return gray


def _sizes(gray: Any) -> Iterator[memoryview]:
    """As it is where it is small; else smaller first, which is quick."""
    longest = max(gray.size)
    for side in (*(side for side in _LONG_SIDES if side < longest), longest):
        share = side / longest
        fitted = gray.resize(
            (max(round(gray.width * share), 1), max(round(gray.height * share), 1))
        )
        yield memoryview(fitted.tobytes()).cast("B", (fitted.height, fitted.width))


def codes_in(picture: Path | bytes) -> tuple[bytes, ...]:
    """What the QR codes of a picture (PNG, JPEG, TIFF, WebP, BMP or PDF) say, page by page, each once; empty when there
    is none.

    ``UserInputError``: picture.unknown (no picture we read), picture.too_large.
    """
    data = picture.read_bytes() if isinstance(picture, Path) else picture
    found: dict[bytes, None] = {}
    pages = fax_or_bitmap_pages if is_fax_or_bitmap(data) else gray_pages
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
    # Not Micro QR, which no slip is drawn in: its one finder pattern and few checks are found by chance in the dots of
    # a fax. Made anew each time: what outlives the interpreter is complained of on standard error.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
    for found in zxingcpp.read_barcodes(view, formats=formats):
        yield bytes(found.bytes)
