"""The pictures of a batch: how far each is read, and one of them with the places of what was read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from PySide6.QtWidgets import QGraphicsPolygonItem, QWidget

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.picture_kinds import LONGEST_SCREEN, is_long
from desktop.domain.statements.proposal import Proposal
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.views.zoom_view import ZoomView


@dataclass(slots=True)
class PictureState:
    """One picture of the window. ``left_out``: proposals the officer did not want; ``count``: how many there are."""

    item: Evidence
    found: PictureExtraction | None = None
    error: Exception | None = None
    count: int = 0
    left_out: set[Proposal] = field(default_factory=set)
    taken: bool = False


class PictureList(QWidget):
    """``chosen(index)``: show this one."""

    chosen = Signal(int)

    def __init__(self, kit: Kit, states: list[PictureState]) -> None:
        super().__init__()
        self._kit = kit
        self._states = states
        columns: tuple[TableColumn[int], ...] = (
            TableColumn(
                "name", "extraction.picture.file", self._name, keeps=Keeps.END, tip=self._name
            ),
            TableColumn(
                "state", "extraction.picture.state", self._state, chip=True, tone=self._tone
            ),
        )
        self.table = Listing[int](
            kit, "reading_pictures", "extraction.picture.list", columns, int, {"state": 78}
        )
        Column(kit, self).addWidget(self.table)
        self.table.show_rows(range(len(states)))
        self.table.current_changed.connect(self._tell)
        self.setFocusProxy(self.table)

    def choose(self, index: int) -> None:
        """Make it current."""
        self.table.select_key(index)

    def changed(self, index: int) -> None:
        """More is known of a picture."""
        last = self.table.rows.columnCount() - 1
        self.table.rows.dataChanged.emit(
            self.table.rows.index(index, 0), self.table.rows.index(index, last)
        )

    def _tell(self) -> None:
        index = self.table.selected()
        if index is not None:
            self.chosen.emit(index)

    def _name(self, index: int) -> str:
        return self._states[index].item.name

    def _state(self, index: int) -> str:
        state, words = self._states[index], self._kit.texts.text
        if state.taken:
            return words("extraction.picture.taken")
        if state.error is not None:
            stopped = isinstance(state.error, Cancelled) or not isinstance(state.error, AppError)
            return words("extraction.picture.stopped" if stopped else "extraction.picture.failed")
        if state.found is None:
            return words("extraction.picture.waiting")
        return words("extraction.picture.count", count=state.count)

    def _tone(self, index: int) -> Tone:
        state = self._states[index]
        if state.taken:
            return Tone.OK
        if state.error is not None:
            return Tone.WARN
        return Tone.INFO if state.count else Tone.NEUTRAL


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
