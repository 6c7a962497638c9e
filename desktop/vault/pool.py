"""Thousands of small files: sealed a few at a time, published in groups that share the disk's journal commits."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from desktop.domain.errors import Cancelled
from desktop.domain.evidence import StoredBlob
from desktop.domain.progress import Progress
from desktop.vault.part import Part, publish

WORKERS: Final = 4
"""Threads that read, digest and seal. The waiting for fsync is the groups' affair, so two a core are enough."""
_AHEAD: Final = 64
_GROUP: Final = 64
"""Files published together; also how many descriptors a group keeps open."""
_TICK: Final = 0.1
"""Seconds after which the person's wish to stop is asked for, even if no file became ready."""

SealOne = Callable[[Path, Progress], Part]


class _Meter:
    """Octets done in all threads together, and whether to go on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.done = 0
        self.stopped = threading.Event()

    def add(self, count: int) -> None:
        with self._lock:
            self.done += count


class _FileProgress:
    """The progress of one file, told to the meter. Only the pool's owner talks to the person's progress."""

    def __init__(self, meter: _Meter) -> None:
        self._meter = meter
        self._told = 0

    def advance(self, done: int, total: int) -> None:  # noqa: ARG002 - the sum of all files is known to the pool
        """Add what is new."""
        self._meter.add(done - self._told)
        self._told = done

    def check(self) -> None:
        """Stop together with the others."""
        if self._meter.stopped.is_set():
            raise Cancelled


def store_in_pool(
    seal_one: SealOne, paths: Sequence[Path], progress: Progress
) -> Iterator[tuple[Path, StoredBlob]]:
    """Each file as it becomes durable, in no particular order.

    After a failure or a wish to stop no further file is begun, what was sealed by then is still published and
    given out, then the first error is raised. Giving the iterator up stops the work too.
    """
    meter = _Meter()
    total = sum(map(_size, paths))
    with ThreadPoolExecutor(WORKERS, "vault") as pool:
        work = _Work(pool, seal_one, iter(paths), meter)
        try:
            while group := work.next_group(progress, total):
                blobs = publish([part for _, part in group])
                yield from zip((path for path, _ in group), blobs, strict=True)
        finally:
            work.abandon()
    if work.problem is not None:
        raise work.problem
    progress.advance(meter.done, total)


class _Work:
    """Files being sealed by the pool, and the sealed ones waiting to be published."""

    def __init__(
        self, pool: ThreadPoolExecutor, seal_one: SealOne, paths: Iterator[Path], meter: _Meter
    ) -> None:
        self._pool = pool
        self._seal_one = seal_one
        self._paths = paths
        self._meter = meter
        self._running = 0
        self._finished: queue.SimpleQueue[Future[tuple[Path, Part]]] = queue.SimpleQueue()
        self.problem: BaseException | None = None

    def next_group(self, progress: Progress, total: int) -> list[tuple[Path, Part]]:
        """The next sealed files; empty when there are none left."""
        group: list[tuple[Path, Part]] = []
        while len(group) < _GROUP:
            self._submit()
            if not self._running:
                break
            try:
                future = self._finished.get(timeout=_TICK)
            except queue.Empty:
                if group:
                    break
            else:
                self._take(future, group)
            progress.advance(self._meter.done, total)
            self._ask(progress)
        return group

    def abandon(self) -> None:
        """Stop all threads and remove what they sealed."""
        self._meter.stopped.set()
        unpublished: list[tuple[Path, Part]] = []
        while self._running:
            self._take(self._finished.get(), unpublished)
        for _, part in unpublished:
            part.discard()

    def _submit(self) -> None:
        if self._meter.stopped.is_set():
            return
        for path in itertools.islice(self._paths, _AHEAD - self._running):
            self._running += 1
            self._pool.submit(self._seal, path).add_done_callback(self._finished.put)

    def _seal(self, path: Path) -> tuple[Path, Part]:
        return path, self._seal_one(path, _FileProgress(self._meter))

    def _take(self, future: Future[tuple[Path, Part]], group: list[tuple[Path, Part]]) -> None:
        self._running -= 1
        error = future.exception()
        if error is None:
            group.append(future.result())
        else:
            self._stop(error)

    def _ask(self, progress: Progress) -> None:
        try:
            progress.check()
        except Cancelled as error:
            self._stop(error)

    def _stop(self, error: BaseException) -> None:
        self._meter.stopped.set()
        if self.problem is None:
            self.problem = error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # it is reported when its turn comes
