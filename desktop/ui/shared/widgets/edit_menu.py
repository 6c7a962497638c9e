"""The menu of an editor, in our words instead of the toolkit's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit

if TYPE_CHECKING:
    from desktop.ui.shared.kit.kit import Kit


class EditMenu(QMenu):
    """Undo, redo, cut, copy, paste, select all for ``editor``."""

    def __init__(self, kit: Kit, editor: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(editor)
        self._kit = kit
        self.setFont(kit.theme.font("body"))
        writable = not editor.isReadOnly()
        selected = _has_selection(editor)
        visible = not isinstance(editor, QLineEdit) or (
            editor.echoMode() is QLineEdit.EchoMode.Normal
        )
        undoable, redoable = _history(editor)
        self._add("undo", enabled=writable and undoable).triggered.connect(editor.undo)
        self._add("redo", enabled=writable and redoable).triggered.connect(editor.redo)
        self.addSeparator()
        self._add("cut", enabled=writable and selected and visible).triggered.connect(editor.cut)
        self._add("copy", enabled=selected and visible).triggered.connect(editor.copy)
        pasteable = writable and bool(QApplication.clipboard().text())
        self._add("paste", enabled=pasteable).triggered.connect(editor.paste)
        self.addSeparator()
        self._add("select_all", enabled=True).triggered.connect(editor.selectAll)

    def _add(self, word: str, *, enabled: bool) -> QAction:
        action = self.addAction(self._kit.texts.text(f"shared.edit.{word}"))
        action.setEnabled(enabled)
        return action


def _has_selection(editor: QLineEdit | QPlainTextEdit) -> bool:
    if isinstance(editor, QLineEdit):
        return editor.hasSelectedText()
    return editor.textCursor().hasSelection()


def _history(editor: QLineEdit | QPlainTextEdit) -> tuple[bool, bool]:
    if isinstance(editor, QLineEdit):
        return editor.isUndoAvailable(), editor.isRedoAvailable()
    document = editor.document()
    return document.isUndoAvailable(), document.isRedoAvailable()
