"""Colour under words of a text that somebody may be typing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from desktop.ui.shared.kit.kit import Kit


def mark_spans(kit: Kit, editor: QPlainTextEdit, spans: Iterable[tuple[int, int]]) -> None:
    """Mark each half-open span of the editor's text, in code points, and nothing else."""
    editor.setExtraSelections([marked(kit, editor, *span) for span in spans])


def marked(
    kit: Kit, editor: QPlainTextEdit, start: int, end: int, *, tone: str = "blue"
) -> QTextEdit.ExtraSelection:
    """One mark; ``tone`` names a colour and its soft ground."""
    look = QTextCharFormat()
    look.setBackground(kit.theme.color(f"{tone}_soft"))
    look.setForeground(kit.theme.color(tone))
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor_over(editor, start, end)  # type: ignore[attr-defined]  # the stubs lack members
    selection.format = look  # type: ignore[attr-defined]
    return selection


def cursor_over(editor: QPlainTextEdit, start: int, end: int) -> QTextCursor:
    """A selection of ``text[start:end]``; Qt counts in halves of UTF-16."""
    text = editor.toPlainText()
    cursor = QTextCursor(editor.document())
    cursor.setPosition(_units(text[:start]))
    cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _units(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)
