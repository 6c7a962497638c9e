"""The deed of handing evidence over: asked in a dialog, done in the background with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence import Evidence
from desktop.domain.hand_over import HandedOver, HandOverWish
from desktop.domain.progress import Progress
from desktop.ui.evidence.hand_over_dialog import HandOverDialog
from desktop.ui.evidence.port import EvidencePort
from desktop.ui.evidence.work_strip import WorkStrip
from desktop.ui.shared.drives import Drives, SystemDrives
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.task_runner import TaskHandle


class HandingOver(QObject):
    """``done(HandedOver)`` or ``failed(error)``; one at a time."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        port: EvidencePort,
        strip: WorkStrip,
        window: QWidget,
        drives: Drives | None = None,
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._port = port
        self._strip = strip
        self._window = window
        self._drives = drives or SystemDrives()
        self._work: TaskHandle | None = None
        strip.hand_over.cancelled.connect(self._stop)

    def ask(self, items: Sequence[Evidence]) -> None:
        """Open the dialog, unless one is being written already."""
        if self._work is not None or not items:
            return
        dialog = HandOverDialog(self._kit, self._window, items, self._drives)
        dialog.wished.connect(self._begin)
        dialog.open()

    def _begin(self, wish: HandOverWish, folder: Path) -> None:
        self._strip.begin(self._strip.hand_over, "evidence.work.hand_over")
        work = partial(_hand_over, self._port, folder, wish)
        self._work = self._kit.runner.start(
            "files", work, self._finished, self._stopped, self._strip.hand_over.advance
        )

    def _finished(self, handed: HandedOver) -> None:
        self._end()
        self.done.emit(handed)

    def _stopped(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._work = None
        self._strip.finish(self._strip.hand_over)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()


def _hand_over(
    port: EvidencePort, folder: Path, wish: HandOverWish, progress: Progress
) -> HandedOver:
    return port.hand_over(folder, wish, progress)
