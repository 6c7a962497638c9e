"""What a HEIF file says of its photograph, read before anybody decodes it: size, tiles, how it is turned, what the
camera said."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.heif.boxes import HeifBox, HeifError, Numbers, boxes

MOST_PIXELS: Final = 120_000_000
"""Twice what the cameras of telephones take."""
_MOST_TILES: Final = 1024
_TO_TIFF: Final = 4


MOST_ITEMS: Final = 4096
_INSIDE_FILE, _INSIDE_IDAT = 0, 1


@dataclass(slots=True)
class Items:
    """By the number of the item. ``properties`` are boxes of ``ipco``; ``extents``: spans of the file."""

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    extents: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    parts: dict[int, list[int]] = field(default_factory=dict)
    about: dict[int, list[int]] = field(default_factory=dict)
    """Item that is described → items that describe it (``cdsc``)."""
    properties: dict[int, list[HeifBox]] = field(default_factory=dict)

    def octets(self, data: bytes, item: int) -> bytes:
        """What the item holds."""
        return b"".join(data[start:end] for start, end in self.extents.get(item, ()))


def read_items(data: bytes) -> Items:
    """The items of the file; raises :class:`HeifError`."""
    if not is_heif(data[:16]):
        raise HeifError("brand")
    meta = _only(data, b"meta", 0, len(data))
    inside = {box.kind: box for box in boxes(data, meta.start + 4, meta.end)}
    found = Items()
    if b"pitm" in inside:
        numbers = _numbers(data, inside[b"pitm"])
        version, _ = numbers.full()
        found.primary = numbers.take(4 if version else 2)
    _names(data, inside.get(b"iinf"), found)
    _places(data, inside.get(b"iloc"), inside.get(b"idat"), found)
    _references(data, inside.get(b"iref"), found)
    _properties(data, inside.get(b"iprp"), found)
    return found


def _numbers(data: bytes, box: HeifBox) -> Numbers:
    return Numbers(data, box.start, box.end)


def _only(data: bytes, kind: bytes, start: int, end: int) -> HeifBox:
    for box in boxes(data, start, end):
        if box.kind == kind:
            return box
    raise HeifError("missing")


def _names(data: bytes, box: HeifBox | None, found: Items) -> None:
    if box is None:
        return
    numbers = _numbers(data, box)
    version, _ = numbers.full()
    count = numbers.take(4 if version else 2)
    for entry in islice(boxes(data, numbers.at, box.end), min(count, MOST_ITEMS)):
        inner = _numbers(data, entry)
        entry_version, _ = inner.full()
        if entry.kind != b"infe" or entry_version < 2:
            continue
        item = inner.take(4 if entry_version > 2 else 2)
        inner.take(2)
        found.kinds[item] = inner.raw(4)


def _places(data: bytes, box: HeifBox | None, idat: HeifBox | None, found: Items) -> None:
    if box is None:
        return
    numbers = _numbers(data, box)
    version, _ = numbers.full()
    sizes = numbers.take(2)
    of_offset, of_length = sizes >> 12, sizes >> 8 & 15
    of_base, of_index = sizes >> 4 & 15, sizes & 15 if version else 0
    for _item in range(min(numbers.take(4 if version > 1 else 2), MOST_ITEMS)):
        item = numbers.take(4 if version > 1 else 2)
        how = numbers.take(2) & 15 if version else _INSIDE_FILE
        numbers.take(2)
        base = numbers.take(of_base)
        spans = []
        for _extent in range(numbers.take(2)):
            numbers.take(of_index)
            start, length = base + numbers.take(of_offset), numbers.take(of_length)
            if how == _INSIDE_IDAT and idat is not None:
                start += idat.start
            elif how != _INSIDE_FILE:
                raise HeifError("elsewhere")
            if start + length > len(data):
                raise HeifError("cut")
            spans.append((start, start + (length or len(data) - start)))
        found.extents[item] = spans


def _references(data: bytes, box: HeifBox | None, found: Items) -> None:
    if box is None:
        return
    numbers = _numbers(data, box)
    version, _ = numbers.full()
    wide = 4 if version else 2
    for entry in boxes(data, numbers.at, box.end):
        inner = _numbers(data, entry)
        item = inner.take(wide)
        to = [inner.take(wide) for _ in range(min(inner.take(2), MOST_ITEMS))]
        if entry.kind == b"dimg":
            found.parts[item] = to
        elif entry.kind == b"cdsc":
            for described in to:
                found.about.setdefault(described, []).append(item)


def _properties(data: bytes, box: HeifBox | None, found: Items) -> None:
    if box is None:
        return
    inside = {inner.kind: inner for inner in boxes(data, box.start, box.end)}
    if b"ipco" not in inside or b"ipma" not in inside:
        raise HeifError("missing")
    known = list(boxes(data, inside[b"ipco"].start, inside[b"ipco"].end))
    numbers = _numbers(data, inside[b"ipma"])
    version, flags = numbers.full()
    for _entry in range(min(numbers.take(4), MOST_ITEMS)):
        item = numbers.take(4 if version else 2)
        for _ in range(numbers.take(1)):
            index = numbers.take(2) & 0x7FFF if flags & 1 else numbers.take(1) & 0x7F
            if 0 < index <= len(known):
                found.properties.setdefault(item, []).append(known[index - 1])


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
