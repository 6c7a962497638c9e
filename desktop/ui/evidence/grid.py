"""The grid of tiles: arrows move, Enter or Space turns to the viewer."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.item_model import EvidenceModel
from desktop.ui.evidence.tile_delegate import TileDelegate
from desktop.ui.shared.kit.kit import Kit


class EvidenceGrid(QListView):
    """``chosen(item | None)`` follows the selection, ``opened`` asks for the viewer."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, kit: Kit, model: EvidenceModel) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._tiles = TileDelegate(kit, self.viewport())
        self.setObjectName("evidence_grid")
        self.setModel(model)
        self.setItemDelegate(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would re-flow the tiles under the mouse.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        kit.texts.bind(self.setAccessibleName, "evidence.grid")
        self.activated.connect(self._activated)

    def current(self) -> Evidence | None:
        """The chosen item."""
        return self._model.item_at(self.currentIndex().row())

    def choose(self, evidence: EvidenceId) -> bool:
        """Select that item; False if it is not here."""
        row = self._model.row_of(evidence)
        if row < 0:
            return False
        self.setCurrentIndex(self._model.index(row))
        return True

    def choose_first(self) -> None:
        """Select the first item, if nothing is selected."""
        if self.current() is None and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who is chosen now."""
        super().selectionChanged(selected, deselected)
        indexes = self.selectedIndexes()
        self.chosen.emit(self._model.item_at(indexes[0].row()) if indexes else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, filling the width."""
        width = self.viewport().width()
        columns = max(1, width // self._kit.theme.space("thumb_width"))
        # One pixel less: a row that fills the width to the last pixel is wrapped by the view.
        cell = QSize((width - 1) // columns, self._tiles.height())
        self._tiles.set_cell(cell)
        self.setGridSize(cell)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space turn to the viewer."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.current() is not None:
            self.opened.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _activated(self) -> None:
        self.opened.emit()
