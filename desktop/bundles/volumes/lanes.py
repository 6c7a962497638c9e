"""Threads that keep hashing, sealing and the disk busy at the same time.

All heavy calls release the interpreter lock, so on two cores the slowest of them sets the pace. Queues
are short: memory stays bounded whatever the size of a volume.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

from desktop.sealing.digests import Hash

_DEPTH: Final = 6
_INLINE: Final = 128 * 1024  # below this, handing over costs more than hashing

T = TypeVar("T")


class WorkerThread(Generic[T]):
    """Does ``work`` on what is put, in order, in a thread of its own. Its error comes out at the next call."""

    def __init__(self, work: Callable[[T], object]) -> None:
        self._work = work
        self._queue: queue.Queue[T | None] = queue.Queue(_DEPTH)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="lane", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Hand ``item`` over; waits when the lane is behind."""
        self._raise()
        self._queue.put(item)

    def settle(self) -> None:
        """Wait until everything put so far is done."""
        self._queue.join()
        self._raise()

    def stop(self) -> None:
        """End the thread after what was put; raises nothing. Call it however the work ended."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            try:
                if self._error is None:  # after an error, only empty the queue
                    self._work(item)
            except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits
                self._error = error
            finally:
                self._queue.task_done()
        self._queue.task_done()


class HashThread:
    """Hashes beside the caller; small pieces are hashed at once."""

    def __init__(self) -> None:
        self._lane: WorkerThread[tuple[Hash, bytes]] = WorkerThread(
            lambda item: item[0].update(item[1])
        )

    def update(self, digest: Hash, data: bytes) -> None:
        """Feed ``data`` to ``digest``, in order."""
        if len(data) < _INLINE:
            self._lane.settle()
            digest.update(data)
        else:
            self._lane.put((digest, data))

    def result(self, digest: Hash) -> str:
        """Lower-case hex of everything fed to ``digest``."""
        self._lane.settle()
        return digest.hexdigest()

    def stop(self) -> None:
        """End the thread."""
        self._lane.stop()


@contextlib.contextmanager
def hash_thread() -> Iterator[HashThread]:
    """A hash lane that ends with the block."""
    lane = HashThread()
    try:
        yield lane
    finally:
        lane.stop()
