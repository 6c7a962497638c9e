"""The pasted text with what was read from it under colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.domain.proposal import Proposal
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.line_edit import TextEdit

_MOST: Final = 400
"""Marks drawn at once; a novel has more, and nobody looks at them all."""


class PasteText(TextEdit):
    """Anything can be pasted over it or typed; marks follow what was read last."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, lines=6)
        self._theme = kit.theme
        self._found: tuple[Proposal, ...] = ()
        self._current: Proposal | None = None
        kit.theme.changed.connect(self._draw)

    def mark(self, found: Iterable[Proposal]) -> None:
        """Colour the words of every proposal."""
        self._found = tuple(found)[:_MOST]
        self._current = None
        self._draw()

    def show_words(self, proposal: Proposal | None) -> None:
        """Bring the words of one proposal into sight, in another colour."""
        self._current = proposal
        self._draw()
        if proposal is not None:
            self.setTextCursor(self._cursor(proposal.start, proposal.start))
            self.ensureCursorVisible()

    def _draw(self) -> None:
        marks = [self._mark(item, "blue_soft", "blue") for item in self._found]
        if self._current is not None:
            marks.append(self._mark(self._current, "amber_soft", "amber"))
        self.setExtraSelections(marks)

    def _mark(self, item: Proposal, ground: str, ink: str) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setBackground(self._theme.color(ground))
        look.setForeground(self._theme.color(ink))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(item.start, item.end)  # type: ignore[attr-defined]  # stubs lack members
        selection.format = look  # type: ignore[attr-defined]
        return selection

    def _cursor(self, start: int, end: int) -> QTextCursor:
        """Qt counts in halves of UTF-16."""
        text = self.toPlainText()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _units(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)
