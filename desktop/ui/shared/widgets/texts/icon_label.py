"""An icon as a widget: decoration, sharp at every scale and right in both themes."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit


class IconLabel(QWidget):
    """``size`` and ``ink`` are token names."""

    def __init__(
        self, kit: Kit, name: str, *, size: str = "icon_m", ink: str = "text_muted"
    ) -> None:
        super().__init__()
        self._kit = kit
        self._name = name
        self._ink = ink
        side = kit.theme.space(size)
        self.setFixedSize(side, side)
        kit.theme.changed.connect(self.update)

    def set_icon(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        colour = self._kit.theme.color(self._ink)
        self._kit.icons.paint(painter, QRectF(self.rect()), self._name, colour)
        painter.end()
