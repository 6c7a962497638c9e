"""The helper's side: decodes a picture and recognises its lines. Runs in a process of its own and keeps nothing."""

from __future__ import annotations

import json
import logging
import os
import sys
from statistics import median
from typing import Any, Final

from desktop.runtime.helper_process import confine, serve

NAME: Final = "ocr"
_MEMORY: Final = 6 << 30
"""Octets of address space, not of memory: the engine reserves far more than it uses."""
_LONGEST: Final = 4000
"""Pixels of the longer side; larger photos hold no more text, only more work."""
_STANDING: Final = 1.6
"""Lines this much higher than wide stand upright: the picture lies on its side."""


def main() -> int:
    """Answer until the desk goes away."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # whatever the libraries print must not get among the answers
    confine(_MEMORY)
    engine = _engine()
    serve(lambda picture: _answer(engine, picture), sys.stdin.buffer, out)
    return 0


def _engine() -> Any:
    logging.disable(logging.CRITICAL)
    from rapidocr import RapidOCR  # noqa: PLC0415 - a second and 200 MiB, only in this process

    return RapidOCR()


def _answer(engine: Any, picture: bytes) -> bytes:
    try:
        found = _recognised(engine, picture)
    except Exception as error:  # noqa: BLE001 - decoders raise what they like; the desk is told that it did not work
        found = {"error": type(error).__name__}
    return json.dumps(found, ensure_ascii=False).encode()


def _recognised(engine: Any, picture: bytes) -> dict[str, Any]:
    import cv2  # noqa: PLC0415 - as above
    import numpy as np  # noqa: PLC0415

    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        return {"error": "picture"}
    scale = min(1.0, _LONGEST / max(image.shape[:2]))
    if scale < 1.0:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    turned, lines = 0, _lines(engine(image))
    if _lies(lines):
        turned, lines = _best_turn(engine, image, lines)
    height, width = image.shape[:2]
    if turned % 2:
        height, width = width, height
    return {"width": width, "height": height, "turned": turned, "scale": scale, "lines": lines}


def _lines(found: Any) -> list[list[Any]]:
    if found is None or found.txts is None:
        return []
    return [
        [text, *_box(corners), round(float(score) * 100)]
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def _box(corners: Any) -> list[int]:
    return [
        int(corners[:, 0].min()), int(corners[:, 1].min()),
        int(corners[:, 0].max()), int(corners[:, 1].max()),
    ]  # fmt: skip


def _lies(lines: list[list[Any]]) -> bool:
    shapes = [(line[4] - line[2]) / max(1, line[3] - line[1]) for line in lines if len(line[0]) > 2]
    return bool(shapes) and median(shapes) > _STANDING


def _best_turn(engine: Any, image: Any, lines: list[list[Any]]) -> tuple[int, list[list[Any]]]:
    """Turned a quarter either way, whichever gives the more certain text. ``turned`` counts quarters to the right."""
    import numpy as np  # noqa: PLC0415 - as above

    best, score = (0, lines), sum(line[5] * len(line[0]) for line in lines)
    for quarters in (1, 3):
        found = _lines(engine(np.rot90(image, -quarters).copy()))
        reached = sum(line[5] * len(line[0]) for line in found)
        if reached > score:
            best, score = (quarters, found), reached
    return best
