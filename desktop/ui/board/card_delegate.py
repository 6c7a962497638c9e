"""Hangs the card painter into a list view."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.board.card_painter import CardPainter, CardState
from desktop.ui.board.column_model import ITEM_ROLE
from desktop.ui.shared.kit.ticks import TickSource

Index = QModelIndex | QPersistentModelIndex

_HOVER = QStyle.StateFlag.State_MouseOver
_SELECTED = QStyle.StateFlag.State_Selected


class CardDelegate(QStyledItemDelegate):
    """Cards of equal height. Only the column that holds the keyboard shows which card is current."""

    def __init__(self, painter: CardPainter, ticks: TickSource, view: QWidget) -> None:
        super().__init__(view)
        self._painter = painter
        self._ticks = ticks
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all; the view gives the width."""
        return QSize(0, self._painter.metrics.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card of this row."""
        place = option.rect  # type: ignore[attr-defined]  # a public field of the C++ struct
        flags = option.state  # type: ignore[attr-defined]
        state = CardState(
            width=place.width(),
            ratio=self._view.devicePixelRatioF(),
            hovered=bool(flags & _HOVER),
            focused=bool(flags & _SELECTED) and self._view.hasFocus(),
        )
        origin = QPointF(place.topLeft())
        self._painter.paint(painter, origin, index.data(ITEM_ROLE), self._ticks.now(), state)
