"""Rows of a model that are replaced as a whole and announced as the few changes they are.

Lists that are rebuilt lose the selection and the place the person was reading. Here a new tuple of rows becomes
removals, moves, insertions and changes by row id, so that views keep both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex

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
