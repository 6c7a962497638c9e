"""A QR code as large and as crisp as its place allows, black on white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit

_FINDER = 7
"""Dots along the side of a finder pattern (ISO/IEC 18004)."""
_DARK = 128


class CodePicture(QWidget):
    """Scaled by whole factors only: a camera reads edges, and smoothing takes them away. ``side``: a size token."""

    def __init__(self, kit: Kit, name_key: str, *, side: str = "qr") -> None:
        super().__init__()
        self._kit = kit
        self._dots = QImage()
        self._side = kit.theme.space(side)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kit.texts.bind(self.setAccessibleName, name_key)

    def show_png(self, png: bytes) -> None:
        """Show our own drawing of a code; nothing for ``b""``."""
        picture = QImage()
        picture.loadFromData(png)
        self._dots = QImage() if picture.isNull() else one_pixel_a_dot(picture)
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The code in the middle, on its own quiet zone."""
        if self._dots.isNull():
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        room = int(min(self.width(), self.height()) * ratio)
        factor = max(room // self._dots.width(), 1)
        side = factor * self._dots.width() / ratio
        place = QRectF(
            round((self.width() - side) / 2), round((self.height() - side) / 2), side, side
        )
        painter.fillRect(place, self._kit.theme.color("paper"))
        painter.drawImage(place, self._dots)
        painter.end()


def one_pixel_a_dot(picture: QImage) -> QImage:
    """``picture`` reduced to one pixel for each dot of the code."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    side = max(grey.width() // _pixels_of_a_dot(grey), 1)
    return grey.scaled(
        side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation
    )


def _pixels_of_a_dot(picture: QImage) -> int:
    """The first dark row begins with the top of a finder pattern."""
    for y in range(picture.height()):
        dark = [picture.pixelColor(x, y).lightness() < _DARK for x in range(picture.width())]
        if any(dark):
            first = dark.index(True)
            end = next((x for x in range(first, len(dark)) if not dark[x]), len(dark))
            return max((end - first) // _FINDER, 1)
    return 1
