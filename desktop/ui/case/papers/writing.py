"""Writing in a draft: the editor in its card, and that nothing typed is lost when another paper is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import PaperId
from desktop.domain.papers.paper import PaperState
from desktop.ui.case.papers.actions import PaperActions
from desktop.ui.case.papers.editor import PaperEditor
from desktop.ui.case.papers.rows import CasePaperRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.card import Card, Column
from desktop.ui.shared.widgets.scroll import ScrollArea

_REST_MS = 250
"""After the last key the pages are drawn anew …"""
_KEEP_MS = 1000
"""… and the text is kept."""


class PaperWriting(Card):
    """Hidden while nothing can be written. ``rested``: what was typed is to be seen on the pages."""

    rested = Signal()

    def __init__(self, kit: Kit, actions: PaperActions) -> None:
        super().__init__(kit, "papers.write")
        self._actions = actions
        self._row: CasePaperRow | None = None
        self._editor: PaperEditor | None = None
        self._left: dict[PaperId, dict[str, str]] = {}
        self._rest, self._keep = QTimer(self), QTimer(self)
        place = QWidget()
        self._column = Column(kit, place)
        self.body.addWidget(ScrollArea(kit, place), 1)
        self.hide()
        for timer, work in ((self._rest, self.rested.emit), (self._keep, self.keep)):
            timer.setSingleShot(True)
            timer.timeout.connect(work)

    def show_row(self, row: CasePaperRow, texts: Mapping[str, str]) -> bool:
        """Offer the places of a draft; one that is being written in stays as it is. True if it is new."""
        paper = row.paper
        if paper is None or paper.state is not PaperState.DRAFT or not row.spec.places:
            self.drop()
            return False
        if self._editor is not None and self._row is not None and self._row.key == row.key:
            return False
        self.drop()
        self._row = row
        editor = PaperEditor(self._kit, row.spec, paper, texts, self._left.get(paper.id, {}))
        editor.edited.connect(self._typed)
        editor.left.connect(self.keep)
        editor.blanked.connect(self._keep_blank)
        editor.phrase_wanted.connect(partial(self._actions.ask_phrase, row.spec))
        self._column.addWidget(editor)
        self._editor = editor
        set_shown(self, shown=True)
        return True

    def drop(self) -> None:
        """Keep what was typed and offer nothing."""
        self.keep()
        self._rest.stop()
        if self._editor is not None:
            self._remember(self._editor.typed())
            self._column.removeWidget(self._editor)
            self._editor.hide()
            self._editor.setParent(None)
            self._editor.deleteLater()
        self._editor, self._row = None, None
        set_shown(self, shown=False)

    def unsaved(self) -> dict[str, str | None]:
        """What was typed and not kept yet."""
        return self._editor.unsaved() if self._editor is not None else {}

    def keep(self) -> None:
        """Keep what was typed now."""
        self._keep.stop()
        unsaved = self.unsaved()
        if unsaved and self._row is not None and self._row.paper is not None:
            self._actions.keep(self._row.paper.id, unsaved, {}, self._kept)

    def _remember(self, typed: dict[str, str]) -> None:
        """What is not kept yet, or never can be, is there when the paper is chosen again."""
        if self._row is not None and self._row.paper is not None:
            self._left[self._row.paper.id] = typed

    def too_long(self) -> bool:
        """Whether a text can not be kept; then the keyboard is put there, where the surplus is told."""
        place = self._editor.too_long() if self._editor is not None else None
        if place is not None:
            place.setFocus(Qt.FocusReason.OtherFocusReason)
        return place is not None

    def settle(self) -> None:
        """What waits for a timer happens now."""
        for timer, work in ((self._keep, self.keep), (self._rest, self.rested.emit)):
            if timer.isActive():
                timer.stop()
                work()

    def begin(self) -> bool:
        """Put the keyboard where writing begins; False if there is nothing to write."""
        first = self._editor.first() if self._editor is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def _typed(self) -> None:
        self._rest.start(_REST_MS)
        self._keep.start(_KEEP_MS)

    def _kept(self, done: tuple[PaperId, Mapping[str, str | None]]) -> None:
        paper, texts = done
        left = self._left.get(paper, {})
        for place, words in texts.items():
            if left.get(place) == words:
                del left[place]
        shown = self._row.paper if self._row is not None else None
        if self._editor is not None and shown is not None and shown.id == paper:
            self._editor.kept(texts)

    def _keep_blank(self, place: str, reason: str) -> None:
        if self._row is not None and self._row.paper is not None:
            self._actions.keep(self._row.paper.id, {}, {place: reason}, self._blank_kept)

    def _blank_kept(self, _done: tuple[PaperId, Mapping[str, str | None]]) -> None:
        self.rested.emit()
