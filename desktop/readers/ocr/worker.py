"""The helper's side: decodes a picture and recognises its lines. Runs in a process of its own and keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any, Final

from desktop.domain.evidence.picture_kinds import is_long
from desktop.readers.ocr.second_reading import read_again
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve
from desktop.runtime.processes.telemetry import switch_off_telemetry

_STRIP: Final = 1900
"""Pixels of a strip's height: the engine itself makes everything above 2,000 smaller."""
_COMMON: Final = 200
"""Pixels that two strips share, more than any line is high."""
_WIDEST: Final = 1440
_MOST: Final = 16
"""Strips; a longer screenshot is made smaller, as the desk does not wait for ever."""
_EDGE: Final = 12
"""Pixels from where a strip was cut within which a line may not be whole."""
_SAME: Final = 0.5
"""Of the height of the lower of two lines: so much in common, and they are one line read twice."""

Line = list[Any]
"""Words, left, top, right, bottom, and what else is known of the line."""


def by_strips(height: int, width: int) -> bool:
    """Whether a picture of that size is to be read in strips."""
    return height > _STRIP and is_long(width, height)


def reduced(height: int, width: int) -> float:
    """How much smaller, at most 1, the picture is read."""
    return min(1.0, _WIDEST / width, (_STRIP + (_MOST - 1) * (_STRIP - _COMMON)) / height)


def in_strips(image: Any, lines_of: Callable[[Any], list[Line]]) -> list[Line]:
    """The lines of the whole picture. One in the common part of two strips is taken from where it stands whole."""
    height = int(image.shape[0])
    found: list[Line] = []
    for top in _tops(height):
        strip = image[top : top + _STRIP]
        for line in lines_of(strip):
            cut_above = top > 0 and line[2] < _EDGE
            cut_below = top + _STRIP < height and line[4] > _STRIP - _EDGE
            if cut_above or cut_below:
                continue
            line[2] += top
            line[4] += top
            if not any(_is_same(line, other) for other in found):
                found.append(line)
    return found


def _tops(height: int) -> Iterator[int]:
    top = 0
    yield top
    while top + _STRIP < height:
        top += _STRIP - _COMMON
        yield top


def _is_same(line: Line, other: Line) -> bool:
    high = min(line[4], other[4]) - max(line[2], other[2])
    wide = min(line[3], other[3]) - max(line[1], other[1])
    lower = min(line[4] - line[2], other[4] - other[2])
    return bool(high > _SAME * lower and wide > 0)


NAME: Final = "ocr"
_MEMORY: Final = 6 << 30
"""Octets of address space, not of memory: the engine reserves far more than it uses."""
_NEEDED: Final = 960 << 20
"""Octets of memory, measured for a photo of 12 megapixels; with less the engine reads nothing at all."""
_LONGEST: Final = 4000
"""Pixels of the longer side; larger photos hold no more text, only more work."""
_SHOWN: Final = 6
"""What of a line the desk is told: its words, its place, how sure they are; behind it stands how far it sinks."""
_LONG: Final = 2.5
"""Lines so much wider than high tell how askew the picture is."""
_ENOUGH: Final = 3
_STANDING: Final = 1.6
"""Lines this much higher than wide stand upright: the picture lies on its side."""
_JUDGED: Final = 12
"""Lines that are asked for their direction."""
_AS_GOOD: Final = 0.9
"""Share of the certainty that is enough for the way lines are written: columns of signs read worse when they lie."""
_SURE: Final = 0.9
"""How certain the engine must be that a line stands on its head."""


def main() -> int:
    """Answer until the desk goes away."""
    confine(_MEMORY, _NEEDED)
    pipes = desk_pipes()
    engine = make_engine()
    serve(lambda picture: _answer(engine, picture), *pipes)
    return 0


def make_engine() -> Any:
    """The library, with the models in its wheel."""
    switch_off_telemetry()
    from rapidocr import RapidOCR  # noqa: PLC0415 - a second and 200 MiB, only in this process

    return RapidOCR()


def _answer(engine: Any, picture: bytes) -> bytes:
    try:
        found = recognised(engine, picture)
    except Exception as error:  # noqa: BLE001 - decoders raise what they like; the desk is told that it did not work
        found = {"error": type(error).__name__}
    return json.dumps(found, ensure_ascii=False).encode()


def recognised(engine: Any, picture: bytes, *, twice: bool = True) -> dict[str, Any]:
    """The lines of a picture, as the desk is told them; ``twice``: long numbers are read a second time."""
    import cv2  # noqa: PLC0415 - as above
    import numpy as np  # noqa: PLC0415

    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        return {"error": "picture"}
    long = by_strips(*image.shape[:2])
    scale = reduced(*image.shape[:2]) if long else min(1.0, _LONGEST / max(image.shape[:2]))
    if scale < 1.0:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if long:
        turned, lines = 0, in_strips(image, lambda strip: _lines(engine(strip)))
    else:
        turned, lines = _turned_lines(engine, image)
    if twice:
        upright = _turn(image, turned)
        lines = [read_again(upright, line, partial(_recognised_alone, engine)) for line in lines]
    height, width = image.shape[:2]
    if turned % 2:
        height, width = width, height
    return {
        "width": width,
        "height": height,
        "turned": turned,
        "scale": scale,
        "slope": _slope(lines),
        "lines": [line[:_SHOWN] for line in lines],
    }


def _recognised_alone(engine: Any, part: Any) -> str:
    """The words of a part of a picture that is one line."""
    if not all(part.shape[:2]):
        return ""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput  # noqa: PLC0415 - as above

    # not by the engine's own call, which then would look for no lines in the next picture either
    found = engine.text_rec(TextRecInput(img=[part], return_word_box=False))
    return str(found.txts[0]) if found.txts else ""


def _slope(lines: list[list[Any]]) -> float:
    """How far lines sink on their way to the right, as a share of it: by the middle one of the long ones."""
    long = [line[_SHOWN] for line in lines if line[3] - line[1] > _LONG * (line[4] - line[2])]
    return float(median(long)) if len(long) >= _ENOUGH else 0.0


def _lines(found: Any) -> list[list[Any]]:
    if found is None or found.txts is None:
        return []
    return [
        [text, *_box(corners), round(float(score) * 100), _sinks(corners)]
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def _sinks(corners: Any) -> float:
    """Of the upper edge, from its left end to its right one."""
    wide = float(corners[1, 0] - corners[0, 0])
    return float(corners[1, 1] - corners[0, 1]) / wide if wide > 0 else 0.0


def _box(corners: Any) -> list[int]:
    return [
        int(corners[:, 0].min()), int(corners[:, 1].min()),
        int(corners[:, 0].max()), int(corners[:, 1].max()),
    ]  # fmt: skip


def _lies(lines: list[list[Any]]) -> bool:
    shapes = [(line[4] - line[2]) / max(1, line[3] - line[1]) for line in lines if len(line[0]) > 2]
    return bool(shapes) and median(shapes) > _STANDING


def _turned_lines(engine: Any, image: Any) -> tuple[int, list[list[Any]]]:
    """Quarters to the right until the text stands, and its lines. Each line is recognised whichever way it lies, so how
    they lie must be asked for: upside down their order would be that of no reader."""
    turned, lines = 0, _lines(engine(image))
    if _lies(lines):
        other = _lines(engine(_turn(image, 1)))
        if _certainty(other) >= _certainty(lines) * _AS_GOOD:
            turned, lines = 1, other
    if _stands_on_its_head(engine, _turn(image, turned), lines):
        turned = (turned + 2) % 4
        lines = _lines(engine(_turn(image, turned)))
    return turned, lines


def _turn(image: Any, quarters: int) -> Any:
    import numpy as np  # noqa: PLC0415 - as above

    return np.rot90(image, -quarters).copy() if quarters else image


def _certainty(lines: list[list[Any]]) -> int:
    return sum(line[5] * len(line[0]) for line in lines)


def _stands_on_its_head(engine: Any, image: Any, lines: list[list[Any]]) -> bool:
    """By the engine's own judge of directions, over the longest lines."""
    longest = sorted(lines, key=lambda line: line[1] - line[3])[:_JUDGED]
    crops = [image[line[2] : line[4], line[1] : line[3]] for line in longest]
    crops = [crop for crop in crops if crop.shape[1] >= 2 * crop.shape[0] > 0]
    if not crops or engine.text_cls is None:
        return False
    found = engine.text_cls(crops).cls_res
    heads = [label for label, score in found if "180" in label and score > _SURE]
    return len(heads) * 2 > len(crops)
