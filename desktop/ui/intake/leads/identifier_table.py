"""The table of leads: cells are changed in place, Del takes a row out."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.intake.form.choices import certainties, identifier_kinds
from desktop.ui.intake.leads.identifier_model import (
    CERTAINTY,
    KIND,
    NOTE,
    SOURCE,
    STATE,
    VALUE,
    IdentifierModel,
    Index,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit
from desktop.ui.shared.widgets.tables.cell_delegate import CellDelegate

_WORDS = 92
_REMARK = 156
"""Widths beyond which the number itself would be cut; the whole remark stands below the table."""
_EDIT = Qt.ItemDataRole.EditRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Editors(CellDelegate):
    """Paints like every table, edits with the editors of the kit."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(kit, parent)
        self._words = kit

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A choice for the kind, a line for the rest."""
        if index.column() in (KIND, CERTAINTY):
            combo = Combo(self._words)
            combo.setParent(parent)
            combo.set_options(identifier_kinds() if index.column() == KIND else certainties())
            return combo
        line = LineEdit(self._words, role="digits" if index.column() == VALUE else "body")
        line.setParent(parent)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, Combo):
            editor.set_value(str(index.data(_EDIT)))
        elif isinstance(editor, LineEdit):
            editor.set_value(str(index.data(_EDIT)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the edit; half a composition is none."""
        if isinstance(editor, Combo):
            model.setData(index, editor.value(), _EDIT)
        elif isinstance(editor, LineEdit) and not editor.composing:
            model.setData(index, editor.text(), _EDIT)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter closes the editor, but while an input method composes it belongs to that."""
        composing = isinstance(editor, LineEdit) and editor.composing
        if composing and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            return False
        return super().eventFilter(editor, event)


class IdentifierTable(QTableView):
    """``remove_wanted(row)`` follows Del, ``moved`` each move."""

    remove_wanted = Signal(int)
    moved = Signal()

    def __init__(self, kit: Kit, model: IdentifierModel, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setModel(model)
        self.setItemDelegate(_Editors(kit, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.theme.space("table_row"))
        header = self.horizontalHeader()
        header.setFont(kit.theme.font("table_header"))
        header.setFixedHeight(kit.theme.space("table_header"))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column in (KIND, CERTAINTY, STATE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        for signal in (
            model.rowsInserted,
            model.modelReset,
            model.dataChanged,
            model.headerDataChanged,
        ):
            signal.connect(self._fit)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        for column in (SOURCE, NOTE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, _WORDS)
        kit.texts.bind(self.setAccessibleName, "intake.identifiers.list")
        kit.theme.changed.connect(self.viewport().update)

    def _fit(self) -> None:
        """As wide as kind and check need; Qt fits columns when rows come, not when what they say changes."""
        for column in (KIND, CERTAINTY, STATE):
            self.resizeColumnToContents(column)
        header = self.horizontalHeader()
        header.resizeSection(STATE, min(header.sectionSize(STATE), _REMARK))

    def settle(self) -> None:
        """A cell that is being changed takes what was typed: it does so when the keyboard leaves it."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.setFocus()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell of the move."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Entering by keyboard makes the first value current, so that the focus is seen."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, VALUE))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes the cell, Del takes the row out."""
        index = self.currentIndex()
        idle = self.state() is not QAbstractItemView.State.EditingState and index.isValid()
        if idle and event.key() in _ENTER:
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        elif idle and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(index.row())
        else:
            super().keyPressEvent(event)
