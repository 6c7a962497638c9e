"""The original of an evidence file: opened read-only, read once, watched for changes meanwhile."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from desktop.domain.errors import WorldError

_FLAGS: Final[int] = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a named pipe must not wait for its writer
    | getattr(os, "O_CLOEXEC", 0)
)


class SourceFile:
    """A regular file somebody gave us. ``WorldError("evidence.unreadable")`` when it cannot be opened or read."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        try:
            self._descriptor = os.open(path, _FLAGS)
        except (OSError, ValueError) as error:
            raise self._unreadable() from error
        self._before = os.fstat(self._descriptor)
        if not stat.S_ISREG(self._before.st_mode):
            os.close(self._descriptor)
            raise self._unreadable()

    @property
    def size(self) -> int:
        """Octets when it was opened."""
        return self._before.st_size

    def read_into(self, buffer: memoryview) -> int:
        """Fill ``buffer`` as far as the file reaches; less than its length only at the end."""
        filled = 0
        try:
            while filled < len(buffer):
                count = self._read_some(buffer[filled:])
                if not count:
                    break
                filled += count
        except OSError as error:
            raise self._unreadable() from error
        return filled

    def confirm(self, count: int) -> None:
        """Raise ``WorldError("evidence.changed")`` unless ``count`` octets are the file as it was and still is."""
        try:
            after = os.fstat(self._descriptor)
        except OSError as error:
            raise self._unreadable() from error
        same = after.st_size == count and after.st_mtime_ns == self._before.st_mtime_ns
        if not same or count != self._before.st_size:
            raise WorldError("evidence.changed", name=self._name())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def _read_some(self, buffer: memoryview) -> int:
        if hasattr(os, "readv"):
            return os.readv(self._descriptor, (buffer,))
        data = os.read(self._descriptor, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _unreadable(self) -> WorldError:
        return WorldError("evidence.unreadable", name=self._name())

    def _name(self) -> str:
        return Path(self._path).name
