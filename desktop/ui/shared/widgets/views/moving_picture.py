"""The newest picture of something that moves, as large as there is room, on the viewer's ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit


class MovingPicture(QWidget):
    """Shows the last picture it was given. ``title_key``: what it is called to those who do not see it."""

    def __init__(self, kit: Kit, name: str, title_key: str) -> None:
        super().__init__()
        self._kit = kit
        self._image: QImage | None = None
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        kit.texts.bind(self.setAccessibleName, title_key)
        kit.theme.changed.connect(self.update)

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._kit.theme.color("viewer"))
        if self._image is None:
            self._paint_nothing(painter)
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            place = QRectF(left, top, size.width(), size.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
            self._paint_over(painter, place)
        painter.end()

    def _paint_nothing(self, painter: QPainter) -> None:
        """What stands there while there is no picture."""

    def _paint_over(self, painter: QPainter, place: QRectF) -> None:
        """What lies over the picture."""
