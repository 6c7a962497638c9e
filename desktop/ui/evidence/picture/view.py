"""A picture on a dark ground: wheel and keys zoom, it can be turned and moved."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from desktop.domain.evidence.picture_kinds import is_long
from desktop.ui.evidence.picture.levels import PictureLevels
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.views.zoom_view import ZoomView

_LARGEST = 16.0
_SMALLEST_SHARE = 0.5
"""Zooming out ends at half of what fits."""


class _PictureItem(QGraphicsItem):
    """Paints the level that suits the zoom."""

    def __init__(self, levels: PictureLevels) -> None:
        super().__init__()
        self._levels = levels
        self._place = QRectF(levels.full.rect())

    def boundingRect(self) -> QRectF:
        return self._place

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        moved = painter.worldTransform()
        scale = (moved.m11() ** 2 + moved.m12() ** 2) ** 0.5
        image = self._levels.best(scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        painter.drawImage(self._place, image, QRectF(image.rect()))


class PictureView(ZoomView):
    """``zoomed(percent)`` follows every change of size. Fits the window until the person zooms."""

    zoomed = Signal(int)
    moved = Signal()
    """What is seen of the picture changed: by zoom, by moving, by turning."""
    turned_page = Signal(int)
    """-1 or +1: Page up or Page down was pressed."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_picture", "evidence.viewer.picture")
        self._turns = 0
        self._item: _PictureItem | None = None

    @property
    def scale_now(self) -> float:
        """Screen pixels for each pixel of the picture."""
        matrix = self.transform()
        return float((matrix.m11() ** 2 + matrix.m12() ** 2) ** 0.5)

    @property
    def turns(self) -> int:
        """Quarter turns to the right, 0 to 3."""
        return self._turns

    @property
    def fits(self) -> bool:
        """Whether the picture follows the size of the window."""
        return self._fits

    def show_levels(self, levels: PictureLevels, *, keep: bool = False) -> None:
        """Show a picture; ``keep`` leaves zoom and turn as they are (the next page of a document)."""
        scene = self.scene()
        scene.clear()
        self._item = _PictureItem(levels)
        scene.addItem(self._item)
        scene.setSceneRect(self._item.boundingRect())
        if not keep:
            self._turns, self._fits = 0, True
        if self._fits:
            self.fit()
        if not keep:
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def replace_levels(self, levels: PictureLevels) -> None:
        """The same picture with more pixels: what is seen stays where it is."""
        if self._item is None:
            return
        ratio = levels.full.width() / max(1.0, self._item.boundingRect().width())
        centre, scale = self.mapToScene(self.viewport().rect().center()), self.scale_now
        self.show_levels(levels, keep=True)
        if not self._fits:
            self._set_scale(scale / ratio)
            self.centerOn(centre * ratio)

    def state(self) -> tuple[bool, float, float, float]:
        """Whether it fits, how much larger than fitting, and which point is in the middle (shares)."""
        if self._item is None:
            return True, 1.0, 0.5, 0.5
        size = self._item.boundingRect()
        centre = self.mapToScene(self.viewport().rect().center())
        zoom = self.scale_now / self._fitting()
        return self._fits, zoom, centre.x() / size.width(), centre.y() / size.height()

    def follow(self, state: tuple[bool, float, float, float]) -> None:
        """Show the same part as a view whose :meth:`state` it is, whatever the sizes of the pictures."""
        if self._item is None:
            return
        self._fits, zoom, across, down = state
        if self._fits:
            self.fit()
            return
        size = self._item.boundingRect()
        self._set_scale(zoom * self._fitting())
        self.centerOn(across * size.width(), down * size.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell of the move."""
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    def clear(self) -> None:
        """Show nothing and let go of the pixels."""
        self.scene().clear()
        self._item = None

    def fit(self) -> None:
        """The whole picture, of a long one its whole width; never larger than its pixels."""
        self._fits = True
        self._set_scale(min(1.0, self._fitting()))

    def actual_size(self) -> None:
        """One pixel of the picture for each pixel on screen."""
        self._fits = False
        self._set_scale(1.0)

    def rotate_right(self) -> None:
        """A quarter turn; only as shown, the file stays as it is."""
        self._turns = (self._turns + 1) % 4
        self._set_scale(min(1.0, self._fitting()) if self._fits else self.scale_now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages; arrows move a zoomed picture; "=" is "+" without Shift."""
        if event.key() == Qt.Key.Key_Equal:
            self.zoom_in()
            event.accept()
            return
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = pages.get(Qt.Key(event.key()), 0)
        if step:
            self.turned_page.emit(step)
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole picture and its true size."""
        if self._fits:
            self.actual_size()
        else:
            self.fit()
        event.accept()

    def _zoom(self, factor: float) -> None:
        if self._item is None:
            return
        smallest = min(1.0, self._fitting()) * _SMALLEST_SHARE
        wanted = min(max(self.scale_now * factor, smallest), _LARGEST)
        self._fits = False
        self._set_scale(wanted)

    def _set_scale(self, scale: float) -> None:
        if self._item is None:
            return
        self.resetTransform()
        self.rotate(90 * self._turns)
        self.scale(scale, scale)
        self.zoomed.emit(round(scale * 100))
        self.moved.emit()

    def _fitting(self) -> float:
        if self._item is None:
            return 1.0
        size = self._item.boundingRect()
        sides = (size.height(), size.width()) if self._turns % 2 else (size.width(), size.height())
        margin = 2 * self._kit.theme.space("space_l")
        room = self.maximumViewportSize()
        across, down = (room.width() - margin) / sides[0], (room.height() - margin) / sides[1]
        return max(0.01, across if is_long(*sides) else min(across, down))
