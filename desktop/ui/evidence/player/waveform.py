"""The shape of a sound with the place that is played and the places that were marked; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.evidence.player.link import Wave
from desktop.ui.shared.kit.kit import Kit

_BAR = 2
_GAP = 1


class Waveform(QWidget):
    """``wanted(ms)``: the person pointed at a moment."""

    wanted = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._wave = Wave(0, ())
        self._duration = 0
        self._position = 0
        self._marks: tuple[int, ...] = ()
        self.setObjectName("evidence_waveform")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(kit.theme.space("control_large"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        kit.texts.bind(self.setAccessibleName, "viewer.player.waveform")
        kit.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """High enough to see a voice."""
        return QSize(400, 2 * self._kit.theme.space("control_large"))

    def show_wave(self, wave: Wave) -> None:
        """What is heard so far."""
        self._wave = wave
        self.update()

    def show_place(self, position: int, duration: int) -> None:
        """Where it is; in milliseconds."""
        if (position, duration) != (self._position, self._duration):
            self._position, self._duration = position, duration
            self.update()

    def show_marks(self, marks: tuple[int, ...]) -> None:
        """The moments that were cited."""
        self._marks = marks
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer."""
        self._point(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is down."""
        self._point(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, marks, place."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("lane"))
        self._paint_bars(painter)
        pen = QPen(theme.color("amber"), _BAR)
        for mark in self._marks:
            painter.setPen(pen)
            x = self._x(mark)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(theme.color("red"), _BAR))
        x = self._x(self._position)
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _paint_bars(self, painter: QPainter) -> None:
        if not self._wave.peaks or not self._duration:
            return
        theme = self._kit.theme
        played, coming = theme.color("blue"), theme.color("blue_line")
        here = self._x(self._position)
        middle = self.height() / 2
        per_pixel = self._duration / max(1, self.width())
        for x in range(0, self.width(), _BAR + _GAP):
            first = int(x * per_pixel / self._wave.step_ms)
            last = int((x + _BAR + _GAP) * per_pixel / self._wave.step_ms) + 1
            part = self._wave.peaks[first:last]
            if not part:
                break
            half = max(1.0, max(part) / 100 * (middle - _BAR))
            bar = QRectF(x, middle - half, _BAR, 2 * half)
            painter.fillRect(bar, played if x < here else coming)

    def _x(self, moment: int) -> float:
        return self.width() * moment / self._duration if self._duration else 0.0

    def _point(self, event: QMouseEvent) -> None:
        if self._duration and event.buttons() & Qt.MouseButton.LeftButton:
            share = min(max(event.position().x() / max(1, self.width()), 0.0), 1.0)
            self.wanted.emit(round(share * self._duration))
