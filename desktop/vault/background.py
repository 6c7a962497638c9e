"""A bounded conveyor to one worker thread: read here while the worker digests or encrypts there."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Final

BLOCK: Final = 1024 * 1024
"""Octets handed over at a time. Digest and cipher release the interpreter lock for each."""
_DEPTH: Final = 3

_END: Final = memoryview(b"")


class Conveyor:
    """Feeds blocks to ``consume`` in a thread of its own, in order, with at most a few MiB under way.

    Buffers come from :meth:`take` and go back by themselves, so that memory does not grow with the file.
    After ``consume`` raised, further blocks are dropped and the error surfaces in :meth:`put` or :meth:`finish`.
    """

    def __init__(self, consume: Callable[[memoryview], None]) -> None:
        self._consume = consume
        self._full: queue.SimpleQueue[memoryview] = queue.SimpleQueue()
        self._free: queue.SimpleQueue[bytearray] = queue.SimpleQueue()
        for _ in range(_DEPTH):
            self._free.put(bytearray(BLOCK))
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="vault", daemon=True)
        self._thread.start()

    def take(self) -> memoryview:
        """An empty buffer of :data:`BLOCK` octets; waits until the worker gives one back."""
        return memoryview(self._free.get())

    def put(self, block: memoryview) -> None:
        """Hand over the filled part of a buffer from :meth:`take`."""
        self._full.put(block)
        self._raise()

    def finish(self) -> None:
        """Wait until everything was consumed; raises what ``consume`` raised."""
        self._stop()
        self._raise()

    def abandon(self) -> None:
        """Wait for the worker and forget its errors. May follow :meth:`finish`."""
        self._stop()

    def _stop(self) -> None:
        if self._thread.is_alive():
            self._full.put(_END)
            self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while block := self._full.get():
            try:
                if self._error is None:
                    self._consume(block)
            except BaseException as error:  # noqa: BLE001 - it is raised where the work was ordered
                self._error = error
            finally:
                buffer = block.obj
                block.release()
                self._free.put(buffer)  # type: ignore[arg-type]  # every block is a slice of our own buffers
