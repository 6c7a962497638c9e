"""Thousands of small files: sealed a few at a time, published in groups that share the disk's journal commits."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop.domain.errors import Cancelled
from desktop.domain.evidence import StoredBlob
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import disk_errors
from desktop.vault.content_digest import MANY, SM3_AT_ONCE
from desktop.vault.disk import Barrier
from desktop.vault.part import Bench, Part, publish
from desktop.vault.sealer import Sealer

WORKERS: Final = 4
"""Threads that read, digest and seal. The waiting for fsync is the groups' affair, so two a core are enough."""
_TICK: Final = 0.1
"""Seconds after which the person's wish to stop is asked for, even if no file became ready."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """``run``: files a thread takes at once; ``group``: files published together; ``ahead``: files on their way
    through the threads; ``sm3_up_to``: octets."""

    run: int
    group: int
    ahead: int
    sm3_up_to: int


_SOME: Final = _Manner(run=1, group=64, ahead=64, sm3_up_to=SM3_AT_ONCE)
_THOUSANDS: Final = _Manner(run=8, group=128, ahead=512, sm3_up_to=-1)
"""Handing small files over one by one and waiting for the medium after few would cost as much as sealing them."""


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


@dataclass(slots=True)
class _Run:
    """What one thread made of the files it took, and what stopped it before the last."""

    taken: int
    sealed: list[tuple[Path, Part]] = field(default_factory=list)
    problem: BaseException | None = None


def store_in_pool(
    bench: Bench, paths: Sequence[Path], progress: Progress
) -> Iterator[tuple[Path, StoredBlob]]:
    """Each file as it becomes durable, in no particular order.

    After a failure or a wish to stop no further file is begun, what was sealed by then is still published and
    given out, then the first error is raised. Giving the iterator up stops the work too.
    """
    manner = _THOUSANDS if len(paths) > MANY else _SOME
    meter = _Meter()
    total = sum(map(_size, paths))
    with _barrier(bench, manner) as barrier, ThreadPoolExecutor(WORKERS, "vault") as pool:
        seal = _sealing(bench, manner, meter, lasting=barrier is None)
        work = _Work(pool, seal, manner, iter(paths), meter)
        try:
            while group := work.next_group(progress, total):
                blobs = publish([part for _, part in group], barrier)
                yield from zip((path for path, _ in group), blobs, strict=True)
        finally:
            work.abandon()
    if work.problem is not None:
        raise work.problem
    progress.advance(meter.done, total)


@contextmanager
def _barrier(bench: Bench, manner: _Manner) -> Iterator[Barrier | None]:
    """What makes whole groups durable. Only for thousands of files, as it also waits for what other programs write."""
    barrier = None
    if manner is _THOUSANDS:
        bench.layout.prepare()
        with disk_errors():
            barrier = bench.disk.barrier(bench.layout.root)
    try:
        yield barrier
    finally:
        if barrier is not None:
            barrier.close()


def _sealing(
    bench: Bench, manner: _Manner, meter: _Meter, *, lasting: bool
) -> Callable[[Sequence[Path]], _Run]:
    """What a thread does with its files. ``lasting`` parts stay open for the fsync of their own."""

    def seal(paths: Sequence[Path]) -> _Run:
        run = _Run(len(paths))
        sealer = Sealer(bench, manner.sm3_up_to)
        try:
            for path in paths:
                part = sealer.seal(path, _FileProgress(meter))
                run.sealed.append((path, part))
                if not lasting:
                    part.close()
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was ordered
            run.problem = error
        return run

    return seal


class _Work:
    """Files being sealed by the pool, and the sealed ones waiting to be published."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        seal: Callable[[Sequence[Path]], _Run],
        manner: _Manner,
        paths: Iterator[Path],
        meter: _Meter,
    ) -> None:
        self._pool = pool
        self._seal = seal
        self._manner = manner
        self._paths = paths
        self._meter = meter
        self._running = 0
        self._finished: queue.SimpleQueue[_Run] = queue.SimpleQueue()
        self.problem: BaseException | None = None

    def next_group(self, progress: Progress, total: int) -> list[tuple[Path, Part]]:
        """The next sealed files; empty when there are none left."""
        group: list[tuple[Path, Part]] = []
        while len(group) < self._manner.group:
            self._submit()
            if not self._running:
                break
            try:
                run = self._finished.get(timeout=_TICK)
            except queue.Empty:
                if group:
                    break
            else:
                self._take(run, group)
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
        run = self._manner.run
        while self._running + run <= self._manner.ahead and not self._meter.stopped.is_set():
            paths = tuple(itertools.islice(self._paths, run))
            if not paths:
                break
            self._running += len(paths)
            self._pool.submit(lambda taken: self._finished.put(self._seal(taken)), paths)

    def _take(self, run: _Run, group: list[tuple[Path, Part]]) -> None:
        self._running -= run.taken
        group += run.sealed
        if run.problem is not None:
            self._stop(run.problem)

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
