"""One export at a time, followed volume by volume."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.exchange import WrittenVolume
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.task_runner import Runner, TaskHandle
from desktop.ui.sync.port import ExportTarget

if TYPE_CHECKING:
    from desktop.services.exchange.export_bundle import Exported
    from desktop.ui.sync.port import OnVolume

Export = Callable[[Path, Progress, "OnVolume", ExportTarget], "Exported"]


Guard = Callable[[Callable[[Progress], "Exported"]], Callable[[Progress], "Exported"]]


class _Relay(QObject):
    """Carries news of a volume from the worker thread to the GUI thread. Held by the work itself."""

    written = Signal(int, int, object)

    def tell(self, index: int, volumes: int, volume: WrittenVolume) -> None:
        self.written.emit(index, volumes, volume)


class Exporting(QObject):
    """``changed`` comes with each volume, ``finished(Exported)`` or ``failed(error)`` at the end."""

    changed = Signal()
    advanced = Signal(object, object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, export: Export, owner: QObject) -> None:
        super().__init__(owner)
        self._runner = runner
        self._export = export
        self._handle: TaskHandle | None = None
        self.running = False
        self.folder = Path()
        self.sizes: tuple[int, ...] = ()
        """Sizes of the volumes that were written, read back and verified."""
        self.volumes = 0
        """How many there will be; 0 until the first is written."""
        self.whole_before_failure = 0
        """Volumes that were finished when the last export failed or was stopped."""

    def start(self, folder: Path, target: ExportTarget, guard: Guard) -> None:
        """Begin; ignored while another export runs. ``guard`` looks first whether the place is still there."""
        if self.running:
            return
        self.running, self.folder = True, folder
        self.sizes, self.volumes = (), 0
        self.changed.emit()
        relay = _Relay()
        relay.written.connect(self._volume_written)
        self._handle = self._runner.start(
            "files",
            guard(partial(_export, self._export, folder, relay, target)),
            self._done,
            self._fail,
            self._report,
        )

    def forget(self) -> None:
        """What was written last is not told any more."""
        if not self.running:
            self.sizes, self.volumes = (), 0
            self.changed.emit()

    def cancel(self) -> None:
        """Stop at the next step; the volume in work vanishes, finished ones stay."""
        if self._handle is not None:
            self._handle.cancel()

    def _volume_written(self, _index: int, volumes: int, volume: WrittenVolume) -> None:
        self.sizes = (*self.sizes, volume.size)
        self.volumes = volumes
        self.changed.emit()

    def _report(self, done: int, total: int) -> None:
        self.advanced.emit(done, total)

    def _done(self, exported: Exported) -> None:
        self.running = False
        self.sizes = tuple(volume.size for volume in exported.volumes)
        self.volumes = len(self.sizes)
        self.changed.emit()
        self.finished.emit(exported)

    def _fail(self, error: Exception) -> None:
        self.running = False
        self.whole_before_failure = len(self.sizes)
        self.sizes, self.volumes = (), 0
        self.failed.emit(error)


def _export(
    export: Export, folder: Path, relay: _Relay, target: ExportTarget, progress: Progress
) -> Exported:
    return export(folder, progress, relay.tell, target)
