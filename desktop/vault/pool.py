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
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import disk_errors
from desktop.vault.content_digest import MANY, SM3_AT_ONCE
from desktop.vault.disk import Barrier
from desktop.vault.part import SealedPart, VaultTools, publish
from desktop.vault.sealer import Sealer
from desktop.vault.sealing_beside import SealingBeside

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


_SOME: Final = _Manner(run=32, group=512, ahead=1536, sm3_up_to=SM3_AT_ONCE)
_THOUSANDS: Final = _Manner(run=32, group=512, ahead=1536, sm3_up_to=-1)
"""Handing small files over one by one and waiting for the medium after few would cost as much as sealing them."""


class _Progress:
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

    def __init__(self, checklist: _Progress) -> None:
        self._checklist = checklist
        self._reported = 0

    def advance(self, done: int, total: int) -> None:  # noqa: ARG002 - the sum of all files is known to the pool
        """Add what is new."""
        self._checklist.add(done - self._reported)
        self._reported = done

    def check(self) -> None:
        """Stop together with the others."""
        if self._checklist.stopped.is_set():
            raise Cancelled


@dataclass(slots=True)
class _Run:
    """What one thread made of the files it took, and what stopped it before the last."""

    taken: int
    sealed: list[tuple[Path, SealedPart]] = field(default_factory=list)
    problem: BaseException | None = None


def store_in_pool(
    bench: VaultTools, paths: Sequence[Path], progress: Progress
) -> Iterator[tuple[Path, StoredBlob]]:
    """Each file as it becomes durable, in no particular order.

    After a failure or a wish to stop no further file is begun, what was sealed by then is still published and
    given out, then the first error is raised. Giving the iterator up stops the work too.
    """
    manner = _THOUSANDS if len(paths) > MANY else _SOME
    checklist = _Progress()
    total = sum(map(_size, paths))
    beside = bench.processes if manner is _THOUSANDS else 0
    with (
        _barrier(bench, manner) as barrier,
        _sealing(bench, manner, checklist, lasting=barrier is None, beside=beside) as seal,
        ThreadPoolExecutor(beside or WORKERS, "vault") as pool,
    ):
        work = _Work(pool, seal, manner, iter(paths), checklist)
        try:
            while group := work.next_group(progress, total):
                blobs = publish([part for _, part in group], barrier)
                yield from zip((path for path, _ in group), blobs, strict=True)
        finally:
            work.abandon()
    if work.problem is not None:
        raise work.problem
    progress.advance(checklist.done, total)


@contextmanager
def _barrier(bench: VaultTools, manner: _Manner) -> Iterator[Barrier | None]:
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


@contextmanager
def _sealing(
    bench: VaultTools, manner: _Manner, checklist: _Progress, *, lasting: bool, beside: int
) -> Iterator[Callable[[Sequence[Path]], _Run]]:
    """What a thread does with its files: seal them, or have them sealed by one of the processes ``beside``.

    ``lasting`` parts stay open for the fsync of their own.
    """
    idle: queue.SimpleQueue[SealingBeside] = queue.SimpleQueue()
    helpers = [SealingBeside(bench, lasting=lasting) for _ in range(beside)]
    for helper in helpers:
        idle.put(helper)

    def seal(paths: Sequence[Path]) -> _Run:
        run = _Run(len(paths))
        helper = idle.get() if helpers else None
        try:
            worker = _Worker(Sealer(bench, manner.sm3_up_to), checklist, helper, lasting=lasting)
            worker.seal_all(paths, run.sealed)
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was ordered
            run.problem = error
        finally:
            if helper is not None:
                idle.put(helper)
        return run

    try:
        yield seal
    finally:
        for helper in helpers:
            helper.close()


class _Worker:
    """One thread's: with a process beside that does what it can, and by itself what that leaves."""

    def __init__(
        self, sealer: Sealer, checklist: _Progress, helper: SealingBeside | None, *, lasting: bool
    ) -> None:
        self._sealer = sealer
        self._checklist = checklist
        self._helper = helper
        self._lasting = lasting

    def seal_all(self, paths: Sequence[Path], sealed: list[tuple[Path, SealedPart]]) -> None:
        """Add to ``sealed``; raises what stops the first that can not be."""
        rest = paths
        while rest:
            self._have_sealed(rest, sealed)
            rest = paths[len(sealed) :]
            if rest:
                part = self._sealer.seal(rest[0], _FileProgress(self._checklist))
                sealed.append((rest[0], part))
                if not self._lasting:
                    part.close()
                rest = rest[1:]

    def _have_sealed(self, paths: Sequence[Path], sealed: list[tuple[Path, SealedPart]]) -> None:
        if self._helper is None:
            return
        _FileProgress(self._checklist).check()
        parts = self._helper.seal(paths)
        sealed += zip(paths, parts, strict=False)
        self._checklist.add(sum(part.blob.size for part in parts))


class _Work:
    """Files being sealed by the pool, and the sealed ones waiting to be published."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        seal: Callable[[Sequence[Path]], _Run],
        manner: _Manner,
        paths: Iterator[Path],
        checklist: _Progress,
    ) -> None:
        self._pool = pool
        self._seal = seal
        self._manner = manner
        self._paths = paths
        self._checklist = checklist
        self._running = 0
        self._finished: queue.SimpleQueue[_Run] = queue.SimpleQueue()
        self.problem: BaseException | None = None

    def next_group(self, progress: Progress, total: int) -> list[tuple[Path, SealedPart]]:
        """The next sealed files; empty when there are none left."""
        group: list[tuple[Path, SealedPart]] = []
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
            progress.advance(self._checklist.done, total)
            self._ask(progress)
        return group

    def abandon(self) -> None:
        """Stop all threads and remove what they sealed."""
        self._checklist.stopped.set()
        unpublished: list[tuple[Path, SealedPart]] = []
        while self._running:
            self._take(self._finished.get(), unpublished)
        for _, part in unpublished:
            part.discard()

    def _submit(self) -> None:
        run = self._manner.run
        while self._running + run <= self._manner.ahead and not self._checklist.stopped.is_set():
            paths = tuple(itertools.islice(self._paths, run))
            if not paths:
                break
            self._running += len(paths)
            self._pool.submit(lambda taken: self._finished.put(self._seal(taken)), paths)

    def _take(self, run: _Run, group: list[tuple[Path, SealedPart]]) -> None:
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
        self._checklist.stopped.set()
        if self.problem is None:
            self.problem = error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # it is reported when its turn comes
