"""A QR code as large and as crisp as its place allows, black on white in every theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit import Kit

_FINDER: Final = 7
_DARK: Final = 128


class CodePicture(QWidget):
    """Scaled by whole factors only: a camera reads edges, and smoothing takes them away."""

    def __init__(self, kit: Kit, png: bytes) -> None:
        super().__init__()
        self._kit = kit
        picture = QImage.fromData(png)
        self._picture = _smallest(picture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        kit.words.bind(self.setAccessibleName, "intake.slip.code")

    @property
    def modules(self) -> int:
        """Dots along one side, the quiet zone included."""
        return self._picture.width()

    def sizeHint(self) -> QSize:
        """A good size for a camera at arm's length."""
        side = self._kit.theme.space("slip_code")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White ground, then the code in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._kit.theme.color("paper"))
        side = min(self.width(), self.height())
        if self._picture.isNull():
            painter.end()
            return
        ratio = self.devicePixelRatioF()
        factor = max(int(side * ratio) // self._picture.width(), 1)
        shown = round(factor * self._picture.width() / ratio)
        place = QRect((self.width() - shown) // 2, (self.height() - shown) // 2, shown, shown)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(place, self._picture)
        painter.end()


def _smallest(picture: QImage) -> QImage:
    """The picture with one pixel to a dot of the code."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    dot = _pixels_of_a_dot(grey)
    side = grey.width() // dot
    return grey.scaled(
        side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation
    )


def _pixels_of_a_dot(picture: QImage) -> int:
    """The first dark row begins with the top of a finder pattern, which is seven dots wide."""
    for y in range(picture.height()):
        dark = [picture.pixelColor(x, y).lightness() < _DARK for x in range(picture.width())]
        if any(dark):
            first = dark.index(True)
            light = next((x for x in range(first, len(dark)) if not dark[x]), len(dark))
            return max((light - first) // _FINDER, 1)
    return 1
