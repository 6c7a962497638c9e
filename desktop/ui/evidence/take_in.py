"""Takes files and pasted pictures in, one batch after the other, and works the slow digests out behind them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.drops import Given, files_below, png_of
from desktop.ui.evidence.port import EvidencePort
from desktop.ui.shared.task_runner import Runner, TaskHandle

_Work = Callable[[Progress], tuple[EvidenceId, ...]]


class TakeIn(QObject):
    """``began(files)``, ``advanced(done, total)``, then ``ended(ids, error | None)`` for each batch."""

    began = Signal(int)
    advanced = Signal(object, object)
    ended = Signal(object, object)
    digested = Signal()
    """SM3 of something became known."""

    def __init__(self, runner: Runner, port: EvidencePort, owner: QObject) -> None:
        super().__init__(owner)
        self._runner = runner
        self._port = port
        self._waiting: deque[tuple[int, _Work]] = deque()
        self._handle: TaskHandle | None = None
        self._busy = False
        self._digesting = False
        self._more_to_digest = False

    @property
    def busy(self) -> bool:
        """Whether a batch is being taken in."""
        return self._busy

    def take(self, what: Given, picture_name: str) -> None:
        """Take in what was chosen, dropped or pasted; a picture gets ``picture_name``."""
        if what.paths:
            self._queue(len(what.paths), partial(_take_files, self._port, what.paths))
        elif what.picture is not None:
            work = partial(_take_picture, self._port, picture_name, what.picture)
            self._queue(1, work)

    def cancel(self) -> None:
        """Stop; items that are whole already stay."""
        self._waiting.clear()
        if self._handle is not None:
            self._handle.cancel()

    def digest(self) -> None:
        """Work out the digests that are still owed, unless that is under way."""
        if self._digesting:
            self._more_to_digest = True
            return
        self._digesting = True
        work = partial(_digest, self._port)
        self._runner.start("files", work, self._digested, self._undigested)

    def _queue(self, files: int, work: _Work) -> None:
        self._waiting.append((files, work))
        self._next()

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        files, work = self._waiting.popleft()
        self._busy = True
        self.began.emit(files)
        self._handle = self._runner.start("files", work, self._done, self._failed, self._report)

    def _report(self, done: int, total: int) -> None:
        self.advanced.emit(done, total)

    def _done(self, taken: tuple[EvidenceId, ...]) -> None:
        self._end(taken, None)

    def _failed(self, error: Exception) -> None:
        self._end((), error)

    def _end(self, taken: tuple[EvidenceId, ...], error: Exception | None) -> None:
        self._busy = False
        self._handle = None
        self.ended.emit(taken, error)
        self._next()
        if not self._busy:
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


def _take_files(
    port: EvidencePort, paths: Sequence[Path], progress: Progress
) -> tuple[EvidenceId, ...]:
    return port.attach(files_below(paths, progress), progress)


def _take_picture(
    port: EvidencePort, name: str, picture: QImage, progress: Progress
) -> tuple[EvidenceId, ...]:
    data = png_of(picture)
    progress.check()
    return (port.attach_picture(name, data),)


def _digest(port: EvidencePort, progress: Progress) -> int:
    return port.digest_pending(progress)
