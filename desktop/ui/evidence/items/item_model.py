"""The items of a case as a list model: what they are, their thumbnails, how the last check ended."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId

ITEM_ROLE = Qt.ItemDataRole.UserRole
THUMB_ROLE = Qt.ItemDataRole.UserRole + 1
CHECK_ROLE = Qt.ItemDataRole.UserRole + 2
_NAME_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class IntegrityState(Enum):
    """How the last reading of an item compared with its digest."""

    UNREAD = "unread"
    GOOD = "good"
    BAD = "bad"


class EvidenceModel(QAbstractListModel):
    """Rows by id: new items appear, vanished ones leave, the selection stays where it was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Evidence] = []
        self._rows: dict[EvidenceId, int] = {}
        self._thumbs: dict[EvidenceId, QImage] = {}
        self._checks: dict[EvidenceId, IntegrityState] = {}

    @property
    def items(self) -> tuple[Evidence, ...]:
        """The items in order."""
        return tuple(self._items)

    def item_at(self, row: int) -> Evidence | None:
        """The item of that row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def row_of(self, evidence: EvidenceId) -> int:
        """The row of that item, -1 if it is not here."""
        return self._rows.get(evidence, -1)

    def check_of(self, evidence: EvidenceId) -> IntegrityState:
        """How the item fared when it was last read."""
        return self._checks.get(evidence, IntegrityState.UNREAD)

    def set_items(self, items: Sequence[Evidence]) -> None:
        """Show ``items``; rows that stay are changed in place, new ones that follow each other come at once."""
        self._remove_all_but({item.id for item in items})
        known = {item.id for item in self._items}
        self._sort_known([item for item in items if item.id in known])
        row = 0
        while row < len(items):
            if items[row].id in known:
                self._replace(row, items[row])
                row += 1
            else:
                row = self._insert(row, items, known)
        self._rows = {item.id: row for row, item in enumerate(self._items)}

    def set_thumb(self, evidence: EvidenceId, image: QImage) -> None:
        """Show a thumbnail."""
        self._thumbs[evidence] = image
        self._tell(evidence, THUMB_ROLE)

    def set_checks(self, checks: dict[EvidenceId, IntegrityState]) -> None:
        """Remember how items fared; others keep their state."""
        self._checks |= checks
        for evidence in checks:
            self._tell(evidence, CHECK_ROLE)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the item itself, its thumbnail or its check."""
        item = self.item_at(index.row()) if index.isValid() else None
        if item is None:
            return None
        if role in _NAME_ROLES:
            return item.name
        if role == ITEM_ROLE:
            return item
        if role == THUMB_ROLE:
            return self._thumbs.get(item.id)
        return self.check_of(item.id) if role == CHECK_ROLE else None

    def _remove_all_but(self, wanted: set[EvidenceId]) -> None:
        for row in range(len(self._items) - 1, -1, -1):
            if self._items[row].id not in wanted:
                self.beginRemoveRows(_NOWHERE, row, row)
                del self._items[row]
                self.endRemoveRows()

    def _sort_known(self, wanted: Sequence[Evidence]) -> None:
        """Bring the rows that stay into their new order."""
        for row, item in enumerate(wanted):
            if self._items[row].id == item.id:
                continue
            old = next(at for at, other in enumerate(self._items) if other.id == item.id)
            self.beginMoveRows(_NOWHERE, old, old, _NOWHERE, row)
            self._items.insert(row, self._items.pop(old))
            self.endMoveRows()

    def _insert(self, row: int, items: Sequence[Evidence], known: set[EvidenceId]) -> int:
        """Insert the run of new items that begins at ``row``; where it ends."""
        end = row + 1
        while end < len(items) and items[end].id not in known:
            end += 1
        self.beginInsertRows(_NOWHERE, row, end - 1)
        self._items[row:row] = items[row:end]
        self.endInsertRows()
        return end

    def _replace(self, row: int, item: Evidence) -> None:
        if self._items[row] != item:
            self._items[row] = item
            self.dataChanged.emit(self.index(row), self.index(row))

    def _tell(self, evidence: EvidenceId, role: int) -> None:
        row = self.row_of(evidence)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [role])
