"""The helper's side: decodes a photograph, in a process of its own, and keeps nothing.

The decoder is libheif. It is given only what our own reader found to be a photograph of bearable size: its readers of
other members of the family are not reached.
"""

from __future__ import annotations

from typing import Any, Final

from desktop.readers.heif.boxes import HeifError
from desktop.readers.heif.photograph import read_photograph
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve

NAME: Final = "heif"
FINE: Final = b"+"
DAMAGED: Final = b"!damaged"
TOO_HEAVY: Final = b"!too_heavy"
MOST_SHOWN: Final = 24_000_000
"""Pixels; more than that is made smaller for looking at. The file itself is not touched."""
_MEMORY: Final = 3 << 30
"""Octets of address space: a file, its pixels twice, and the libraries."""
_QUICK: Final = 1
"""Level of PNG: the picture is looked at and thrown away."""


def main() -> int:
    """Answer until the desk goes away."""
    confine(_MEMORY)
    serve(answer, *desk_pipes())
    return 0


def answer(data: bytes) -> bytes:
    """The photograph upright as PNG, or why there is none."""
    try:
        return FINE + _png(_pixels(data))
    except MemoryError:
        return TOO_HEAVY
    except Exception:  # noqa: BLE001 - decoders raise what they like; the desk is told that it did not work
        return DAMAGED


def _pixels(data: bytes) -> Any:
    """Rows of blue, green, red, upright: libheif crops, turns and mirrors (ISO/IEC 23008-12, 6.5.10 and 6.5.12)."""
    photo = read_photograph(data)
    import numpy as np  # noqa: PLC0415 - only in this process
    import pi_heif  # noqa: PLC0415 - only in this process

    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    found = pi_heif.open_heif(data)
    if any(size > most for size, most in zip(found.size, photo.shown, strict=True)):
        raise HeifError("size")
    return np.ascontiguousarray(np.asarray(found)[:, :, 2::-1])


def _png(whole: Any) -> bytes:
    import cv2  # noqa: PLC0415 - only in this process

    pixels = whole.shape[0] * whole.shape[1]
    if pixels > MOST_SHOWN:
        scale = (MOST_SHOWN / pixels) ** 0.5
        whole = cv2.resize(whole, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    done, png = cv2.imencode(".png", whole, [cv2.IMWRITE_PNG_COMPRESSION, _QUICK])
    if not done:
        raise HeifError("png")
    return bytes(png)
