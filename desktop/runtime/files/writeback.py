"""Asking the system to begin writing what was handed to it, so that the final fsync finds little left to do."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache
from queue import SimpleQueue
from threading import Thread
from typing import Final

STRIDE: Final = 8 * 1024 * 1024
"""Octets after which writing is begun; smaller strides cost more calls than they save."""
_WRITE: Final = 2
"""``SYNC_FILE_RANGE_WRITE`` of sync_file_range(2)."""

_Call = Callable[[int, int, int, int], int]


@cache
def _system_call() -> _Call | None:
    if sys.platform != "linux":
        return None
    call = getattr(ctypes.CDLL(None), "sync_file_range", None)
    if call is None:
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint)
    call.restype = ctypes.c_int
    found: _Call = call
    return found


class WriteBehind:
    """Counts what is written to one descriptor and begins writing it to the medium every :data:`STRIDE` octets.

    In a thread of its own, begun with the first stride: the call places the octets on the medium and waits where the
    medium's queue is full, while whoever writes has the next ones to seal. A hint only: whether it worked changes
    nothing but speed, and fsync still decides what is durable.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._written = 0
        self._begun = 0
        self._ranges: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def wrote(self, count: int) -> None:
        """``count`` more octets were written at the end of the file."""
        self._written += count
        size = self._written - self._begun
        if size < STRIDE:
            return
        call = _system_call()
        if call is not None:
            if self._thread is None:
                self._thread = Thread(target=self._begin, args=(call,), name="write-behind")
                self._thread.daemon = True
                self._thread.start()
            self._ranges.put((self._begun, size))
        self._begun = self._written

    def stop(self) -> None:
        """Wait for the thread: the descriptor's number may be another file's as soon as it is given back."""
        if self._thread is not None:
            self._ranges.put(None)
            self._thread.join()
            self._thread = None

    def _begin(self, call: _Call) -> None:
        while (some := self._ranges.get()) is not None:
            call(self._descriptor, *some, _WRITE)


class RawOutput:
    """Writes to a descriptor without a buffer of its own: blocks arrive large already. It owns the descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._behind = WriteBehind(descriptor)

    def write(self, data: memoryview, /) -> None:
        """Write all of ``data``; a short write is no error on POSIX and is continued."""
        rest = data
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self._behind.wrote(len(data))

    def sync(self) -> None:
        """Make what was written survive a power cut."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Give the descriptor back; harmless when repeated."""
        if self._descriptor >= 0:
            self._behind.stop()
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)
