"""A box to tick, painted from the theme."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.painting import paint_ring


class CheckBox(QCheckBox):
    """``toggled(bool)`` as in Qt; words from the catalogue, with ``params`` in them."""

    def __init__(self, kit: Kit, key: str, *, name: str = "", **params: str | int) -> None:
        super().__init__()
        self._kit = kit
        self.setFont(kit.theme.font("body"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if name:
            self.setObjectName(name)
        kit.texts.bind(self.setText, key, **params)
        kit.theme.changed.connect(self.update)

    def setText(self, text: str) -> None:
        """Show the text and name it for screen readers."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        theme = self._kit.theme
        gap = theme.space("space_s")
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        width = theme.space("check") + words + 2 * gap
        return QSize(width, theme.space("control_compact"))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole of it can be clicked."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick, words, and the ring around all of it."""
        theme = self._kit.theme
        side = theme.space("check")
        gap = theme.space("space_xs")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(gap, (self.height() - side) / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(theme.color("primary" if on else "text_faint"), theme.space("border")))
        painter.setBrush(theme.color("primary" if on else "surface"))
        painter.drawRoundedRect(box, theme.space("radius_s"), theme.space("radius_s"))
        if on:
            self._kit.icons.paint(painter, box, "check", theme.color("on_primary"))
        painter.setPen(theme.color("text" if self.isEnabled() else "text_disabled"))
        painter.setFont(self.font())
        words = self.rect().adjusted(side + 2 * gap + gap, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, self.text())
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()
