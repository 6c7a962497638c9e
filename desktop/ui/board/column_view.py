"""One column of cards as a list: keyboard, type-ahead, drag and drop, and cheap ticks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.ids import CaseId
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.card_note import is_late
from desktop.ui.board.card_painter import CardPainter, CardState
from desktop.ui.board.column_model import ITEM_ROLE, ColumnModel
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.widgets.texts.painting import paint_ring

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


_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnView(QListView):
    """``stepped(±1)``: the person wants the neighbouring column. ``typed(text)``: letters that may name a card.
    ``opened(item)``: Enter or double click.
    """

    stepped = Signal(int)
    typed = Signal(str)
    opened = Signal(object)

    def __init__(self, kit: Kit, model: ColumnModel, cards: CardPainter) -> None:
        super().__init__()
        self._cards = cards
        self._kit = kit
        self._column = model
        self._ticked_at: datetime = kit.ticks.now()
        self._wanted: CaseId | None = None
        self._target = False
        self.setObjectName(f"board_column_{model.state.value}")
        self.setModel(model)
        self.setItemDelegate(CardDelegate(cards, kit.ticks, self))
        self._set_up()
        self.doubleClicked.connect(self._open_index)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def _set_up(self) -> None:
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(self._cards.metrics.row_height // 3)
        self.verticalScrollBar().rangeChanged.connect(self._keep_gutter)
        self._keep_gutter(0, 0)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def column(self) -> ColumnModel:
        """The model shown."""
        return self._column

    def current(self) -> BoardItem | None:
        """The current card."""
        index = self.currentIndex()
        return self._column.item(index.row()) if index.isValid() else None

    def show_card(self, row: int) -> None:
        """Make the card of a row current and bring it into view."""
        self.setCurrentIndex(self._column.index(row))

    def nearest_row(self, y: int) -> int:
        """The row at a height in the viewport, the closest one there is; -1 in an empty column."""
        index = self.indexAt(QRect(0, max(y, 0), 1, 1).center())
        return index.row() if index.isValid() else self._column.rowCount() - 1

    def current_top(self) -> int:
        """Where the current card begins in the viewport."""
        index = self.currentIndex()
        return self.visualRect(index).top() if index.isValid() else 0

    def tick(self) -> None:
        """Repaint the chips that count, of the cards in sight, the cards a task became late on, and nothing else."""
        if not self.isVisible():
            return
        now = self._kit.ticks.now()
        before, self._ticked_at = self._ticked_at, now
        for row in self.visible_rows():
            item = self._column.item(row)
            face = self._cards.chip(item, now)
            if is_late(item, now) != is_late(item, before):
                self.viewport().update(self.visualRect(self._column.index(row)))
            if face is not None and face.ticking:
                place = self.visualRect(self._column.index(row))
                chip = self._cards.chip_place(place.width()).toAlignedRect()
                self.viewport().update(chip.translated(place.topLeft()))

    def visible_rows(self) -> Sequence[int]:
        """The rows in sight."""
        height = self._cards.metrics.row_height
        top = self.verticalScrollBar().value()
        first = top // height
        last = min((top + self.viewport().height()) // height, self._column.rowCount() - 1)
        return range(first, last + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sideways to the neighbours, Enter opens, letters search, the rest is the list's."""
        key = Qt.Key(event.key())
        if key in _SIDEWAYS and not self._is_command(event):
            self.stepped.emit(_SIDEWAYS[key])
        elif key in _ENTER:
            self._open_index(self.currentIndex())
        elif event.text().isprintable() and event.text().strip() and not self._is_command(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A focused column always has a current card."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._column.rowCount():
            self.setCurrentIndex(self._column.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring leaves with the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where the card would go."""
        super().dragEnterEvent(event)
        self._show_target(target=event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It will not go here."""
        super().dragLeaveEvent(event)
        self._show_target(target=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the model, which announces the wish."""
        super().dropEvent(event)
        self._show_target(target=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards; around them a ring while one may be dropped here."""
        super().paintEvent(event)
        if self._target:
            painter = QPainter(self.viewport())
            paint_ring(painter, QRectF(self.viewport().rect()), self._kit.theme)
            painter.end()

    def _show_target(self, *, target: bool) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def _keep_gutter(self, _low: int, high: int) -> None:
        """Cards are as wide without a scroll bar as with one, so that none has to be painted anew."""
        gutter = 0 if high > 0 else self._kit.theme.space("scroll_bar")
        self.setViewportMargins(0, 0, gutter, 0)

    @staticmethod
    def _is_command(event: QKeyEvent) -> bool:
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return bool(event.modifiers() & held)

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._column.item(index.row()))

    def _remember(self) -> None:
        item = self.current()
        self._wanted = item.id if item is not None else None

    def _restore(self) -> None:
        """After a reset the same case is current again, if it is still here."""
        row = self._column.row_of(self._wanted) if self._wanted is not None else -1
        if row >= 0:
            self.show_card(row)
