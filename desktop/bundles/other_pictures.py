"""Faxes and pictures that pdfium does not know: TIFF as fax programs save it, WebP and BMP as messengers do.

Decoded by Pillow, in the process beside only, and measured before they are decoded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from desktop.domain.errors import UserInputError

_FORMATS: Final = ("TIFF", "WEBP", "BMP")
_MAX_PIXELS: Final = 64_000_000
_LONG_SIDES: Final = (1600, 2800)
_SQUASHED: Final = (1.3, 3.0)
"""Dots an inch across for one down between which a picture is a coarse fax (204 to 98, ITU-T T.4), not an error."""


def is_other(data: bytes) -> bool:
    """Whether these octets begin like one of those."""
    return data[:4] in (b"II*\0", b"MM\0*") or data[:2] == b"BM" or _is_webp(data)


def other_pages(data: bytes, most: int) -> Iterator[Iterator[memoryview]]:
    """As :func:`desktop.runtime.gray_pictures.gray_pages`, which see; a coarse fax gets its shape back.

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
    if not 0 < picture.width * picture.height <= _MAX_PIXELS:
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
