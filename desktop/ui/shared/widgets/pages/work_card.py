"""A card for one piece of long work; not there while nothing is going on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow, Unit


class WorkCard(Card):
    """Give ``advance`` to the runner as ``on_progress``; ``cancelled``: the person asks to stop."""

    cancelled = Signal()

    def __init__(self, kit: Kit, unit: Unit = "bytes", *, name: str = "work") -> None:
        super().__init__(kit)
        self._row = ProgressRow(kit, unit, name=name)
        self._row.cancelled.connect(self.cancelled)
        self.body.addWidget(self._row)
        self.hide()

    def begin(self, title_key: str, **params: str | int) -> None:
        """Show it at nought."""
        self._row.begin(title_key, **params)
        self.show()

    def advance(self, done: int, total: int) -> None:
        """``done`` of ``total`` units; ``total`` 0 means unknown."""
        self._row.advance(done, total)

    def finish(self) -> None:
        """Hide it."""
        self._row.finish()
        self.hide()
