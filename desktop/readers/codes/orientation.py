"""How a camera held a JPEG (Exif 2.3, tag 0x0112): decoders of text follow it, so places of codes must too."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

Uprighting = Callable[[int, int], tuple[int, int]]

_FULL: Final = 1000
_TAG: Final = 0x0112
_EXIF: Final = b"Exif\0\0"
_MOST_ENTRIES: Final = 200
_TURNS: Final[dict[int, Uprighting]] = {
    2: lambda x, y: (_FULL - x, y),
    3: lambda x, y: (_FULL - x, _FULL - y),
    4: lambda x, y: (x, _FULL - y),
    5: lambda x, y: (y, x),
    6: lambda x, y: (_FULL - y, x),
    7: lambda x, y: (_FULL - y, _FULL - x),
    8: lambda x, y: (y, _FULL - x),
}


def uprighting(data: bytes) -> Uprighting:
    """Takes a place in thousandths of the stored picture to its place in the upright one."""
    return _TURNS.get(orientation_of(data), _same)


def orientation_of(data: bytes) -> int:
    """1 to 8; 1 (as stored) where nothing is said or it cannot be read."""
    try:
        return _orientation(data)
    except (struct.error, IndexError):
        return 1


def _same(x: int, y: int) -> tuple[int, int]:
    return x, y


def _orientation(data: bytes) -> int:
    at = 2
    while data.startswith(b"\xff\xd8") and data[at] == 0xFF and data[at + 1] != 0xDA:
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if data[at + 1] == 0xE1 and data[at + 4 : at + 10] == _EXIF:
            return _in_exif(data[at + 10 : at + 2 + length])
        at += 2 + length
    return 1


def _in_exif(exif: bytes) -> int:
    order = "<" if exif[:2] == b"II" else ">"
    (start,) = struct.unpack(f"{order}I", exif[4:8])
    (count,) = struct.unpack(f"{order}H", exif[start : start + 2])
    for number in range(min(count, _MOST_ENTRIES)):
        entry = exif[start + 2 + 12 * number : start + 14 + 12 * number]
        tag, _kind, _count, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == _TAG:
            return int(value) if 1 <= value <= 8 else 1
    return 1
