"""Pixels of a picture for showing, upright and no larger than a screen needs. Never on the GUI thread."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QTransform

from desktop.domain.errors import UserInputError

_LONGEST: Final = 2600
"""Pixels of the longer side: enough to read small print at twice its size."""
_MOST_PIXELS: Final = 64_000_000
_ALLOCATION_MB: Final = 256
_FORMATS: Final = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"))


def upright_image(data: bytes, turned: int) -> QImage:
    """The PNG or JPEG in ``data``, turned ``turned`` quarters to the right; the format is forced by the first octets.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``.
    """
    name = next((name for mark, name in _FORMATS if data.startswith(mark)), b"")
    if not name:
        raise UserInputError("picture.unknown")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    image = _decoded(buffer, name)
    if image is None:
        raise UserInputError("picture.too_large")
    if image.isNull():
        raise UserInputError("picture.unknown")
    return image.transformed(QTransform().rotate(90 * turned)) if turned else image


def _decoded(buffer: QBuffer, name: bytes) -> QImage | None:
    QImageReader.setAllocationLimit(_ALLOCATION_MB)
    reader = QImageReader(buffer, QByteArray(name))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return QImage()
    if size.width() * size.height() > _MOST_PIXELS:
        return None
    longest = max(size.width(), size.height())
    if longest > _LONGEST:
        bound = QSize(_LONGEST, _LONGEST)
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
