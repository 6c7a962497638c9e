"""Messages of an exported chat as a Qt model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.evidence.contents import ChatMessage
from desktop.ui.shared.kit.kit import Kit

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
COLUMNS = ("number", "time", "sender", "text")


class ChatModel(QAbstractTableModel):
    """Read only; a message is one row, however long."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._messages: tuple[ChatMessage, ...] = ()

    def set_messages(self, messages: tuple[ChatMessage, ...]) -> None:
        """Show ``messages``."""
        self.beginResetModel()
        self._messages = messages
        self.endResetModel()

    def message_at(self, row: int) -> ChatMessage | None:
        """The message of that row."""
        return self._messages[row] if 0 <= row < len(self._messages) else None

    def find(self, text: str, start: int, step: int) -> int:
        """The next row from ``start`` on whose text or sender holds ``text``, round the end; -1 if none does."""
        wanted, count = text.casefold(), len(self._messages)
        for offset in range(count):
            row = (start + offset * step) % count
            message = self._messages[row]
            if wanted in message.text.casefold() or wanted in message.sender.casefold():
                return row
        return -1

    def sender_of(self, message: ChatMessage) -> str:
        """The name, or on whose side it was written."""
        if message.sender or not message.side:
            return message.sender
        return self._kit.texts.text(f"viewer.chat.{message.side}")

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Messages."""
        return 0 if parent.isValid() else len(self._messages)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Number, time, sender, text."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of the cell, on one line."""
        if not index.isValid() or role not in _SHOWN:
            return None
        message = self._messages[index.row()]
        column = COLUMNS[index.column()]
        if column == "number":
            return str(message.number)
        if column == "time":
            return message.time
        return self.sender_of(message) if column == "sender" else " ".join(message.text.split())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._kit.texts.text(f"viewer.column.{COLUMNS[section]}")
