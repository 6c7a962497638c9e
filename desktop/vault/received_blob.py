"""A blob that comes out of a bundle."""

from __future__ import annotations

from desktop.domain.errors import TrustError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.vault.background import BLOCK, Conveyor
from desktop.vault.content_digest import SM3_AT_ONCE, ContentDigest
from desktop.vault.part import UnfinishedBlob, publish


class ReceivedBlob:
    """Implements :class:`desktop.services.ports.BlobWriter`.

    Digest and sealing run in a thread of their own for large blobs, beside the caller who decrypts the bundle.
    Raises ``TrustError("vault.mismatch")`` when the content is not what ``expected`` says.
    """

    def __init__(self, part: UnfinishedBlob, expected: BlobRef) -> None:
        self._part = part
        self._expected = expected
        self._digest = ContentDigest(with_sm3=expected.size <= SM3_AT_ONCE)
        self._conveyor = Conveyor(self._consume) if expected.size > BLOCK else None
        self._block = memoryview(b"")
        self._filled = 0
        self._taken = 0
        self._open = True

    def write(self, data: bytes) -> int:
        """Take the next octets; more than were announced are refused before they fill the disk."""
        if not self._open:
            raise ValueError("the blob was committed or aborted")
        self._taken += len(data)
        if self._taken > self._expected.size:
            raise TrustError("vault.mismatch")
        with memoryview(data).cast("B") as view:
            if self._conveyor is None:
                self._consume(view)
            else:
                self._load(self._conveyor, view)
        return len(data)

    def commit(self) -> StoredBlob:
        """Check size and digests, then publish; nothing stays behind when they are wrong."""
        if not self._open:
            raise ValueError("the blob was committed or aborted")
        try:
            if self._conveyor is not None:
                if self._filled:
                    self._conveyor.put(self._block[: self._filled])
                self._conveyor.finish()
            self._compare()
            self._part.seal(self._digest)
            (blob,) = publish((self._part,))
        except BaseException:
            self.abort()
            raise
        self._open = False
        return blob

    def abort(self) -> None:
        """Leave no trace; harmless after ``commit`` or another ``abort``."""
        if self._open:
            self._open = False
            if self._conveyor is not None:
                self._conveyor.abandon()
            self._part.discard()

    def _load(self, conveyor: Conveyor, view: memoryview) -> None:
        rest = view
        while rest:
            if not self._filled:
                self._block = conveyor.take()
            count = min(len(rest), BLOCK - self._filled)
            self._block[self._filled : self._filled + count] = rest[:count]
            self._filled += count
            rest = rest[count:]
            if self._filled == BLOCK:
                self._filled = 0
                conveyor.put(self._block)

    def _consume(self, block: memoryview) -> None:
        self._digest.update(block)
        self._part.write(block)

    def _compare(self) -> None:
        expected, digest = self._expected, self._digest
        same_sm3 = not expected.sm3 or not digest.sm3 or expected.sm3 == digest.sm3
        if digest.size != expected.size or digest.sha256 != expected.sha256 or not same_sm3:
            raise TrustError("vault.mismatch")
