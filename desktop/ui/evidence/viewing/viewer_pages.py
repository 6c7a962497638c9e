"""What the viewer shows besides pictures: text, tables, and why something is not shown."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHeaderView, QPlainTextEdit, QTableView, QWidget

from desktop.domain.evidence.contents import ContentsTable
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label

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
