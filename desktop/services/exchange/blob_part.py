"""A part of an evidence file, read as if it were a file of its own."""

from __future__ import annotations

import io
from typing import BinaryIO, Final

_BLOCK: Final = 1 << 20


class BlobPart(io.RawIOBase, BinaryIO):
    """``size`` bytes of ``whole`` from ``offset`` on. Closing it closes ``whole``."""

    def __init__(self, whole: BinaryIO, offset: int, size: int) -> None:
        super().__init__()
        self._whole = whole
        self._skip = offset
        self._left = size

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, fewer than asked at the end. The stream is sealed in order, so the start is read past."""
        while self._skip and (passed := self._whole.read(min(_BLOCK, self._skip))):
            self._skip -= len(passed)
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._whole.read(wanted) if wanted else b""
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close both."""
        self._whole.close()
        super().close()
