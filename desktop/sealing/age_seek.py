"""Any part of an age file without the parts before it: for recordings, where a person jumps about.

The payload is a row of chunks sealed each by itself (C2SP age, "Payload"), so each is authenticated when it is read;
that the file is whole shows at once, by its last chunk.
"""

from __future__ import annotations

import io
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.domain.errors import TrustError
from desktop.sealing.age_header import find_file_key, read_header
from desktop.sealing.age_identity import AgeIdentity, derive
from desktop.sealing.age_payload import CHUNK, LAST, MORE, NONCE, SEALED_CHUNK, TAG

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_KEPT: Final = 16
"""Chunks kept in memory: one MiB, for readers that go back and forth."""


class _FileLines:
    """Lines straight from the file, so that its position stays at their end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def line(self, limit: int) -> bytes:
        """See :class:`desktop.sealing.age_header.LineSource`."""
        return self._file.readline(limit)


class AgeSeeker(io.RawIOBase):
    """The plain text of ``file``, at any place. Closes ``file``. Safe to read from several threads, one at a time.

    ``TrustError``: age.not_age, age.not_for_us, age.truncated when it is opened, age.damaged when a chunk is read.
    """

    def __init__(self, file: BinaryIO, identities: Sequence[AgeIdentity]) -> None:
        super().__init__()
        self._file = file
        self._lock = threading.Lock()
        file_key = find_file_key(read_header(_FileLines(file)), identities)
        nonce = file.read(NONCE)
        if len(nonce) < NONCE:
            raise TrustError("age.truncated")
        self._cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
        self._start = file.tell()
        sealed = file.seek(0, os.SEEK_END) - self._start
        self._chunks = -(-sealed // SEALED_CHUNK)
        self._size = max(sealed - self._chunks * TAG, 0)
        self._opened: OrderedDict[int, bytes] = OrderedDict()
        self._at = 0
        try:
            self._chunk(self._chunks - 1)
        except TrustError as error:
            raise TrustError("age.truncated") from error

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    @property
    def size(self) -> int:
        """Octets of plain text."""
        return self._size

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; beyond the end nothing is read."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative place")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as the chunk at the place reaches; 0 at the end."""
        if self._at >= self._size:
            return 0
        number, skip = divmod(self._at, CHUNK)
        with self._lock:
            plain = self._chunk(number)
        with memoryview(buffer).cast("B") as target:
            count = min(len(target), len(plain) - skip)
            target[:count] = plain[skip : skip + count]
        self._at += count
        return count

    def close(self) -> None:
        """Close the sealed file too."""
        if not self.closed:
            self._opened.clear()
            self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if number in self._opened:
            self._opened.move_to_end(number)
            return self._opened[number]
        if number < 0:
            raise TrustError("age.truncated")
        self._file.seek(self._start + number * SEALED_CHUNK)
        sealed = self._file.read(SEALED_CHUNK)
        last = LAST if number == self._chunks - 1 else MORE
        try:
            plain = self._cipher.decrypt(number.to_bytes(11, "big") + last, sealed, None)
        except InvalidTag as error:
            raise TrustError("age.damaged") from error
        self._opened[number] = plain
        if len(self._opened) > _KEPT:
            self._opened.popitem(last=False)
        return plain
