"""The photograph in a HEIF file: its tiles as HEVC, how they lie together, how it is turned, what the camera said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.readers.heif.boxes import Box, HeifError, Numbers
from desktop.readers.heif.items import Items, read_items

MOST_PIXELS: Final = 120_000_000
"""Twice what the cameras of telephones take."""
_MOST_TILES: Final = 1024
_START: Final = b"\0\0\0\1"
_PARAMETERS: Final = frozenset({32, 33, 34})
"""Kinds of NAL units that say how to decode: video, sequence, picture (ITU-T H.265, table 7-1)."""
_TO_TIFF: Final = 4


@dataclass(frozen=True, slots=True)
class Photograph:
    """``parameters`` and each of ``tiles`` are an HEVC byte stream (H.265, annex B); tiles lie row by row in
    ``columns``. ``turned``: quarters against the clock, then ``mirrored`` from left to right (``"x"``) or from top to
    bottom (``"y"``); sizes are before that. ``exif``: a TIFF structure, or empty."""

    width: int
    height: int
    columns: int
    rows: int
    parameters: bytes
    tiles: tuple[bytes, ...]
    turned: int = 0
    mirrored: str = ""
    exif: bytes = b""

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height as a person sees it."""
        return (self.height, self.width) if self.turned % 2 else (self.width, self.height)


def read_photograph(data: bytes) -> Photograph:
    """The primary picture of the file; raises :class:`HeifError`."""
    items = read_items(data)
    primary = items.primary
    if items.kinds.get(primary) == b"grid":
        rows, columns, width, height = _grid(items.octets(data, primary))
        parts = items.parts.get(primary, [])
    else:
        width, height = _size(data, items, primary)
        rows = columns = 1
        parts = [primary]
    if len(parts) != rows * columns or not 0 < len(parts) <= _MOST_TILES:
        raise HeifError("tiles")
    if not 0 < width * height <= MOST_PIXELS:
        raise HeifError("pixels")
    parameters, wide = _parameters(data, items, parts[0])
    turned, mirrored = _turns(data, items, primary)
    return Photograph(
        width,
        height,
        columns,
        rows,
        parameters,
        tuple(_units(items.octets(data, part), wide) for part in parts),
        turned,
        mirrored,
        _exif(data, items, primary),
    )


def exif_of(data: bytes) -> bytes:
    """The TIFF structure the camera wrote; empty where there is none. Never raises."""
    try:
        items = read_items(data)
        return _exif(data, items, items.primary)
    except HeifError:
        return b""


def _grid(raw: bytes) -> tuple[int, int, int, int]:
    numbers = Numbers(raw, 0, len(raw))
    numbers.take(1)
    wide = 4 if numbers.take(1) & 1 else 2
    rows, columns = numbers.take(1) + 1, numbers.take(1) + 1
    return rows, columns, numbers.take(wide), numbers.take(wide)


def _property(items: Items, item: int, kind: bytes) -> Box | None:
    return next((box for box in items.properties.get(item, ()) if box.kind == kind), None)


def _size(data: bytes, items: Items, item: int) -> tuple[int, int]:
    box = _property(items, item, b"ispe")
    if box is None or items.kinds.get(item) not in (b"hvc1", b"hev1"):
        raise HeifError("coding")
    numbers = Numbers(data, box.start, box.end)
    numbers.full()
    return numbers.take(4), numbers.take(4)


def _parameters(data: bytes, items: Items, tile: int) -> tuple[bytes, int]:
    """The sets of parameters of ``hvcC`` (ISO/IEC 14496-15, 8.3.3), and the octets of a length before a unit."""
    box = _property(items, tile, b"hvcC")
    if box is None or items.kinds.get(tile) not in (b"hvc1", b"hev1"):
        raise HeifError("coding")
    numbers = Numbers(data, box.start, box.end)
    numbers.raw(21)
    wide = (numbers.take(1) & 3) + 1
    found = []
    for _array in range(numbers.take(1)):
        kind = numbers.take(1) & 63
        for _unit in range(numbers.take(2)):
            unit = numbers.raw(numbers.take(2))
            if kind in _PARAMETERS:
                found.append(_START + unit)
    return b"".join(found), wide


def _units(raw: bytes, wide: int) -> bytes:
    """The units of a tile, each after a start code in the place of its length."""
    numbers, found = Numbers(raw, 0, len(raw)), []
    while numbers.at < len(raw):
        found.append(_START + numbers.raw(numbers.take(wide)))
    if not found:
        raise HeifError("empty")
    return b"".join(found)


def _turns(data: bytes, items: Items, item: int) -> tuple[int, str]:
    turn, mirror = _property(items, item, b"irot"), _property(items, item, b"imir")
    turned = Numbers(data, turn.start, turn.end).take(1) & 3 if turn else 0
    if mirror is None:
        return turned, ""
    return turned, "x" if Numbers(data, mirror.start, mirror.end).take(1) & 1 else "y"


def _exif(data: bytes, items: Items, item: int) -> bytes:
    """Of the picture, else of the file; before it stands how far on the TIFF structure begins."""
    known = [other for other, kind in items.kinds.items() if kind == b"Exif"]
    own = [other for other in items.about.get(item, ()) if other in known]
    for other in (*own, *known):
        raw = items.octets(data, other)
        if len(raw) > _TO_TIFF:
            return raw[_TO_TIFF + int.from_bytes(raw[:_TO_TIFF], "big") :]
    return b""
