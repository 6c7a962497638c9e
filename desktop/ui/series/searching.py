"""The search for series: values first, narratives then, each a piece of work that the card shows and stops."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import Cancelled
from desktop.domain.series.series import LikePair
from desktop.services.series.find_series import FoundSeries
from desktop.ui.series.port import SeriesPort
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.work_card import WorkCard


class Searching(QObject):
    """``found(FoundSeries)``, then ``stories(tuple)``. ``stopped``: what was shown before still stands.
    ``failed(error)``."""

    found = Signal(object)
    stories = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, port: SeriesPort, card: WorkCard, parent: QObject) -> None:
        super().__init__(parent)
        self._port = port
        self._work = OneWork(kit, card, self)
        self._again = False

    def start(self) -> None:
        """Search anew; while a search is going on, once more after it, since more was said meanwhile."""
        if self._work.busy:
            self._again = True
            return
        self._again = False
        self._work.start("series.searching", self._port.find, self._found, self._failed)

    def _found(self, found: FoundSeries) -> None:
        self.found.emit(found)
        if self._again:
            self.start()
        else:
            self._work.start("series.comparing", self._port.stories, self._told, self._failed)

    def _told(self, pairs: tuple[LikePair, ...]) -> None:
        self.stories.emit(pairs)
        if self._again:
            self.start()

    def _failed(self, error: Exception) -> None:
        self._again = False
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)
