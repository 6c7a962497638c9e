"""What the viewer shows besides pictures: text, tables, a chat with its citation, and why something is not shown."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from desktop.domain.evidence.citation import message_citation
from desktop.domain.evidence.contents import ChatMessage, ContentsTable
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_TABLE_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


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
        if not index.isValid() or role not in _TABLE_ROLES:
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


class TextPage(QPlainTextEdit):
    """Text to read and to copy from."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("evidence_text")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFont(kit.theme.font("digits"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        kit.texts.bind(self.setAccessibleName, "evidence.viewer.text")


class TablePage(QTableView):
    """A table to read."""

    def __init__(self, kit: Kit, name: str = "evidence_table") -> None:
        super().__init__()
        self._table = SheetModel(kit, self)
        self.setObjectName(name)
        self.setModel(self._table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(kit.theme.font("table"))
        self.setWordWrap(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(kit.theme.font("table_header"))
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(kit.theme.space("control_compact"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMaximumSectionSize(kit.theme.space("side_card"))
        self.horizontalHeader().setResizeContentsPrecision(100)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # else the style draws a lone mark between the scroll bars
        kit.texts.bind(self.setAccessibleName, "evidence.viewer.table")

    def show_table(self, table: ContentsTable) -> None:
        """Show ``table`` from its first row."""
        self._table.set_table(table)
        self.resizeColumnsToContents()
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the marked cells as a spreadsheet would."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.marked_text())
            event.accept()
            return
        super().keyPressEvent(event)

    def marked_text(self) -> str:
        """The marked cells: tabs between columns, a line for each row."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes()):
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        return "\n".join("\t".join(cells) for cells in rows.values())


class NoticePage(QWidget):
    """A sign and a sentence on the dark ground."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="viewer")
        column = Column(kit, self, gap="space_m")
        margin = kit.theme.space("space_xl")
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        self._sign = IconLabel(kit, "file", size="icon_empty", ink="on_viewer")
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self.sentence = Label(kit, ink="viewer", wrap=True)
        self.sentence.setObjectName("evidence_notice")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addStretch(1)

    def say(self, sign: str, key: str, **params: str | int) -> None:
        """Show another sentence."""
        self._sign.set_icon(sign, "on_viewer")
        self.sentence.set_key(key, **params)


_CHAT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
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
        if not index.isValid() or role not in _CHAT_ROLES:
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


class MessageList(QTableView):
    """One line a message; the arrow keys move."""

    moved = Signal()

    def __init__(self, kit: Kit, model: ChatModel) -> None:
        super().__init__()
        self.setObjectName("evidence_messages")
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(kit.theme.font("table"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.theme.space("control_compact"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setFont(kit.theme.font("table_header"))
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(100)
        kit.texts.bind(self.setAccessibleName, "viewer.messages")

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell of the move."""
        super().currentChanged(current, previous)
        self.moved.emit()


class ChatPage(QWidget):
    """``cited(Citation)``: the person wants to refer to the chosen message."""

    cited = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._model = ChatModel(kit, self)
        column = Column(kit, self, gap="space_s")
        self._find = LineEdit(kit)
        self._find.setObjectName("evidence_find")
        kit.texts.bind(self._find.setPlaceholderText, "viewer.chat.find")
        kit.texts.bind(self._find.setAccessibleName, "viewer.chat.find")
        self._find.returnPressed.connect(self._find_next)
        self._missing = Label(kit, role="small", ink="muted")
        row = Row(kit)
        row.addWidget(self._find, 1)
        row.addWidget(self._missing)
        column.addLayout(row)
        self.list = MessageList(kit, self._model)
        self.list.moved.connect(self._show_chosen)
        column.addWidget(self.list, 3)
        self.text = TextPage(kit)
        self.text.setObjectName("evidence_message")
        column.addWidget(self.text, 1)
        row = Row(kit)
        self._who = Label(kit, role="small", ink="muted")
        self._who.setObjectName("evidence_message_who")
        row.addWidget(self._who, 1)
        cite = Button(
            kit, "viewer.cite.do", size=Size.COMPACT, keys="C", icon="copy", name="evidence_cite"
        )
        cite.clicked.connect(self.cite)
        row.addWidget(cite)
        column.addLayout(row)
        self.setFocusProxy(self.list)
        finding = QShortcut("Ctrl+F", self, self._begin_find)
        finding.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_messages(self, messages: tuple[ChatMessage, ...]) -> None:
        """Show a chat from its first message."""
        self._model.set_messages(messages)
        self._missing.set_text("")
        for place in range(len(COLUMNS) - 1):
            self.list.resizeColumnToContents(place)
        widest = self._kit.theme.space("side_card") // 2
        sender = COLUMNS.index("sender")
        self.list.setColumnWidth(sender, min(self.list.columnWidth(sender), widest))
        self.list.setCurrentIndex(self._model.index(0, 0))
        self._show_chosen()

    def cite(self) -> None:
        """Hand out the citation of the chosen message."""
        message = self._model.message_at(self.list.currentIndex().row())
        if message is not None:
            self.cited.emit(message_citation(message, self._model.sender_of(message)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F3 finds on, Shift+F3 back."""
        if event.key() == Qt.Key.Key_F3:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._find_next(step=-1 if back else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    def _begin_find(self) -> None:
        self._find.setFocus()
        self._find.selectAll()

    def _find_next(self, *, step: int = 1) -> None:
        text = self._find.text().strip()
        if not text or not self._model.rowCount():
            return
        row = self._model.find(text, self.list.currentIndex().row() + step, step)
        if row < 0:
            self._missing.set_key("viewer.chat.not_found")
            return
        self._missing.set_text("")
        self.list.setCurrentIndex(self._model.index(row, 0))

    def _show_chosen(self) -> None:
        message = self._model.message_at(self.list.currentIndex().row())
        if message is None:
            self.text.setPlainText("")
            self._who.set_text("")
            return
        self.text.setPlainText(message.text)
        who = (f"№ {message.number}", message.time, self._model.sender_of(message), message.account)
        self._who.set_text(" · ".join(part for part in who if part))
