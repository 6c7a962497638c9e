"""A disk that refuses the n-th thing it is asked to keep, whoever asks: we, a buffered stream or the database."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_size_t, c_ssize_t, c_void_p
from typing import Any, Final

import sqlcipher3._sqlite3 as driver

from tests.support.sweep import way_of_program

_PWRITE: Final = CFUNCTYPE(c_ssize_t, c_int, c_void_p, c_size_t, c_int64, use_errno=True)
_WRITE: Final = CFUNCTYPE(c_ssize_t, c_int, c_void_p, c_size_t, use_errno=True)
_FTRUNCATE: Final = CFUNCTYPE(c_int, c_int, c_int64, use_errno=True)
_SET: Final = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs`` as far as ``xSetSystemCall``, SQLite's own way to put other calls in place of the system's."""

    _fields_ = (
        ("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p), ("zName", c_char_p),
        ("pAppData", c_void_p), *((f"call{number}", c_void_p) for number in range(13)), ("xSetSystemCall", _SET),
    )  # fmt: skip


class FailingDisk:
    """Counts what it is asked to keep; see :func:`failing_disk`."""

    def __init__(self, number: int, code: int, *, once: bool) -> None:
        self._number = number
        self._code = code
        self._once = once
        self._lock = threading.Lock()
        self.asked: list[Hashable] = []
        """What each call was about: the way of the program to it."""

    @property
    def count(self) -> int:
        """The calls so far."""
        return len(self.asked)

    @property
    def reached(self) -> bool:
        """Whether anything failed."""
        return self.count >= self._number

    def refuses(self, call: str) -> bool:
        """Whether this call fails."""
        with self._lock:
            self.asked.append((call, *way_of_program()))
            return self.count == self._number or (self.count > self._number and not self._once)

    def ask(self, call: str) -> None:
        """Raises ``OSError`` if this call fails."""
        if self.refuses(call):
            raise OSError(self._code, os.strerror(self._code))

    def of_database(self, name: str, real: Callable[..., int]) -> Callable[..., int]:
        """One of SQLite's calls, counted like the others."""

        def call(*arguments: Any) -> int:
            if self.refuses(name):
                ctypes.set_errno(self._code)
                return -1
            done = real(*arguments)
            ctypes.set_errno(ctypes.get_errno())
            return done

        return call


class _Raw(io.RawIOBase):
    """Below a buffered stream: each flush is one write."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: Any, /) -> int:
        return os.write(self._descriptor, data)

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self._descriptor)


@contextmanager
def failing_disk(
    number: int, code: int = errno.ENOSPC, *, once: bool = False
) -> Iterator[FailingDisk]:
    """The ``number``-th write, sync or growth of a file fails with ``code``: every later one too, as a full disk stays
    full, or ``once``, as a cable comes loose and holds again."""
    disk = FailingDisk(number, code, once=once)
    write, fsync, fdopen = os.write, os.fsync, os.fdopen

    def failing_write(descriptor: int, data: bytes | memoryview) -> int:
        disk.ask("write")
        return write(descriptor, data)

    def failing_fsync(descriptor: int) -> None:
        disk.ask("fsync")
        fsync(descriptor)

    def opened(descriptor: int, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if mode != "wb":
            return fdopen(descriptor, mode, *rest, **named)
        return io.BufferedWriter(_Raw(descriptor))

    os.write, os.fsync, os.fdopen = failing_write, failing_fsync, opened  # type: ignore[assignment]  # put back below
    try:
        with _failing_database(disk):
            yield disk
    finally:
        os.write, os.fsync, os.fdopen = write, fsync, fdopen


@contextmanager
def _failing_database(disk: FailingDisk) -> Iterator[None]:
    library = ctypes.CDLL(driver.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None)
    system = ctypes.CDLL(None, use_errno=True)
    system.pwrite64.restype = c_ssize_t
    system.pwrite64.argtypes = (c_int, c_void_p, c_size_t, c_int64)
    system.write.restype = c_ssize_t
    system.write.argtypes = (c_int, c_void_p, c_size_t)
    system.ftruncate64.argtypes = (c_int, c_int64)
    calls = {
        b"write": _WRITE(disk.of_database("write", system.write)),
        b"pwrite64": _PWRITE(disk.of_database("pwrite64", system.pwrite64)),
        b"pwrite": _PWRITE(disk.of_database("pwrite64", system.pwrite64)),
        b"ftruncate": _FTRUNCATE(disk.of_database("ftruncate64", system.ftruncate64)),
    }
    for name, call in calls.items():
        assert vfs.contents.xSetSystemCall(vfs, name, ctypes.cast(call, c_void_p)) == 0
    try:
        yield
    finally:
        for name in calls:
            assert vfs.contents.xSetSystemCall(vfs, name, None) == 0
