"""One piece of long work at a time: shown on a card, stopped by it, and over before anybody hears of its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import TaskHandle
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow
from desktop.ui.shared.widgets.pages.work_card import WorkCard

T = TypeVar("T")


class OneWork(QObject):
    """Everything that shares a card (or a row of one) shares this. ``stirred`` when work begins or is over;
    ``cancelled``: the person asks to stop."""

    stirred = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, card: WorkCard | ProgressRow, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._card = card
        self._handle: TaskHandle | None = None
        self._busy = False
        self._on_done: Callable[[Any], object] = _nothing
        self._on_failed: Callable[[Exception], object] = _nothing
        card.cancelled.connect(self._cancel)

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self._busy

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_failed: Callable[[Exception], object],
        **params: str | int,
    ) -> bool:
        """Start work in lane ``files``; False, and nothing happens, while other work is going on. ``params``: of the
        words of ``title``."""
        if self._busy:
            return False
        self._busy, self._on_done, self._on_failed = True, on_done, on_failed
        self._card.begin(title, **params)
        self.stirred.emit()
        self._handle = self._kit.runner.start(
            "files", work, self._done, self._failed, self._card.advance
        )
        return True

    def stop(self) -> None:
        """Ask it to end, as the card does."""
        if self._handle is not None:
            self._handle.cancel()

    def _done(self, result: object) -> None:
        self._end()
        self._on_done(result)

    def _failed(self, error: Exception) -> None:
        self._end()
        self._on_failed(error)

    def _end(self) -> None:
        self._busy = False
        self._card.finish()
        self.stirred.emit()

    def _cancel(self) -> None:
        self.stop()
        self.cancelled.emit()


def _nothing(_: object) -> None:
    """Nobody asked to hear of it."""
