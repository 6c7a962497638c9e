"""A camera's newest picture, with a frame that lights up when a code was read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.moving_picture import MovingPicture

_GLOW_MS = 600


class CameraView(MovingPicture):
    """Says that it waits until there is a picture."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "camera_view", "camera.view")
        self._glow = QTimer(self)
        self._glow.setSingleShot(True)
        self._glow.setInterval(_GLOW_MS)
        self._glow.timeout.connect(self.update)

    def glow(self) -> None:
        """A code was read."""
        self._glow.start()
        self.update()

    def _paint_nothing(self, painter: QPainter) -> None:
        painter.setPen(self._kit.theme.color("on_viewer"))
        painter.setFont(self._kit.theme.font("body"))
        waiting = self._kit.texts.text("camera.waiting")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, waiting)

    def _paint_over(self, painter: QPainter, place: QRectF) -> None:
        if self._glow.isActive():
            theme = self._kit.theme
            painter.setPen(QPen(theme.color("green"), theme.space("space_xs")))
            painter.drawRect(place)
