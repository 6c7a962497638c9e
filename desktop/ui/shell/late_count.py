"""How many things are late, beside an icon of the rail: seen from every page, at every hour."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from PySide6.QtCore import QObject

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.nav_rail import NavRail


class LateCount(QObject):
    """``show`` takes the instants; the count follows the clock by itself. ``key`` names the words with their count."""

    def __init__(self, kit: Kit, rail: NavRail, page: str, key: str) -> None:
        super().__init__(rail)
        self._kit = kit
        self._rail = rail
        self._page = page
        self._key = key
        self._dues: tuple[datetime, ...] = ()
        kit.ticks.ticked.connect(self._count)
        kit.texts.changed.connect(self._recount)

    def show(self, dues: tuple[datetime, ...]) -> None:
        """When they are due, earliest first."""
        self._dues = dues
        self._recount()

    def _recount(self) -> None:
        self._count(self._kit.ticks.now())

    def _count(self, now: datetime) -> None:
        item = self._rail.item(self._page)
        if item is not None:
            late = bisect_right(self._dues, now)
            item.set_badge(late, self._kit.texts.text(self._key, count=late))
