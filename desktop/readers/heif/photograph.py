"""What a HEIF file says of its photograph, read before anybody decodes it: size, tiles, how it is turned, what the
camera said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.readers.heif.boxes import HeifBox, HeifError, Numbers
from desktop.readers.heif.items import Items, read_items

MOST_PIXELS: Final = 120_000_000
"""Twice what the cameras of telephones take."""
_MOST_TILES: Final = 1024
_TO_TIFF: Final = 4


@dataclass(frozen=True, slots=True)
class Photograph:
    """Sizes in pixels before turning. ``turned``: quarters against the clock."""

    width: int
    height: int
    turned: int = 0

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
    decoded = sum(wide * high for wide, high in (_tile(data, items, part) for part in parts))
    if not 0 < width * height <= min(decoded, MOST_PIXELS) or decoded > 2 * MOST_PIXELS:
        raise HeifError("pixels")
    turn = _property(items, primary, b"irot")
    turned = Numbers(data, turn.start, turn.end).take(1) & 3 if turn else 0
    return Photograph(width, height, turned)


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


def _property(items: Items, item: int, kind: bytes) -> HeifBox | None:
    return next((box for box in items.properties.get(item, ()) if box.kind == kind), None)


def _size(data: bytes, items: Items, item: int) -> tuple[int, int]:
    box = _property(items, item, b"ispe")
    if box is None or items.kinds.get(item) not in (b"hvc1", b"hev1"):
        raise HeifError("coding")
    numbers = Numbers(data, box.start, box.end)
    numbers.full()
    return numbers.take(4), numbers.take(4)


def _tile(data: bytes, items: Items, tile: int) -> tuple[int, int]:
    """Width and height of a tile that is coded as telephones code and is in the file."""
    coded = _property(items, tile, b"hvcC")
    if coded is None or not items.octets(data, tile):
        raise HeifError("coding")
    _check_parameters(Numbers(data, coded.start, coded.end))
    return _size(data, items, tile)


def _check_parameters(numbers: Numbers) -> None:
    """``hvcC`` (ISO/IEC 14496-15, 8.3.3): what it announces is there."""
    numbers.raw(22)
    for _array in range(numbers.take(1)):
        numbers.take(1)
        for _unit in range(numbers.take(2)):
            numbers.raw(numbers.take(2))


def _exif(data: bytes, items: Items, item: int) -> bytes:
    """Of the picture, else of the file; before it stands how far on the TIFF structure begins."""
    known = [other for other, kind in items.kinds.items() if kind == b"Exif"]
    own = [other for other in items.about.get(item, ()) if other in known]
    for other in (*own, *known):
        raw = items.octets(data, other)
        if len(raw) > _TO_TIFF:
            return raw[_TO_TIFF + int.from_bytes(raw[:_TO_TIFF], "big") :]
    return b""
