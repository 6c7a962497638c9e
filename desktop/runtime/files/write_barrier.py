"""Making many new files durable by one call, where the system has one that is as good as fsync of each."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

_TRUSTED: Final = frozenset(
    {
        0xEF53,  # ext2, ext3, ext4
        0x58465342,  # XFS
        0x9123683E,  # Btrfs
        0xF2F52010,  # F2FS
        0x01021994,  # tmpfs
    }
)
"""File systems in the kernel whose ``syncfs`` waits for data and names (statfs(2), ``f_type``). One behind FUSE, as
ntfs-3g, is not told of it."""
_TELLS_ERRORS: Final = (5, 8)
"""The first Linux whose ``syncfs`` reports what could not be written (syncfs(2), "VERSIONS")."""
_STATFS: Final = 512  # octets, more than any ``struct statfs`` takes


class WriteBarrier:
    """Everything written to the file system of ``folder``, by whoever, is on the medium when :meth:`wait` returns.

    It must exist before the first of the files it is to wait for is written: errors from then on are told.
    Every call may raise ``OSError``.
    """

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def wait(self) -> None:
        """Wait for data and names; raises what went wrong in writing any of them."""
        sync_file_system(self._descriptor)

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self._descriptor)


def write_barrier(folder: Path) -> WriteBarrier | None:
    """A barrier for the file system ``folder`` is on; None where only fsync of each file is to be relied on."""
    if _call() is None or _release() < _TELLS_ERRORS or _type_of(folder) not in _TRUSTED:
        return None
    return WriteBarrier(folder)


def sync_file_system(descriptor: int) -> None:
    """``syncfs(2)``."""
    call = _call()
    if call is None:
        raise NotImplementedError
    if call(descriptor) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@cache
def _library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@cache
def _call() -> Callable[[int], int] | None:
    found: Callable[[int], int] | None = getattr(_library(), "syncfs", None)
    return found


def _release() -> tuple[int, ...]:
    numbers = os.uname().release.split("-")[0].split(".")
    return tuple(int(number) for number in numbers if number.isdigit())


def _type_of(folder: Path) -> int:
    library = _library()
    answer = ctypes.create_string_buffer(_STATFS)
    if library is None or library.statfs(os.fsencode(folder), answer) != 0:
        return 0
    return ctypes.c_long.from_buffer(answer).value & 0xFFFFFFFF
