"""A picture and its halves, so that small text stays legible when a large screenshot is shown small."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_SMALLEST = 400
"""Halving stops when a side gets shorter than this many pixels."""


@dataclass(frozen=True, slots=True)
class PictureLevels:
    """Full size first, each next level half as wide and high."""

    images: tuple[QImage, ...]

    @property
    def full(self) -> QImage:
        """The whole picture."""
        return self.images[0]

    def best(self, scale: float) -> QImage:
        """The smallest level that still has a pixel for each pixel on screen at ``scale``."""
        chosen = self.images[0]
        for image in self.images[1:]:
            if image.width() < self.full.width() * scale:
                break
            chosen = image
        return chosen


def picture_levels(image: QImage) -> PictureLevels:
    """Make the levels of ``image``; on a worker thread."""
    opaque = QImage.Format.Format_RGB32
    alpha = QImage.Format.Format_ARGB32_Premultiplied
    images = [image.convertToFormat(alpha if image.hasAlphaChannel() else opaque)]
    while min(images[-1].width(), images[-1].height()) >= 2 * _SMALLEST:
        last = images[-1]
        images.append(
            last.scaled(
                last.width() // 2,
                last.height() // 2,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    return PictureLevels(tuple(images))
