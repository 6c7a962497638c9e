"""The items of a HEIF file: where the octets of each lie, what belongs to what, and their properties."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.heif.boxes import HeifBox, HeifError, Numbers, boxes

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
