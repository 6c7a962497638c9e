"""The cards of one column as a list model."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

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

T = TypeVar("T")

_MAX_RUNS = 48
"""Beyond this many separate announcements one reset costs the views less; they find the selection again by id."""


class KeyedRows(Generic[T]):
    """The rows of the list ``model``. ``key`` gives the id of a row; ids are unique."""

    def __init__(self, model: QAbstractListModel, key: Callable[[T], Hashable]) -> None:
        self._model = model
        self._key = key
        self._rows: list[T] = []
        self._places: dict[Hashable, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> T:
        return self._rows[row]

    @property
    def rows(self) -> Sequence[T]:
        """The rows as they stand; not to be changed."""
        return self._rows

    def place(self, key: Hashable) -> int:
        """The row with this id, -1 if there is none."""
        return self._places.get(key, -1)

    def replace(self, new: Sequence[T]) -> None:
        """Show ``new``, announcing only the differences."""
        keys = [self._key(row) for row in new]
        places = {key: place for place, key in enumerate(keys)}
        if len(places) != len(keys):
            raise ValueError("two rows share an id")
        gone = _runs(i for i, row in enumerate(self._rows) if self._key(row) not in places)
        come = _runs(place for place, key in enumerate(keys) if key not in self._places)
        if len(gone) + len(come) > _MAX_RUNS or not self._rows:
            self._reset(new, places)
            return
        self._remove(gone)
        self._reorder(places)
        self._insert(come, new)
        self._places = places
        self._change(new)

    def _reset(self, new: Sequence[T], places: dict[Hashable, int]) -> None:
        if not new and not self._rows:
            return
        self._model.beginResetModel()
        self._rows = list(new)
        self._places = places
        self._model.endResetModel()

    def _remove(self, runs: list[tuple[int, int]]) -> None:
        for first, last in reversed(runs):
            self._model.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self._model.endRemoveRows()

    def _reorder(self, places: dict[Hashable, int]) -> None:
        """Bring the rows that stay into their new order, moving what points at them along."""
        order = sorted(range(len(self._rows)), key=lambda i: places[self._key(self._rows[i])])
        if all(i == old for i, old in enumerate(order)):
            return
        self._model.layoutAboutToBeChanged.emit()
        before = self._model.persistentIndexList()
        moved = {old: now for now, old in enumerate(order)}
        self._rows = [self._rows[old] for old in order]
        after = [self._model.index(moved[old.row()], old.column()) for old in before]
        self._model.changePersistentIndexList(before, after)
        self._model.layoutChanged.emit()

    def _insert(self, runs: list[tuple[int, int]], new: Sequence[T]) -> None:
        for first, last in runs:
            self._model.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = new[first : last + 1]
            self._model.endInsertRows()

    def _change(self, new: Sequence[T]) -> None:
        old = self._rows
        changed = [i for i, row in enumerate(new) if row is not old[i] and row != old[i]]
        self._rows = list(new)
        for first, last in _runs(changed):
            self._model.dataChanged.emit(self._model.index(first, 0), self._model.index(last, 0))


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending places as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


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
        self.moves = True
        """Whether cards can be dragged."""
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
        """Registered cases can be dragged where cards move; the column takes drops."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _MOVABLE_FLAGS if self.moves and self._rows[index.row()].card else _CARD_FLAGS

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
