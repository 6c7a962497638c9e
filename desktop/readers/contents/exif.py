"""What a camera wrote into a picture (CIPA DC-008, "Exif"): device, time, place."""

from __future__ import annotations

import struct
from typing import Final

from desktop.domain.evidence.contents import Fact

_TYPES: Final = {1: "B", 2: "s", 3: "H", 4: "I", 5: "II", 7: "s", 9: "i", 10: "ii"}
_MOST_ENTRIES: Final = 400
_MOST_TEXT: Final = 300
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_NAMES: Final = (
    (0, 0x010F, "exif_make"),
    (0, 0x0110, "exif_model"),
    (0, 0x0131, "exif_software"),
    (1, 0x9003, "exif_taken"),
    (1, 0x9011, "exif_zone"),
    (0, 0x0132, "exif_changed"),
    (1, 0xA434, "exif_lens"),
    (0, 0x010E, "exif_description"),
    (0, 0x013B, "exif_artist"),
    (1, 0xA420, "exif_unique"),
    (1, 0xA431, "exif_serial"),
)
"""Directory (0 main, 1 Exif), tag, name of the fact."""

_Directory = dict[int, tuple[int | float | str, ...]]


def exif_facts(tiff: bytes) -> tuple[Fact, ...]:
    """The facts, none where ``tiff`` cannot be read. Never raises."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return ()
    try:
        main = _directory(tiff, order, *struct.unpack_from(f"{order}I", tiff, 4))
        exif, gps = _below(tiff, order, main, _EXIF_IFD), _below(tiff, order, main, _GPS_IFD)
    except struct.error:
        return ()
    found = [
        Fact(name, text)
        for place, tag, name in _NAMES
        if (text := _text((main, exif)[place].get(tag)))
    ]
    position = _position(gps)
    return (*found, *((Fact("exif_place", position),) if position else ()))


def _below(tiff: bytes, order: str, main: _Directory, tag: int) -> _Directory:
    place = next(iter(main.get(tag, ())), 0)
    return _directory(tiff, order, place) if isinstance(place, int) and place else {}


def _directory(tiff: bytes, order: str, place: int) -> _Directory:
    found: _Directory = {}
    if place + 2 > len(tiff):
        return found
    (count,) = struct.unpack_from(f"{order}H", tiff, place)
    for index in range(min(count, _MOST_ENTRIES)):
        at = place + 2 + 12 * index
        if at + 12 > len(tiff):
            break
        tag, kind, number = struct.unpack_from(f"{order}HHI", tiff, at)
        found[tag] = _values(tiff, order, at + 8, kind, number)
    return found


def _values(
    tiff: bytes, order: str, at: int, kind: int, number: int
) -> tuple[int | float | str, ...]:
    code = _TYPES.get(kind)
    if code is None or not 0 < number <= 4096:
        return ()
    size = struct.calcsize(f"{order}{code}") * number
    if size > 4:
        (at,) = struct.unpack_from(f"{order}I", tiff, at)
    if at + size > len(tiff):
        return ()
    if code == "s":
        return (_decoded(tiff[at : at + size]),)
    plain = struct.unpack_from(f"{order}{code * number}", tiff, at)
    if len(code) == 1:
        return plain
    return tuple(a / b if b else 0.0 for a, b in zip(plain[::2], plain[1::2], strict=True))


def _decoded(raw: bytes) -> str:
    raw = raw.split(b"\0", 1)[0]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return ""


def _text(values: tuple[int | float | str, ...] | None) -> str:
    if not values or not isinstance(values[0], str):
        return ""
    return "".join(letter for letter in values[0] if letter.isprintable())[:_MOST_TEXT]


def _position(gps: _Directory) -> str:
    """Degrees with six places, south and west negative; the datum is WGS 84, not the shifted one of Chinese maps."""
    north, east = _degrees(gps, 2), _degrees(gps, 4)
    if north is None or east is None:
        return ""
    north *= -1 if _text(gps.get(1)).upper() == "S" else 1
    east *= -1 if _text(gps.get(3)).upper() == "W" else 1
    return f"{north:.6f}, {east:.6f}"


def _degrees(gps: _Directory, tag: int) -> float | None:
    values = [value for value in gps.get(tag, ()) if isinstance(value, (int, float))]
    if len(values) != 3:
        return None
    return values[0] + values[1] / 60 + values[2] / 3600
