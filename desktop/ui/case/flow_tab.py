"""The money flow of the case, or its persons: made when it is first looked at, read anew when the case has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.layout.room import Room


class FlowPart(Protocol):
    """What the window puts into the tab, beside being a widget."""

    def reload(self) -> None:
        """Read the money anew."""
        ...

    def show_revealed(self, *, revealed: bool) -> None:
        """Numbers in full or masked."""
        ...


FlowFactory = Callable[[CaseId], tuple[QWidget, FlowPart]]
"""The pane of a case, once as a widget and once for what it can do."""


def no_flow(_case: CaseId) -> tuple[QWidget, FlowPart]:
    """An empty part, for a page without money flow."""
    return QWidget(), _NoPart()


class _NoPart:
    def reload(self) -> None:
        """Nothing to read."""

    def show_revealed(self, *, revealed: bool) -> None:
        """Nothing to show."""


class FlowTab(QWidget):
    """``show_sheet`` tells of changes; ``look`` brings what is shown up to date."""

    def __init__(self, kit: Kit, factory: FlowFactory) -> None:
        super().__init__()
        self._factory = factory
        self._room = Room(kit)
        Column(kit, self).addWidget(self._room)
        self._case: CaseId | None = None
        self._revealed = False
        self._stale = True
        self._part: FlowPart | None = None

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """The case was read: what is shown may be old."""
        self._case, self._revealed, self._stale = sheet.file.case.id, revealed, True
        if self._part is not None:
            self._part.show_revealed(revealed=revealed)
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """The tab came to the front."""
        if self._case is None:
            return
        if self._part is None:
            pane, self._part = self._factory(self._case)
            self._room.hold(pane)
            self._part.show_revealed(revealed=self._revealed)
        if self._stale:
            self._stale = False
            self._part.reload()

    def forget(self) -> None:
        """Nothing of the last case may stand under the name of the next one."""
        self._case, self._part, self._stale = None, None, True
        self._room.clear()
