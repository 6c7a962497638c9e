"""Paints one item as a tile: thumbnail or sign on top, name below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.evidence.item import Evidence
from desktop.ui.evidence.item_model import CHECK_ROLE, ITEM_ROLE, THUMB_ROLE, IntegrityState
from desktop.ui.evidence.kinds import GROUNDS, kind_of
from desktop.ui.evidence.signs import SIGNS
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.painting import paint_ring

_Index = QModelIndex | QPersistentModelIndex


class TileDelegate(QStyledItemDelegate):
    """Sizes itself so that ``columns`` tiles fill the width it was told."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._size = QSize(kit.theme.space("thumb_width"), self.height())
        kit.theme.changed.connect(self._repaint)

    def height(self) -> int:
        """Of a cell, gap included."""
        theme = self._kit.theme
        caption = QFontMetricsF(theme.font("small")).height() + 2 * theme.space("space_xs")
        return round(theme.space("thumb_height") + caption + theme.space("card_gap"))

    def set_cell(self, size: QSize) -> None:
        """The size of a cell, gap included."""
        self._size = size

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All cells are alike."""
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Tile with border; the chosen one with a ring."""
        item = index.data(ITEM_ROLE)
        if not isinstance(item, Evidence):
            return
        theme = self._kit.theme
        rect, state = option.rect, option.state  # type: ignore[attr-defined]  # the stubs lack them
        gap = theme.space("card_gap")
        place = QRectF(rect).adjusted(0.5, 0.5, -gap + 0.5, -gap + 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        radius = theme.space("radius_m")
        shape = QPainterPath()
        shape.addRoundedRect(place, radius, radius)
        painter.fillPath(shape, theme.color("surface"))
        top = QRectF(place.left(), place.top(), place.width(), theme.space("thumb_height"))
        painter.setClipPath(shape)
        self._paint_top(painter, top, item, index.data(THUMB_ROLE))
        painter.setClipping(False)
        self._paint_name(painter, place, top, item.name)
        painter.setPen(QPen(theme.color("line_strong"), theme.space("border")))
        painter.drawPath(shape)
        if index.data(CHECK_ROLE) is IntegrityState.BAD:
            self._paint_bad(painter, top)
        if state & QStyle.StateFlag.State_Selected:
            self._paint_choice(
                painter, place, focused=bool(state & QStyle.StateFlag.State_HasFocus)
            )
        painter.restore()

    def _paint_choice(self, painter: QPainter, place: QRectF, *, focused: bool) -> None:
        theme = self._kit.theme
        edge = place.adjusted(-0.5, -0.5, 0.5, 0.5)
        paint_ring(painter, edge, theme, ink="focus" if focused else "primary")
        if focused:  # ring, gap, picture: seen on a picture of any colour
            ring = theme.space("ring")
            inner = edge.adjusted(ring, ring, -ring, -ring)
            paint_ring(painter, inner, theme, ink="surface")

    def _paint_top(self, painter: QPainter, top: QRectF, item: Evidence, thumb: object) -> None:
        theme = self._kit.theme
        kind = kind_of(item.name, item.media_type)
        painter.fillRect(top, theme.color(GROUNDS[kind]))
        if isinstance(thumb, QImage):
            painter.drawImage(top, thumb, _cover(thumb, top))
            return
        side = theme.space("icon_l")
        sign = QRectF(top.center().x() - side / 2, top.center().y() - side / 2, side, side)
        self._kit.icons.paint(painter, sign, SIGNS[kind], theme.color("on_thumb"))

    def _paint_name(self, painter: QPainter, place: QRectF, top: QRectF, name: str) -> None:
        theme = self._kit.theme
        font = theme.font("small")
        inset = theme.space("space_s") - 1
        below = QRectF(place.left() + inset, top.bottom(), place.width() - 2 * inset, 0)
        below.setBottom(place.bottom())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_bad(self, painter: QPainter, top: QRectF) -> None:
        theme = self._kit.theme
        side, inset = theme.space("icon_m"), theme.space("space_xs")
        place = QRectF(top.right() - side - inset, top.top() + inset, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone_ground(Tone.BAD))
        painter.drawEllipse(place)
        inner = place.adjusted(2, 2, -2, -2)
        self._kit.icons.paint(painter, inner, "warning", theme.tone(Tone.BAD))

    def _repaint(self) -> None:
        parent = self.parent()
        if isinstance(parent, QWidget):
            parent.update()


def _cover(image: QImage, place: QRectF) -> QRectF:
    """The part of ``image`` that fills ``place`` without distortion: its middle, its top when it is tall."""
    wanted = place.width() / place.height()
    width, height = float(image.width()), float(image.height())
    if width / height > wanted:
        shown = height * wanted
        return QRectF((width - shown) / 2, 0, shown, height)
    return QRectF(0, 0, width, width / wanted)
