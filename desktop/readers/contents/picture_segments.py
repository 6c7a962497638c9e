"""Where a picture carries what is said about it: EXIF and content credentials (C2PA), per container."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.heif.photograph import exif_of

_MOST: Final = 32 << 20
_MOST_SEGMENTS: Final = 20_000
_APP1, _APP11, _SCAN = 0xE1, 0xEB, 0xDA
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a length."""


@dataclass(frozen=True, slots=True)
class PictureSegments:
    """``exif`` is a TIFF structure, ``jumbf`` the boxes of the manifest store; empty where there is none."""

    exif: bytes = b""
    jumbf: bytes = b""


def picture_segments(data: bytes) -> PictureSegments:
    """Both, of a JPEG, PNG, WebP or TIFF; the EXIF of a HEIF. Never raises: what is cut or wrong is not there."""
    try:
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _chunks(_png_chunks(data), exif=b"eXIf", jumbf=b"caBX")
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _chunks(_riff_chunks(data), exif=b"EXIF", jumbf=b"C2PA")
        if is_heif(data[:16]):
            return PictureSegments(exif=exif_of(data)[:_MOST])
        if data[:4] in (b"II*\0", b"MM\0*"):
            return PictureSegments(exif=data[:_MOST])
    except struct.error:
        pass
    return PictureSegments()


def _jpeg(data: bytes) -> PictureSegments:
    exif, boxes = b"", dict[tuple[int, int], bytes]()
    for marker, body in _jpeg_segments(data):
        if marker == _APP1 and body.startswith(b"Exif\0\0") and not exif:
            exif = body[6:]
        elif marker == _APP11 and body[:2] == b"JP" and len(body) > 16:
            # ISO/IEC 19566-5, annex D: instance, sequence, then the box, whose header each part repeats.
            instance, sequence = struct.unpack_from(">HI", body, 2)
            boxes[instance, sequence] = body[8:] if sequence == 1 else body[16:]
    joined = b"".join(boxes[key] for key in sorted(boxes))
    return PictureSegments(exif, joined[:_MOST])


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    for _count in range(_MOST_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker in _BARE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _SCAN:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    for _count in range(_MOST_SEGMENTS):
        if at + 12 > len(data):
            return
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    for _count in range(_MOST_SEGMENTS):
        if at + 8 > len(data):
            return
        (length,) = struct.unpack_from("<I", data, at + 4)
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _chunks(chunks: Iterator[tuple[bytes, bytes]], *, exif: bytes, jumbf: bytes) -> PictureSegments:
    found: dict[bytes, bytes] = {}
    for name, body in chunks:
        if name in (exif, jumbf):
            found.setdefault(name, body)
    return PictureSegments(
        found.get(exif, b"").removeprefix(b"Exif\0\0"), found.get(jumbf, b"")[:_MOST]
    )
