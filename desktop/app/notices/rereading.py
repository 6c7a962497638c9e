"""Reading anew after changes, as often as it takes and never more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.task_runner import Progressed, Runner


class Rereading(QObject):
    """Several wishes in one turn are one reading, and no two go on at once: a wish that comes meanwhile is read after.

    ``work`` runs in lane ``survey``; ``read(what)`` or ``failed(error)`` follows. ``advance`` hears how far it is.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        work: Callable[[Progress], object],
        parent: QObject,
        advance: Progressed | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._work = work
        self._advance = advance
        self._reading = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start)

    def refresh(self) -> None:
        """Something was recorded."""
        self._timer.start(0)

    def _start(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._runner.start("survey", self._work, self._read, self._failed, self._advance)

    def _read(self, what: object) -> None:
        self.read.emit(what)
        self._done()

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._done()

    def _done(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()
