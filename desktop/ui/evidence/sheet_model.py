"""A shown table as a Qt model: text cells under lettered columns, as spreadsheets name them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.evidence.contents import ContentsTable
from desktop.ui.shared.kit.kit import Kit

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class SheetModel(QAbstractTableModel):
    """Read only."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._table = ContentsTable("", (), 0)

    def set_table(self, table: ContentsTable) -> None:
        """Show ``table``."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else self._table.columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of the cell."""
        if not index.isValid() or role not in _SHOWN:
            return None
        return self._table.rows[index.row()][index.column()]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Our own names or A, B, C … above; 1, 2, 3 … beside."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is not Qt.Orientation.Horizontal:
            return section + 1
        heads = self._table.heads
        if section < len(heads):
            return self._kit.texts.text(f"viewer.column.{heads[section]}")
        return column_letters(section)


def column_letters(column: int) -> str:
    """``A`` to ``Z``, then ``AA`` …; ``column`` counts from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
