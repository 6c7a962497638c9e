"""The octets of a picture: of a file that somebody brings, and of what Qt drew or took over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from desktop.domain.errors import UserInputError
from desktop.runtime.files.atomic_file import disk_errors
from desktop.services.brought_file import read_brought

_LARGEST: Final = 40 * 1024 * 1024
"""Photos and scans stay below this; what is larger is not read into memory."""


def read_picture(path: Path) -> bytes:
    """What a file holds. Raises ``UserInputError("picture.too_large")``, ``WorldError`` as the disk does."""
    with disk_errors():
        data = read_brought(path, _LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserInputError("picture.too_large")
    return data


def png_octets(image: QImage) -> bytes:
    """``image`` as PNG, without loss."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows bytes, Qt takes text
    return bytes(data.data())
