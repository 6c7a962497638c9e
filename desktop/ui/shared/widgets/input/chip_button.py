"""A chip that can be pressed: beside a label, out of the way of Tab, for what a key does too."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.texts.painting import chip_width, paint_chip, paint_ring


class ChipButton(QAbstractButton):
    """Shows a word in a tone; ``clicked`` follows."""

    def __init__(self, kit: Kit, name: str, *, tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        self._kit = kit
        self._tone = tone
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)

    def set_key(self, key: str, **params: str | int) -> None:
        """Show catalogue words."""
        self._kit.texts.bind(self.setText, key, **params)

    def set_tone(self, tone: Tone) -> None:
        """Give it another meaning."""
        self._tone = tone
        self.update()

    def setText(self, text: str) -> None:
        """Show the text and name it for screen readers."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As small as its words."""
        theme = self._kit.theme
        return QSize(round(chip_width(theme, self.text()) + 0.5), theme.space("chip_height"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A chip in its tone."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_chip(painter, rect, self._kit.theme, self.text(), self._tone)
        if self.hasFocus():
            paint_ring(painter, rect, self._kit.theme)
        painter.end()
