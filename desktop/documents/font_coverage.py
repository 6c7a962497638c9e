"""Which characters a font can draw, read from its ``cmap`` table (ISO/IEC 14496-22, 5.2)."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

_DIRECTORY: Final = struct.Struct(">4sLLL")
_ENCODING: Final = struct.Struct(">HHL")
_GROUP: Final = struct.Struct(">LLL")
_UNICODE_FULL: Final = 12
_MAX_GROUPS: Final = 100_000


def covered_characters(font: Path) -> frozenset[int]:
    """Code points with a glyph in ``font``, a TrueType or OpenType file of ours.

    Reads the table of format 12, which every font with more than 65,536 code points has; ``ValueError`` without.
    """
    with font.open("rb") as file:
        head = file.read(12)
        (tables,) = struct.unpack(">H", head[4:6])
        directory = file.read(tables * _DIRECTORY.size)
        for tag, _checksum, offset, length in _DIRECTORY.iter_unpack(directory):
            if tag == b"cmap":
                file.seek(offset)
                return _characters(file.read(length))
    raise ValueError("a font without a cmap table")


def _characters(cmap: bytes) -> frozenset[int]:
    (count,) = struct.unpack(">H", cmap[2:4])
    for _platform, _encoding, offset in _ENCODING.iter_unpack(cmap[4 : 4 + count * _ENCODING.size]):
        (form,) = struct.unpack(">H", cmap[offset : offset + 2])
        if form == _UNICODE_FULL:
            (groups,) = struct.unpack(">L", cmap[offset + 12 : offset + 16])
            if groups > _MAX_GROUPS:
                break
            body = cmap[offset + 16 : offset + 16 + groups * _GROUP.size]
            return frozenset(
                code
                for first, last, _glyph in _GROUP.iter_unpack(body)
                for code in range(first, last + 1)
            )
    raise ValueError("a font without a full Unicode cmap")
