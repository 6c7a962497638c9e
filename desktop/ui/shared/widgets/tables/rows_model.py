"""A table model over a tuple of records: columns are described, rows differ by id."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.text.hidden_signs import spelled_out
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The record itself."""
TONE_ROLE = ROW_ROLE + 1
"""The :class:`Tone` of the text, or ``None``."""
CHIP_ROLE = ROW_ROLE + 2
"""Whether the text is drawn as a chip."""
SPAN_ROLE = ROW_ROLE + 3
"""The :class:`ClockSpan` of a clock cell, or ``None``."""
DIGITS_ROLE = ROW_ROLE + 4
"""Whether the text is drawn in the type for accounts and numbers."""
END_ROLE = ROW_ROLE + 5
"""What tells a text too long for its cell from others (:class:`Keeps`)."""

# Attribute look-ups on Qt enums cost more than the rest of data().
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HORIZONTAL = Qt.Orientation.Horizontal
_NO_INDEX = QModelIndex()
_SINGLY_AT_MOST = 100  # beyond this many comings and goings one reset is cheaper for the view


class Keeps(Enum):
    """What is left of a text too long for its cell: its start, its end (a station's own name), or both ends (a bank and
    the last digits of an account)."""

    START = "start"
    END = "end"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[T]):
    """One column. ``name`` is for widths and tests, ``header_key`` its catalogue heading."""

    name: str
    header_key: str
    text: Callable[[T], str]
    align_right: bool = False
    digits: bool = False
    chip: bool = False
    keeps: Keeps = Keeps.START
    tone: Callable[[T], Tone | None] | None = None
    tip: Callable[[T], str] | None = None
    clock: Callable[[T], ClockSpan | None] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Shows records. ``key`` gives the id by which a record is known again after a refresh."""

    def __init__(
        self,
        kit: Kit,
        columns: Sequence[TableColumn[T]],
        key: Callable[[T], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._columns = tuple(columns)
        self._key = key
        self._rows: tuple[T, ...] = ()
        self._reported: set[str] = set()
        self._keys: list[Hashable] = []
        kit.texts.changed.connect(self._words_changed)

    @property
    def rows(self) -> tuple[T, ...]:
        """The records shown, top first."""
        return self._rows

    @property
    def columns(self) -> tuple[TableColumn[T], ...]:
        """The columns, left first."""
        return self._columns

    def row_at(self, row: int) -> T:
        """The record of that row; ``IndexError`` beyond the end."""
        return self._rows[row]

    def key_of(self, record: T) -> Hashable:
        """The id of a record."""
        return self._key(record)

    def row_of(self, key: Hashable) -> int:
        """The row of the record with that id, -1 if it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show ``rows``. Same ids in the same order change in place; others go singly and come together.

        Raises ``ValueError`` if two records have the same id.
        """
        new = tuple(rows)
        new_keys = [self._key(record) for record in new]
        wanted, present = set(new_keys), set(self._keys)
        if len(wanted) != len(new_keys):
            raise ValueError("two rows have the same id")
        fresh = [row for row, key in enumerate(new_keys) if key not in present]
        comings = len(list(_runs(fresh)))
        if not self._rows or not new or comings + len(present - wanted) > _SINGLY_AT_MOST:
            self.beginResetModel()
            self._rows, self._keys = new, new_keys
            self.endResetModel()
            return
        if present - wanted:
            self._remove_all_but(wanted)
        if self._keys != [key for key in new_keys if key in present]:
            self._reorder(new, new_keys)
            return
        for first, last in _runs(fresh):
            self._insert(first, new[first : last + 1], new_keys[first : last + 1])
        self._replace(new)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many records."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The heading of a column."""
        if orientation is not _HORIZONTAL or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (_DISPLAY, _ACCESSIBLE):
            return self._kit.texts.text(column.header_key) if column.header_key else ""
        if role == _ALIGN:
            return _RIGHT if column.align_right else _LEFT
        if role == _FONT:
            return self._kit.theme.font("table_header")
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows; nothing where that fails, which is reported once."""
        try:
            return self._shown(index, role)
        except Exception as error:  # noqa: BLE001 - out of a view that is painting it would end the program
            self._report(error)
            return None

    def _report(self, error: Exception) -> None:
        description = f"{type(error).__name__} {error}"
        if description not in self._reported:
            self._reported.add(description)
            sys.excepthook(type(error), error, error.__traceback__)

    def _shown(self, index: Index, role: int) -> Any:
        if not index.isValid():
            return None
        record = self._rows[index.row()]
        column = self._columns[index.column()]
        if role == _DISPLAY:
            return spelled_out(column.text(record))
        if role == ROW_ROLE:
            return record
        return self._detail(column, record, role)

    def _detail(self, column: TableColumn[T], record: T, role: int) -> object:
        if role == TONE_ROLE:
            return column.tone(record) if column.tone else None
        if role == SPAN_ROLE:
            return column.clock(record) if column.clock else None
        if role == _TIP:
            return column.tip(record) if column.tip else None
        if role == _ALIGN:
            return _RIGHT if column.align_right else _LEFT
        plain = {CHIP_ROLE: column.chip, DIGITS_ROLE: column.digits, END_ROLE: column.keeps}
        return plain.get(role)

    def _remove_all_but(self, wanted: set[Hashable]) -> None:
        for row in range(len(self._rows) - 1, -1, -1):
            if self._keys[row] not in wanted:
                self._remove(row)

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        self._rows = self._rows[:row] + self._rows[row + 1 :]
        del self._keys[row]
        self.endRemoveRows()

    def _insert(self, row: int, records: Sequence[T], keys: Sequence[Hashable]) -> None:
        self.beginInsertRows(QModelIndex(), row, row + len(records) - 1)
        self._rows = (*self._rows[:row], *records, *self._rows[row:])
        self._keys[row:row] = keys
        self.endInsertRows()

    def _replace(self, new: tuple[T, ...]) -> None:
        old, self._rows = self._rows, new
        last = len(self._columns) - 1
        for row, (before, after) in enumerate(zip(old, new, strict=True)):
            if before is not after and before != after:
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def _reorder(self, new: tuple[T, ...], new_keys: list[Hashable]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._keys[index.row()] for index in before]
        self._rows, self._keys = new, new_keys
        place = {key: row for row, key in enumerate(new_keys)}
        after = [
            self.index(place[id_], index.column()) if id_ in place else QModelIndex()
            for id_, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _words_changed(self) -> None:
        last = len(self._columns) - 1
        self.headerDataChanged.emit(_HORIZONTAL, 0, last)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, last))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows without a gap; ``rows`` ascend."""
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            yield rows[start], rows[place - 1]
            start = place
