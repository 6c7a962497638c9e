"""Codes in a picture and what each is for."""

from __future__ import annotations

import atexit
import re
import struct
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.found_code import FoundCode
from desktop.readers.decoding.decoder import Decoder
from desktop.runtime.files.resources import resource_path
from desktop.runtime.processes.gray_pictures import MOST_OCTETS

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


FILE: Final = "readers/codes.toml"
_LONGEST: Final = 4296
"""Characters of the largest QR code there is (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``id`` names it in the catalogue; ``kind`` is the kind of identifier it gives, "" for none."""

    id: str
    pattern: re.Pattern[str]
    kind: str


UNKNOWN: Final = Meaning("text", re.compile(r"(?s:.*)"), "")


def meaning_of(text: str) -> tuple[Meaning, str]:
    """The meaning and the value to propose as an identifier, "" for none."""
    for meaning in meanings():
        match = meaning.pattern.fullmatch(text[:_LONGEST].strip())
        if match is not None:
            return meaning, match.groupdict().get("value") or ""
    return UNKNOWN, ""


@cache
def meanings() -> tuple[Meaning, ...]:
    """The shipped forms. Raises ``WorldError("install.incomplete")``, also for a file that cannot be read."""
    try:
        document = tomllib.loads(resource_path(FILE).read_text("utf-8"))
        return tuple(map(_meaning, document["code"]))
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise WorldError("install.incomplete", file=FILE) from error


def _meaning(table: Mapping[str, Any]) -> Meaning:
    return Meaning(table["id"], re.compile(table["pattern"]), table.get("kind", ""))


_SECONDS: Final = 30.0
_DECODER: Final = Decoder(_SECONDS)
"""One for all pictures: a batch of screenshots does not start a process for each."""
atexit.register(_DECODER.close)


def find_codes(data: bytes) -> tuple[FoundCode, ...]:
    """Each code of a PNG, JPEG or PDF once, from the top down.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``, ``reading.…``.
    """
    if len(data) > MOST_OCTETS:
        raise UserInputError("picture.too_large")
    upright = uprighting(data)
    found = [_found(code, upright) for code in _DECODER.codes(data)]
    return tuple(sorted(found, key=lambda code: code.corners[0][::-1]))


def _found(code: dict[str, Any], upright: Uprighting) -> FoundCode:
    meaning, value = meaning_of(code["text"])
    return FoundCode(
        format=code["format"],
        text=code["text"],
        meaning=meaning.id,
        kind=meaning.kind,
        value=value,
        corners=tuple(upright(x, y) for x, y in code["corners"]),
    )
