"""Writing packs to the chosen place: those that wait, or one anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.order_pack import Pack
from desktop.domain.progress import Progress
from desktop.ui.centre.pack_port import PackPort
from desktop.ui.shared.banner import Banner
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.target_combo import TargetCombo
from desktop.ui.shared.task_runner import TaskHandle
from desktop.ui.shared.theme import Tone
from desktop.ui.shared.work_card import WorkCard


class Sending(QObject):
    """``sent`` when files are written; ``stirred`` when it begins or ends."""

    sent = Signal()
    stirred = Signal()

    def __init__(
        self,
        kit: Kit,
        port: PackPort,
        target: TargetCombo,
        work: WorkCard,
        banner: Banner,
    ) -> None:
        super().__init__(target)
        self._kit = kit
        self._port = port
        self._target = target
        self._work = work
        self._banner = banner
        self._handle: TaskHandle | None = None
        self._busy = False
        self._folder = Path()
        work.cancelled.connect(self._cancel)

    @property
    def ready(self) -> bool:
        """Whether there is a place to write to, and nothing being written."""
        return not self._busy and self._target.target() is not None

    def send(self, receivers: Sequence[str]) -> None:
        """Make up and write the packs of these receivers."""
        self._start(partial(_send, self._port, tuple(receivers)))

    def write_again(self, pack: Pack) -> None:
        """Write the files of a pack anew."""
        self._start(partial(_again, self._port, pack))

    def _start(self, deed: partial[tuple[Pack, ...]]) -> None:
        folder = self._target.target()
        if folder is None or self._busy:
            return
        self._busy, self._folder = True, folder
        self._banner.clear()
        self._work.begin("centre.packs.writing")
        self.stirred.emit()
        self._handle = self._kit.runner.start(
            "files",
            partial(deed, folder),
            self._done,
            self._failed,
            self._work.advance,
        )

    def _done(self, packs: tuple[Pack, ...]) -> None:
        self._end()
        self._banner.show_key(
            Tone.OK,
            "centre.packs.written",
            packs=len(packs),
            orders=sum(len(pack.orders) for pack in packs),
            folder=str(self._folder),
        )
        self.sent.emit()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._banner.show_error(error)
        self.sent.emit()  # packs are recorded before their files are written

    def _end(self) -> None:
        self._busy = False
        self._work.finish()
        self.stirred.emit()

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()


def _send(
    port: PackPort, receivers: Sequence[str], folder: Path, progress: Progress
) -> tuple[Pack, ...]:
    return port.send(receivers, folder, progress)


def _again(port: PackPort, pack: Pack, folder: Path, progress: Progress) -> tuple[Pack, ...]:
    port.write_again(pack, folder, progress)
    return (pack,)
