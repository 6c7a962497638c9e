"""The leads as rows that can be changed in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.cases.intake import IdentifierText
from desktop.ui.intake.form.certainty import CERTAINTY_TONES
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.rows_model import CHIP_ROLE, DIGITS_ROLE, TONE_ROLE

Index = QModelIndex | QPersistentModelIndex
KIND, VALUE, CERTAINTY, SOURCE, NOTE, STATE = range(6)
_NAMES: Final = ("kind", "value", "certainty", "source", "note", "state")
_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_FONT = Qt.ItemDataRole.FontRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NO_INDEX = QModelIndex()

Remark = Callable[[int], tuple[str, Tone] | None]
"""What is to be said of the lead in that row: words and their tone."""


class IdentifierModel(QAbstractTableModel):
    """Shows ``identifiers`` of the form; edits go into the form, and come back from it."""

    def __init__(self, kit: Kit, model: FormModel, remark: Remark) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._remark = remark
        self._rows: tuple[IdentifierText, ...] = model.form.identifiers
        model.rows_changed.connect(self._rows_changed)
        model.changed.connect(self._changed)
        model.replaced.connect(self._reset)
        kit.texts.changed.connect(self._words_changed)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many leads."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Kind, value, how sure it is and where it was found, note, what is known of it."""
        return 0 if parent.isValid() else len(_NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self._kit.texts.text(f"intake.identifiers.{_NAMES[section]}")
        if role == _FONT:  # the style sheet passes the header's own font over
            return self._kit.theme.font("table_header")
        return _LEFT if role == _ALIGN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but the remark can be changed."""
        flags = super().flags(index)
        if index.isValid() and index.column() != STATE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows, or the text to edit."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == _EDIT:
            return "" if column == STATE else getattr(row, _NAMES[column])
        if role == _DISPLAY:
            return self._text(index.row(), column)
        if role == TONE_ROLE:
            return self._tone(index.row(), column)
        if role == CHIP_ROLE:
            return column == KIND or (column == CERTAINTY and bool(row.certainty))
        if role == _ALIGN:  # the delegate paints nothing without it
            return _LEFT
        return column == VALUE if role == DIGITS_ROLE else None

    def _tone(self, row: int, column: int) -> Tone | None:
        if column == CERTAINTY:
            return CERTAINTY_TONES.get(self._rows[row].certainty)
        remark = self._remark(row) if column == STATE else None
        return remark[1] if remark else None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Put an edit into the form."""
        if role != _EDIT or not index.isValid() or index.column() == STATE:
            return False
        self._model.put(f"identifiers.{index.row()}.{_NAMES[index.column()]}", str(value).strip())
        return True

    def remarks_changed(self) -> None:
        """What is known of the leads has changed."""
        self._tell(STATE, STATE)

    def _text(self, row: int, column: int) -> str:
        item = self._rows[row]
        if column == KIND:
            return self._kit.texts.text(f"intake.kind.{item.kind}" if item.kind else "intake.unset")
        if column == CERTAINTY:
            return (
                self._kit.texts.text(f"intake.certainty.{item.certainty}") if item.certainty else ""
            )
        if column == STATE:
            remark = self._remark(row)
            return remark[0] if remark else ""
        return str(getattr(item, _NAMES[column]))

    def _rows_changed(self, part: str) -> None:
        if part != "identifiers":
            return
        new = self._model.form.identifiers
        if new[: len(self._rows)] == self._rows and len(new) == len(self._rows) + 1:
            self.beginInsertRows(_NO_INDEX, len(self._rows), len(self._rows))
            self._rows = new
            self.endInsertRows()
            return
        gone = [row for row, item in enumerate(self._rows) if item not in new]
        if len(gone) == 1 and len(new) == len(self._rows) - 1:
            self.beginRemoveRows(_NO_INDEX, gone[0], gone[0])
            self._rows = new
            self.endRemoveRows()
            return
        self._reset()

    def _changed(self, path: str) -> None:
        if path.startswith("identifiers."):
            self._rows = self._model.form.identifiers
            row = int(path.split(".")[1])
            self.dataChanged.emit(self.index(row, KIND), self.index(row, STATE))

    def _reset(self) -> None:
        self.beginResetModel()
        self._rows = self._model.form.identifiers
        self.endResetModel()

    def _words_changed(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, KIND, STATE)
        self._tell(KIND, STATE)

    def _tell(self, first: int, last: int) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, first), self.index(len(self._rows) - 1, last))
