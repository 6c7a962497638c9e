"""A picture on a dark ground that fits its window until somebody zooms, by keys or by the wheel."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.painting import paint_ring

_STEP = 1.25
_WHEEL_NOTCH = 120


class ZoomView(QGraphicsView):
    """``name`` of the object, ``name_key``: its accessible name. Whoever shows pictures says how one fits and how far
    it may be zoomed."""

    def __init__(self, kit: Kit, name: str, name_key: str) -> None:
        super().__init__()
        self._kit = kit
        self._fits = True
        self.setObjectName(name)
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.texts.bind(self.setAccessibleName, name_key)
        kit.theme.changed.connect(self._colour_ground)
        self._colour_ground()

    @abstractmethod
    def fit(self) -> None:
        """As large as the window shows it whole, and so from now on."""

    @abstractmethod
    def _zoom(self, factor: float) -> None:
        """Make it ``factor`` times as large, within its bounds; it fits no longer."""

    def zoom_in(self) -> None:
        """One step larger."""
        self._zoom(_STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self._zoom(1 / _STEP)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms around the pointer; turned sideways it does nothing."""
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        if notches:
            self._zoom(_STEP**notches)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitting picture goes on fitting."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """A ring inside the edge while the keyboard is here."""
        if not self.hasFocus():
            return
        painter.save()
        painter.resetTransform()
        paint_ring(painter, QRectF(self.viewport().rect()), self._kit.theme, ink="rail_focus")
        painter.restore()

    def _colour_ground(self) -> None:
        self.setBackgroundBrush(QBrush(self._kit.theme.color("viewer")))
