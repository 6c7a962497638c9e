"""One export at a time, followed volume by volume."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.domain.exchange.volumes import WrittenVolume
from desktop.domain.ids import DeviceId
from desktop.domain.progress import Progress
from desktop.services.exchange.export.export_bundle import Exported, export_bundle
from desktop.services.session import Session
from desktop.ui.shared.kit.task_runner import Runner, TaskHandle


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """For whom: the centre, or another desk of the station. ``afresh``: not continuing an interrupted export."""

    receiver: DeviceId | None = None
    afresh: bool = False


TO_CENTRE: Final = ExportTarget()
Guard = Callable[[Callable[[Progress], Exported]], Callable[[Progress], Exported]]


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

    def __init__(self, runner: Runner, session: Session, owner: QObject) -> None:
        super().__init__(owner)
        self._runner = runner
        self._session = session
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
            guard(partial(_export, self._session, folder, relay, target)),
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
    session: Session, folder: Path, relay: _Relay, target: ExportTarget, progress: Progress
) -> Exported:
    return export_bundle(
        session,
        folder,
        progress,
        receiver=target.receiver,
        on_volume=relay.tell,
        afresh=target.afresh,
    )
