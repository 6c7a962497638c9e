"""The pasted text with what was read from it under colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.statements.proposal import Proposal
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.marked_text import cursor_over, marked
from desktop.ui.shared.widgets.input.line_edit import TextEdit

_MOST: Final = 400
"""Marks drawn at once; a novel has more, and nobody looks at them all."""


class PasteText(TextEdit):
    """Anything can be pasted over it or typed; marks follow what was read last."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, lines=6)
        self._found: tuple[Proposal, ...] = ()
        self._current: Proposal | None = None
        kit.theme.changed.connect(self._draw)

    def mark(self, found: Iterable[Proposal]) -> None:
        """Colour the words of every proposal."""
        self._found = tuple(found)[:_MOST]
        self._current = None
        self._draw()

    def show_words(self, proposal: Proposal | None) -> None:
        """Bring the words of one proposal into sight, in another colour, and in a third those that spoke for it."""
        self._current = proposal
        self._draw()
        if proposal is not None:
            self.setTextCursor(cursor_over(self, proposal.start, proposal.start))
            self.ensureCursorVisible()

    def _draw(self) -> None:
        marks = [marked(self._kit, self, item.start, item.end) for item in self._found]
        if self._current is not None:
            current = self._current
            marks += [
                marked(self._kit, self, word.start, word.end, tone="green")
                for word in current.because
            ]
            marks.append(marked(self._kit, self, current.start, current.end, tone="amber"))
        self.setExtraSelections(marks)
