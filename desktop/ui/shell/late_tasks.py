"""How many tasks are late, beside the board's icon in the rail: seen from every page, at every hour."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from PySide6.QtCore import QObject

from desktop.ui.shared.kit import Kit
from desktop.ui.shell.nav_rail import NavRail

_PAGE = "board"


class LateTasks(QObject):
    """``show`` takes the instants; the count follows the clock by itself."""

    def __init__(self, kit: Kit, rail: NavRail) -> None:
        super().__init__(rail)
        self._kit = kit
        self._rail = rail
        self._dues: tuple[datetime, ...] = ()
        kit.ticks.ticked.connect(self._count)
        kit.words.changed.connect(self._recount)

    def show(self, dues: tuple[datetime, ...]) -> None:
        """When open tasks are due, earliest first."""
        self._dues = dues
        self._recount()

    def _recount(self) -> None:
        self._count(self._kit.ticks.now())

    def _count(self, now: datetime) -> None:
        item = self._rail.item(_PAGE)
        if item is not None:
            late = bisect_right(self._dues, now)
            item.set_badge(late, self._kit.words.text("shell.late_tasks", count=late))
