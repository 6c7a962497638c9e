"""Walking the tar stream of a volume: the reader says what must come next, and nothing else may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.bundles.volumes.tar_format import BLOCK, END, member_header, padding, read_size
from desktop.domain.errors import TrustError
from desktop.domain.progress import Progress

_FOLDER: Final = re.compile(rb"(bundle-[0-9]{3})/")


class TarStream:
    """Members in a known order out of a stream of blocks; bounded memory, one pass."""

    def __init__(self, blocks: Iterator[bytes], progress: Progress, total: int) -> None:
        self._blocks = blocks
        self._progress = progress
        self._total = total
        self._block = b""
        self._at = 0
        self._folder = ""
        self.size = 0
        """Octets taken so far."""

    @property
    def folder(self) -> str:
        """The bag's folder, known after the first member."""
        return self._folder

    def small(self, path: str, limit: int) -> bytes:
        """The content of the next member, which must be ``path`` and have at most ``limit`` octets."""
        size = self.open(path, limit)
        content = self._exactly(size)
        self.close(size)
        return content

    def open(self, path: str, limit: int) -> int:
        """The size of the next member, which must be ``path``."""
        block = self._exactly(BLOCK)
        if not self._folder:
            found = _FOLDER.match(block)
            if found is None:
                raise TrustError("bundle.profile")
            self._folder = found[1].decode("ascii")
        size = read_size(block, f"{self._folder}/{path}")
        if size > limit:
            raise TrustError("bundle.too_large")
        return size

    def expect(self, path: str, size: int) -> None:
        """The next member must be ``path`` with exactly ``size`` octets."""
        header = member_header(f"{self._folder}/{path}", size)
        if self._exactly(len(header)) != header:
            raise TrustError("bundle.profile")

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next ``size`` octets as they come."""
        while size:
            piece = self._some(size)
            size -= len(piece)
            yield piece

    def close(self, size: int) -> None:
        """Skip the padding after a member of ``size`` octets; it must be zero."""
        wanted = padding(size)
        if self._exactly(len(wanted)) != wanted:
            raise TrustError("bundle.profile")

    def finish(self) -> None:
        """The end of the archive, and of the stream."""
        if self._exactly(len(END)) != END:
            raise TrustError("bundle.profile")
        if self._at < len(self._block) or next(self._blocks, b""):
            raise TrustError("bundle.profile")

    def _exactly(self, size: int) -> bytes:
        found = self._some(size) if size else b""
        while len(found) < size:
            found += self._some(size - len(found))
        return found

    def _some(self, most: int) -> bytes:
        if self._at == len(self._block):
            self._next_block()
        # Python gives a whole block back as it is, so the inside of a large member is not copied.
        piece = self._block[self._at : self._at + most]
        self._at += len(piece)
        self.size += len(piece)
        return piece

    def _next_block(self) -> None:
        self._progress.check()
        self._progress.advance(self.size, self._total)
        self._block, self._at = next(self._blocks, b""), 0
        if not self._block:
            raise TrustError("bundle.profile")  # sealed whole, yet the archive inside ends early
