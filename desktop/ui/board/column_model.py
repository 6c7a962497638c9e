"""The cards of one column as a list model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.keyed_rows import KeyedRows

Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
CASE_MIME = "application/x-fanzha-case"

# Enum attribute look-ups dominate `data` of a list that is being painted; they are made once.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_CARD_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
)
_MOVABLE_FLAGS = _CARD_FLAGS | Qt.ItemFlag.ItemIsDragEnabled


class ColumnModel(QAbstractListModel):
    """Cards in the order given. A card dropped on it is announced by ``dropped``, not moved."""

    dropped = Signal(str, object)
    """(case id, the state of this column)"""

    def __init__(self, state: CaseState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._rows: KeyedRows[BoardItem] = KeyedRows(self, _case_id)
        self._describe: Callable[[BoardItem], str] = _plain

    def set_describe(self, describe: Callable[[BoardItem], str]) -> None:
        """How a card is read aloud."""
        self._describe = describe

    def items(self) -> Sequence[BoardItem]:
        """The cards, top to bottom."""
        return self._rows.rows

    def item(self, row: int) -> BoardItem:
        """The card of a row."""
        return self._rows[row]

    def row_of(self, case: CaseId) -> int:
        """The row of a case, -1 if it is not in this column."""
        return self._rows.place(case)

    def replace(self, items: Sequence[BoardItem]) -> None:
        """Show these cards, telling views only what changed."""
        self._rows.replace(items)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of cards."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The card itself under ``ITEM_ROLE``; the name for type-ahead; the whole card in words for readers."""
        if not index.isValid():
            return None
        if role == ITEM_ROLE:
            return self._rows[index.row()]
        if role == _DISPLAY:
            return self._rows[index.row()].victim
        if role == _ACCESSIBLE:
            return self._describe(self._rows[index.row()])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Registered cases can be dragged; the column takes drops."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _MOVABLE_FLAGS if self._rows[index.row()].card else _CARD_FLAGS

    def supportedDropActions(self) -> Qt.DropAction:
        """Cards move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """A case id, for this program only."""
        return [CASE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The id of the dragged case."""
        data = QMimeData()
        if indexes:
            data.setData(CASE_MIME, self._rows[indexes[0].row()].id.encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: Index
    ) -> bool:
        """Anything that came from a column."""
        return data.hasFormat(CASE_MIME)

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: Index
    ) -> bool:
        """Announce the wish; False, so that the view removes nothing on its own."""
        if data.hasFormat(CASE_MIME):
            self.dropped.emit(bytes(data.data(CASE_MIME).data()).decode(), self.state)
        return False


def _case_id(item: BoardItem) -> str:
    return item.id


def _plain(item: BoardItem) -> str:
    return item.victim
