"""How soon a photo of 50 megapixels is seen, beside decoding all of it in this process."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.app.processes.decoders import decoders
from desktop.bench.measure import FigureRow, compare
from desktop.ui.evidence.viewing.preview import FIRST_PIXELS, show_picture

_WIDTH: Final = 8700
_HEIGHT: Final = 5800
_GRAIN: Final = 600
"""Pixels of noise that are blown up: a photo is neither smooth nor grain all over."""


def viewing() -> Iterator[FigureRow]:
    """``view_50mp``: from the octets to a picture that fills the viewer."""
    data = _photo()
    pictures = decoders().pictures
    show_picture(pictures, data, FIRST_PIXELS)  # the helper starts at the first picture
    first, whole = partial(show_picture, pictures, data, FIRST_PIXELS), partial(_decoded, data)
    yield compare("view_50mp", first, whole)


def _photo() -> bytes:
    noise = secrets.token_bytes(_GRAIN * _GRAIN * 4)
    grain = QImage(noise, _GRAIN, _GRAIN, QImage.Format.Format_RGB32)
    smooth = Qt.TransformationMode.SmoothTransformation
    image = grain.scaled(_WIDTH, _HEIGHT, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 90)  # type: ignore[call-overload]
    return bytes(data.data())


def _decoded(data: bytes) -> QImage:
    QImageReader.setAllocationLimit(512)
    return QImage.fromData(QByteArray(data))
