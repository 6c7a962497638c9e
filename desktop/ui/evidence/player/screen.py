"""The picture of a film, as large as there is room, on the viewer's ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit


class Screen(QWidget):
    """Shows the last picture it was given; a sign where there is only sound."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._image: QImage | None = None
        self.setObjectName("evidence_film")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        kit.words.bind(self.setAccessibleName, "viewer.player.film")
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
        theme = self._kit.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("viewer"))
        if self._image is None:
            side = theme.space("icon_empty")
            place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            self._kit.icons.paint(painter, place, "audio", theme.color("on_viewer"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
        painter.end()
