"""Takes files and pasted pictures in, one batch after the other, and works the slow digests out behind them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.services.ports.contents import FileContents
from desktop.ui.evidence.drops import Given
from desktop.ui.evidence.port import EvidencePort
from desktop.ui.evidence.taken import AddedEvidence, take_files, take_out, take_picture
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.task_runner import Runner


@dataclass(frozen=True, slots=True)
class Batch:
    """What comes in together; ``to_read``: what it says is to be read at once."""

    files: int
    work: Callable[[Progress], AddedEvidence]
    to_read: bool = False


class TakeIn(QObject):
    """``taken(Taken, to_read)`` or ``failed(error)`` for each batch."""

    taken = Signal(object, bool)
    failed = Signal(object)
    digested = Signal()
    """SM3 of something became known."""

    def __init__(
        self,
        runner: Runner,
        port: EvidencePort,
        files: FileContents,
        work: OneWork,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._files = files
        self._runner = runner
        self._port = port
        self._work = work
        self._waiting: deque[Batch] = deque()
        self._to_read = False
        self._digesting = False
        self._more_to_digest = False
        work.cancelled.connect(self._waiting.clear)

    def take(self, what: Given, picture_name: str, *, to_read: bool = False) -> None:
        """Take in what was chosen, dropped or pasted; a picture gets ``picture_name``."""
        if what.paths:
            work = partial(take_files, self._port, what.paths)
            self._waiting.append(Batch(len(what.paths), work, to_read))
        elif what.picture is not None:
            picture = partial(take_picture, self._port, picture_name, what.picture)
            self._waiting.append(Batch(1, picture, to_read))
        self._next()

    def take_out(
        self, item: Evidence, places: Sequence[Sequence[int]], sources: Sequence[str]
    ) -> None:
        """Make attachments of ``item`` evidence of their own, each with its source in words."""
        work = partial(
            take_out, self._port, self._files, item, list(zip(places, sources, strict=True))
        )
        self._waiting.append(Batch(len(places), work))
        self._next()

    def digest(self) -> None:
        """Work out the digests that are still owed, unless that is under way."""
        if self._digesting:
            self._more_to_digest = True
            return
        self._digesting = True
        work = partial(_digest, self._port)
        self._runner.start("files", work, self._digested, self._undigested)

    def _next(self) -> None:
        if self._work.busy or not self._waiting:
            return
        batch = self._waiting.popleft()
        self._to_read = batch.to_read
        self._work.start(
            "evidence.work.take", batch.work, self._done, self._failed, count=batch.files
        )

    def _done(self, taken: AddedEvidence) -> None:
        self.taken.emit(taken, self._to_read)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._next()
        if not self._work.busy:
            self.digest()

    def _digested(self, count: int) -> None:
        self._digesting = False
        if count:
            self.digested.emit()
        if self._more_to_digest:
            self._more_to_digest = False
            self.digest()

    def _undigested(self, _error: Exception) -> None:
        """Owed digests stay owed; a damaged item is told of by verification, which names it."""
        self._digesting = False
        self._more_to_digest = False


def _digest(port: EvidencePort, progress: Progress) -> int:
    return port.digest_pending(progress)
