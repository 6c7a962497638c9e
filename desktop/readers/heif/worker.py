"""The helper's side: decodes a photograph tile by tile, in a process of its own, and keeps nothing.

The decoder is the FFmpeg that OpenCV brings; it is given the bare HEVC of each tile, never the file, so that none of
its readers of containers is reached.
"""

from __future__ import annotations

import io
from typing import Any, Final

from desktop.readers.heif.boxes import HeifError
from desktop.readers.heif.photograph import MOST_PIXELS, Photograph, read_photograph
from desktop.runtime.confinement import confine
from desktop.runtime.helper_process import desk_pipes, serve

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
        return FINE + _png(_pixels(read_photograph(data)))
    except MemoryError:
        return TOO_HEAVY
    except Exception:  # noqa: BLE001 - decoders raise what they like; the desk is told that it did not work
        return DAMAGED


def _pixels(photo: Photograph) -> Any:
    import numpy as np  # noqa: PLC0415 - only in this process

    tiles = _tiles(photo)
    high, wide = tiles[0].shape[:2]
    if any(tile.shape != tiles[0].shape for tile in tiles):
        raise HeifError("tiles")
    if wide * photo.columns < photo.width or high * photo.rows < photo.height:
        raise HeifError("tiles")
    if wide * high * len(tiles) > 2 * MOST_PIXELS:
        raise MemoryError
    whole = np.empty((high * photo.rows, wide * photo.columns, 3), np.uint8)
    for place, tile in enumerate(tiles):
        row, column = divmod(place, photo.columns)
        whole[row * high : (row + 1) * high, column * wide : (column + 1) * wide] = tile
    return _upright(photo, whole[: photo.height, : photo.width])


def _tiles(photo: Photograph) -> list[Any]:
    """All in one go, as each begins anew; one by one where the decoder held some of them back."""
    count = len(photo.tiles)
    found = _frames(photo.parameters + b"".join(photo.tiles), count)
    if len(found) == count:
        return found
    found = [frame for tile in photo.tiles for frame in _frames(photo.parameters + tile, 1)]
    if len(found) != count:
        raise HeifError("tiles")
    return found


def _frames(stream: bytes, most: int) -> list[Any]:
    import cv2  # noqa: PLC0415 - only in this process

    source: Any = io.BytesIO(
        stream
    )  # held here, as OpenCV does not keep it alive; its stubs know no Python streams
    capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, [])
    frames: list[Any] = []
    try:
        while len(frames) < most:
            more, frame = capture.read()
            if not more:
                break
            frames.append(frame.copy())
    finally:
        capture.release()
        source.close()
    return frames


def _upright(photo: Photograph, whole: Any) -> Any:
    """Turned, then mirrored (ISO/IEC 23008-12, 6.5.10 and 6.5.12)."""
    import numpy as np  # noqa: PLC0415 - only in this process

    turned = np.rot90(whole, photo.turned)
    if photo.mirrored:
        turned = turned[:, ::-1] if photo.mirrored == "x" else turned[::-1]
    return np.ascontiguousarray(turned)


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
