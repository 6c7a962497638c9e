"""A picture with the places of what was read in it: a click on one chooses it, and the chosen one is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QGraphicsPolygonItem

from desktop.domain.evidence.picture_kinds import LONGEST_SCREEN, is_long
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.views.zoom_view import ZoomView

_LARGEST: Final = 8.0
_ROOM: Final = 0.004
"""Share of a screen's height by which a mark reaches beyond its words."""
_GROUND: Final = 45
"""Opacity of a mark of 255: the words below stay legible."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where the proposal at ``place`` was read: corners in shares of the picture's width and height."""

    place: int
    corners: tuple[tuple[float, float], ...]


class MarkedPicture(ZoomView):
    """``chosen(place)``: somebody clicked on a mark."""

    chosen = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "reading_picture", "extraction.picture.name")
        self._current: int | None = None
        self._size = (1, 1)
        self._marks: list[tuple[int, QGraphicsPolygonItem]] = []
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        kit.theme.changed.connect(self._recolour)

    def show_image(self, image: QImage, regions: Sequence[Region]) -> None:
        """Show a picture with its marks, fitting the window; a long one fits across and begins at its top."""
        scene = self.scene()
        scene.clear()
        self._marks, self._current = [], None
        scene.addPixmap(QPixmap.fromImage(image)).setTransformationMode(
            Qt.TransformationMode.SmoothTransformation
        )
        self._size = (image.width(), image.height())
        scene.setSceneRect(QRectF(0, 0, *self._size))
        for region in regions:
            self._marks.append((region.place, scene.addPolygon(self._polygon(region))))
        self._recolour()
        self.fit()
        self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def clear(self) -> None:
        """Show nothing."""
        self.scene().clear()
        self._marks = []

    def show_place(self, place: int | None) -> None:
        """Bring the marks of one proposal into sight."""
        self._current = place
        self._recolour()
        for known, mark in self._marks:
            if known == place:
                self.ensureVisible(mark)
                return

    def places_at(self, at: QPointF) -> list[int]:
        """The proposals whose marks hold a point of the picture, the last drawn first."""
        return [place for place, mark in reversed(self._marks) if mark.contains(at)]

    def fit(self) -> None:
        """The whole picture, of a long one its whole width."""
        self._fits = True
        scale = self._fitting()
        self.resetTransform()
        self.scale(scale, scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and nought, as in the viewer."""
        keys = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
        }
        act = keys.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a mark chooses its proposal."""
        super().mousePressEvent(event)
        found = self.places_at(self.mapToScene(event.position().toPoint()))
        if event.button() is Qt.MouseButton.LeftButton and found:
            self.chosen.emit(found[0])

    def _polygon(self, region: Region) -> QPolygonF:
        wide, high = self._size
        points = [QPointF(x * wide, y * high) for x, y in region.corners]
        room = _ROOM * min(high, LONGEST_SCREEN * wide)
        shape = QPolygonF(points)
        middle = shape.boundingRect().center()
        return QPolygonF(
            [
                QPointF(
                    at.x() + (room if at.x() > middle.x() else -room),
                    at.y() + (room if at.y() > middle.y() else -room),
                )
                for at in points
            ]
        )

    def _zoom(self, factor: float) -> None:
        scale = self.transform().m11() * factor
        if scale <= _LARGEST and (factor > 1 or scale >= self._fitting() / 2):
            self._fits = False
            self.scale(factor, factor)

    def _fitting(self) -> float:
        room, margin = self.maximumViewportSize(), 2 * self._kit.theme.space("space_s")
        wide, high = self._size
        across, down = (room.width() - margin) / wide, (room.height() - margin) / high
        return max(0.01, min(across, across if is_long(wide, high) else down, 1.5))

    def _recolour(self) -> None:
        theme = self._kit.theme
        for place, mark in self._marks:
            current = place == self._current
            ink = QColor(theme.color("mark_current" if current else "mark"))
            pen = QPen(ink, 3 if current else 2)
            pen.setCosmetic(True)
            ground = QColor(ink)
            ground.setAlpha(2 * _GROUND if current else _GROUND)
            mark.setPen(pen)
            mark.setBrush(QBrush(ground))
            mark.setZValue(2 if current else 1)
