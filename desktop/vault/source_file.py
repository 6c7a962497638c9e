"""The original of an evidence file: opened read-only, read once, watched for changes meanwhile."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.domain.errors import WorldError
from desktop.services.brought_file import brought_descriptor


class SourceFile:
    """A regular file somebody gave us. ``WorldError``: ``evidence.unreadable`` when it cannot be opened or read,
    ``file.link``, ``file.special`` for what is never opened."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        try:
            self._descriptor = brought_descriptor(path)
        except (OSError, ValueError) as error:
            raise self._unreadable() from error
        self._before = os.fstat(self._descriptor)

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
