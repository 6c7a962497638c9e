"""The picture of a film, or a sign where there is only sound."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.moving_picture import MovingPicture


class Screen(MovingPicture):
    """Shows the last picture it was given."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_film", "viewer.player.film")

    def _paint_nothing(self, painter: QPainter) -> None:
        theme = self._kit.theme
        side = theme.space("icon_empty")
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        self._kit.icons.paint(painter, place, "audio", theme.color("on_viewer"))
