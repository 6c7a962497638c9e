"""Pictures of kinds that the other readers do not know, as PNG: interlaced, GIF, WebP, BMP, TIFF. The first frame only.

Decoded by Pillow in the process beside the desk, and measured before that.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.picture_kinds import MOST_PIXELS

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_FAST: Final = 1
"""Of zlib's levels: the picture is read once and thrown away."""


def plain_png(data: bytes) -> bytes:
    """Upright, without transparency. Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            fits = 0 < picture.width * picture.height <= MOST_PIXELS
            png = _as_png(picture) if fits else b""
    except Exception as error:  # decoders raise what they like
        raise UserInputError("picture.unknown") from error
    if not fits:
        raise UserInputError("picture.too_large")
    return png


def _as_png(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        shown = upright.convert("RGBA")
        upright = Image.new("RGB", shown.size, "white")
        upright.paste(shown, mask=shown.getchannel("A"))
    out = io.BytesIO()
    upright.convert("RGB").save(out, "PNG", compress_level=_FAST)
    return out.getvalue()
