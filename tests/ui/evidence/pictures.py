"""Invented pictures, and hostile ones."""

from __future__ import annotations

import struct
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage


def encode(image: QImage, kind: str = "PNG") -> bytes:
    """The picture as a file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(data.data())


def plain_picture(width: int = 120, height: int = 200, colour: str = "steelblue") -> QImage:
    """One colour, the upper left quarter white."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    for x in range(width // 2):
        for y in range(height // 2):
            image.setPixelColor(x, y, QColor("white"))
    return image


def picture(width: int = 120, height: int = 200, kind: str = "PNG") -> bytes:
    """A small picture file."""
    return encode(plain_picture(width, height), kind)


def page_png(width: int, page: int) -> bytes:
    """A page."""
    return picture(width, width + 10 * page)


def announced_png(width: int, height: int, rows: int = 1) -> bytes:
    """A PNG that claims a size and holds few rows: what an image bomb looks like from outside."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    line = b"\0" * (width * 3 + 1) if rows else b""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _ in range(rows)) + packer.flush()
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
