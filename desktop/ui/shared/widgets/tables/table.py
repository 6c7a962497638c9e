"""A table of records: whole rows, no grid, keyboard first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.tables.cell_delegate import CellDelegate
from desktop.ui.shared.widgets.tables.rows_model import Index, RowsModel
from desktop.ui.shared.widgets.texts.painting import paint_ring

T = TypeVar("T")


class Table(QTableView, Generic[T]):
    """``activated_row(record)`` comes with Enter or a double click, ``current_changed`` with
    moves."""

    activated_row = Signal(object)
    current_changed = Signal()

    def __init__(self, kit: Kit, model: RowsModel[T], name: str) -> None:
        super().__init__()
        self._kit = kit
        self._rows_model = model
        self.setObjectName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(kit, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._chosen_key: Hashable = None
        self._first_key: Hashable = None
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        model.modelReset.connect(self._rows_came)
        model.rowsInserted.connect(self._rows_came)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.theme.space("table_row"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setFont(kit.theme.font("table_header"))
        header.setFixedHeight(kit.theme.space("table_header"))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(kit.theme.space("control"))
        kit.theme.changed.connect(self.viewport().update)
        if any(column.clock for column in model.columns):
            kit.ticks.ticked.connect(self._tick)

    def set_widths(
        self, widths: Mapping[str, int], *, stretch: str = "", whole: Collection[str] = ()
    ) -> None:
        """Widths in logical pixels by column name; ``stretch`` takes the room that is left by the others, of which
        those in ``whole`` are as wide as what stands in them: a sum that is cut short is another sum."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        for place, column in enumerate(self._rows_model.columns):
            if column.name == stretch:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            elif column.name in whole:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
            elif column.name in widths:
                header.resizeSection(place, widths[column.name])

    def selected(self) -> T | None:
        """The record of the current row."""
        index = self.currentIndex()
        return self._rows_model.row_at(index.row()) if index.isValid() else None

    def with_selected(self, act: Callable[[T], object]) -> None:
        """Have ``act`` done with the record of the current row; nothing where there is none."""
        row = self.selected()
        if row is not None:
            act(row)

    def select_key(self, key: Hashable) -> bool:
        """Make the record with that id current; ``False`` if it is not shown."""
        row = self._rows_model.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._rows_model.index(row, 0))
        return row >= 0

    def begin_at(self, key: Hashable) -> None:
        """Whoever is here, or enters by keyboard, begins with the record with that id, else with the first row."""
        self._first_key = key
        if self.hasFocus():
            self.select_key(key)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell of the move."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With less room than before the chosen row stays in sight, if it was: what stands below is about it."""
        super().resizeEvent(event)
        if self.in_sight(self.currentIndex(), event.oldSize().height()):
            self.scrollTo(self.currentIndex())

    def in_sight(self, index: Index, height: int | None = None) -> bool:
        """Whether the whole row is seen, or would be in a window of ``height`` pixels."""
        row = self.visualRect(index)
        lowest = self.viewport().height() if height is None else height
        return row.isValid() and row.top() >= 0 and row.bottom() < lowest

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Entering by keyboard makes a row current, so that the focus is seen."""
        self._stand_somewhere()  # first, as Qt else begins with the first row
        super().focusInEvent(event)

    def _stand_somewhere(self) -> None:
        if not self.currentIndex().isValid() and self._rows_model.rowCount():
            first = self._rows_model.row_of(self._first_key)
            self.setCurrentIndex(self._rows_model.index(max(first, 0), 0))

    def _rows_came(self) -> None:
        if self.hasFocus():
            self._stand_somewhere()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, then the focus ring round the current row."""
        super().paintEvent(event)
        current = self.currentIndex()
        if not self.hasFocus() or not current.isValid():
            return
        last = self._rows_model.columnCount() - 1
        first = self.visualRect(self._rows_model.index(current.row(), 0))
        row = first.united(self.visualRect(self._rows_model.index(current.row(), last)))
        painter = QPainter(self.viewport())
        paint_ring(painter, QRectF(row), self._kit.theme)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            record = self.selected()
            if record is not None:
                self.activated_row.emit(record)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.activated_row.emit(self._rows_model.row_at(index.row()))

    def _keep_selection(self) -> None:
        record = self.selected()
        self._chosen_key = None if record is None else self._rows_model.key_of(record)

    def _restore_selection(self) -> None:
        if self._chosen_key is not None:
            self.select_key(self._chosen_key)

    def _tick(self) -> None:
        """Only the clocks are drawn anew: the rest of a row costs ten times as much."""
        if not self.isVisible():
            return
        for place, column in enumerate(self._rows_model.columns):
            if column.clock:
                left, width = self.columnViewportPosition(place), self.columnWidth(place)
                self.viewport().update(left, 0, width, self.viewport().height())
