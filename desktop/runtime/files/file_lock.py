"""Taking turns at a file among processes: whoever reads it to write it again does so alone.

Where no such lock exists (Windows) only one process has a profile open anyway.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from desktop.runtime.files.atomic_file import disk_errors
from desktop.runtime.files.plain_file import NO_FOLLOW, clear_way

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class _AtPath(Protocol):
    """What keeps a file."""

    path: Path


_Keeper = TypeVar("_Keeper", bound=_AtPath)


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Wait for the turn, and have it to the end of the block. Not to be nested: a second turn of one's own never comes.

    The lock lies beside the file, as the file itself is replaced. The operating system gives a turn back however its
    holder ends.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    with disk_errors():
        lock = path.with_name(f"{path.name}.lock")
        clear_way(lock)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | NO_FOLLOW, 0o600)
    try:
        with disk_errors():
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def under_file_lock(
    change: Callable[Concatenate[_Keeper, _Arguments], _Result],
) -> Callable[Concatenate[_Keeper, _Arguments], _Result]:
    """A method that reads the whole file at ``path`` and writes it anew: two processes at once would lose one of the
    changes."""

    @wraps(change)
    def alone(self: _Keeper, /, *arguments: _Arguments.args, **words: _Arguments.kwargs) -> _Result:
        with lock_file(self.path):
            return change(self, *arguments, **words)

    return alone
