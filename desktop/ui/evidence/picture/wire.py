"""Pictures as they pass between the helper that decodes them and the desk."""

from __future__ import annotations

import json
import struct
from typing import Any, Final

from PySide6.QtGui import QImage

from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture, PictureRefused

NAME: Final = "pictures"
_HEAD: Final = struct.Struct(">cIIIIB")
"""``P``, width and height of the pixels, width and height the file says, whether there is transparency."""
_FORMATS: Final = (QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied)


def question(most: int) -> bytes:
    """Asks for at most ``most`` pixels of the content that follows."""
    return json.dumps({"most": most}).encode() + b"\n"


def asked(message: bytes) -> tuple[int, memoryview]:
    """How many pixels, and the content."""
    end = message.index(b"\n")
    return int(json.loads(message[:end])["most"]), memoryview(message)[end + 1 :]


def packed(picture: Picture) -> bytes:
    """For the desk: a head and the pixels."""
    alpha = picture.image.hasAlphaChannel()
    image = picture.image.convertToFormat(_FORMATS[alpha])
    sizes = (image.width(), image.height(), picture.width, picture.height)
    return b"".join((_HEAD.pack(b"P", *sizes, alpha), image.constBits()))


def packed_refusal(refused: PictureRefused) -> bytes:
    """For the desk: why it is not shown."""
    return json.dumps({"refused": refused.code, "params": refused.params}).encode()


def unpacked(answer: bytes) -> Picture:
    """What the helper decoded.

    Raises:
        PictureRefused: as the helper said, or ``damaged`` where it said nothing sensible.
    """
    if answer[:1] != b"P" or len(answer) < _HEAD.size:
        raise _refusal(answer)
    _kind, width, height, whole_width, whole_height, alpha = _HEAD.unpack_from(answer)
    fits = 0 < width * height <= MAX_SHOWN_PIXELS + width + height
    if not fits or len(answer) != _HEAD.size + 4 * width * height or alpha > 1:
        raise PictureRefused("damaged")
    pixels = memoryview(answer)[_HEAD.size :]
    image = QImage(pixels, width, height, 4 * width, _FORMATS[alpha]).copy()
    return Picture(image, whole_width, whole_height)


def _refusal(answer: bytes) -> PictureRefused:
    try:
        found: dict[str, Any] = json.loads(answer)
        return PictureRefused(str(found["refused"]), **found["params"])
    except (ValueError, KeyError, TypeError):
        return PictureRefused("damaged")
