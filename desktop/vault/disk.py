"""The few calls the vault makes to its disk, in one place so that a test can make each of them fail."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final, Protocol

from desktop.runtime.files.atomic_file import fsync_folder
from desktop.runtime.files.write_barrier import write_barrier
from desktop.runtime.files.writeback import RawOutput

_BINARY: Final[int] = getattr(os, "O_BINARY", 0)


class Output(Protocol):
    """A file being written. Each call may raise ``OSError``."""

    def write(self, data: memoryview, /) -> object:
        """Write all of ``data``."""
        ...

    def sync(self) -> None:
        """Wait until everything written is on the medium."""
        ...

    def close(self) -> None:
        """Give the descriptor back; harmless when repeated."""
        ...


class Barrier(Protocol):
    """Makes all files and names written since it was made durable at once. Each call may raise ``OSError``."""

    def wait(self) -> None:
        """Wait until everything written is on the medium."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class Disk(Protocol):
    """Where blobs are written."""

    def barrier(self, folder: Path) -> Barrier | None:
        """For many files in ``folder``; None where each must be synced by itself."""
        ...

    def create(self, path: Path | str) -> Output:
        """A new file, readable by its owner alone."""
        ...

    def publish(self, temporary: Path, final: Path) -> None:
        """Give a finished file its name at one stroke."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Make new names in ``folder`` durable."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a temporary file, if it is there."""
        ...


class LocalDisk:
    """The real :class:`Disk`."""

    def barrier(self, folder: Path) -> Barrier | None:
        """One for the file system, where it has one."""
        return write_barrier(folder)

    def create(self, path: Path | str) -> Output:
        """A new file; fails if the name is taken."""
        return RawOutput(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600))

    def publish(self, temporary: Path, final: Path) -> None:
        """Rename within one file system."""
        temporary.replace(final)

    def sync_folder(self, folder: Path) -> None:
        """``fsync`` of the folder where the system has it."""
        fsync_folder(folder)

    def remove(self, path: Path) -> None:
        """Unlink; a file that cannot be removed now is left to the sweep."""
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
