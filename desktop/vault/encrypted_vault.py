"""The vault: evidence files named by their SHA-256, each an age file to the vault's own identity."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import TrustError
from desktop.domain.evidence import StoredBlob
from desktop.domain.exchange import BlobRef
from desktop.domain.progress import SILENT, Progress
from desktop.sealing.age import AgeIdentity
from desktop.sealing.digests import new_sm3
from desktop.vault.background import BLOCK
from desktop.vault.blob_stream import BlobStream, open_file
from desktop.vault.content_digest import SM3_AT_ONCE, ContentDigest
from desktop.vault.disk import Disk, LocalDisk
from desktop.vault.layout import Layout
from desktop.vault.part import Bench, Part, publish
from desktop.vault.pool import store_in_pool
from desktop.vault.received_blob import ReceivedBlob
from desktop.vault.sealer import Sealer
from desktop.vault.seekable_blob import SeekableBlob

_log = logging.getLogger(__name__)


class EncryptedVault:
    """Implements :class:`desktop.services.ports.Vault` in the folder ``root``. Safe to use from several threads.

    ``age -d -i KEY vault/ab/<sha256>.age`` recovers a blob without this program.
    """

    def __init__(
        self, root: Path, identity: AgeIdentity, disk: Disk | None = None, *, processes: int = 0
    ) -> None:
        """``processes`` may be started while thousands of files are stored; they are never given the identity."""
        self._layout = Layout(root)
        self._identity = identity
        self._bench = Bench(
            self._layout,
            disk if disk is not None else LocalDisk(),
            identity.recipient,
            threading.Lock(),
            processes,
        )

    def store(self, path: Path, progress: Progress) -> StoredBlob:
        """Read once, digest and seal side by side, fsync, publish. See the port for errors."""
        (blob,) = publish((Sealer(self._bench, SM3_AT_ONCE).seal(path, progress),))
        return blob

    def store_many(
        self, paths: Sequence[Path], progress: Progress
    ) -> Iterator[tuple[Path, StoredBlob]]:
        """Like :meth:`store` for many files, a few at a time, in the order in which they become durable.

        A whole phone's photos do not wait for SM3, which costs four times SHA-256; it follows.
        """
        return store_in_pool(self._bench, paths, progress)

    def store_bytes(self, data: bytes) -> StoredBlob:
        """Store something held in memory."""
        digest = ContentDigest(with_sm3=len(data) <= SM3_AT_ONCE)
        part = Part(self._bench)
        try:
            with memoryview(data) as view:
                digest.update(view)
                part.write(view)
            part.seal(digest)
        except BaseException:
            part.discard()
            raise
        (blob,) = publish((part,))
        return blob

    def receive(self, expected: BlobRef) -> ReceivedBlob:
        """Take a blob from a bundle; ``TrustError("vault.mismatch")`` for one without a proper name."""
        if self._layout.blob(expected.sha256) is None:
            raise TrustError("vault.mismatch")
        return ReceivedBlob(Part(self._bench), expected)

    def open(self, sha256: str, *, rehash: bool = True) -> BinaryIO:
        """Plain content as a stream, authentic in every octet and checked against its name at the end."""
        return io.BufferedReader(self._stream(sha256, rehash=rehash), BLOCK)

    def open_seekable(self, sha256: str) -> BinaryIO:
        """Plain content at any place, authentic in every octet; see the port for what is not checked."""
        return io.BufferedReader(
            SeekableBlob(open_file(self._layout.blob(sha256)), self._identity), BLOCK
        )

    def has(self, sha256: str) -> bool:
        """Whether the blob is here, whole or not."""
        path = self._layout.blob(sha256)
        return path is not None and path.is_file()

    def sm3(self, sha256: str, progress: Progress) -> str:
        """SM3 of the plain content, in lower-case hex; SHA-256 is checked on the way."""
        digest = new_sm3()
        done = 0
        with self._stream(sha256) as stream:
            for block in stream.blocks():
                progress.check()
                digest.update(block)
                done += len(block)
                progress.advance(done, 0)
        return digest.hexdigest()

    def verify(self, sha256: str, progress: Progress = SILENT) -> bool:
        """Decrypt and re-hash; False when damaged, ``WorldError("vault.missing")`` when gone."""
        done = 0
        try:
            with self._stream(sha256) as stream:
                for block in stream.blocks():
                    progress.check()
                    done += len(block)
                    progress.advance(done, 0)
        except TrustError:
            return False
        return True

    def drop_part(self, sha256: str) -> None:
        """Remove a part of a split blob once the blob is whole."""
        path = self._layout.blob(sha256)
        if path is not None:
            self._bench.disk.remove(path)

    def sweep(self, known: frozenset[str]) -> int:
        """Remove temporary files of interrupted work; published blobs stay, those without a record are counted."""
        leftovers = self._layout.leftovers()
        for path in leftovers:
            self._bench.disk.remove(path)
        orphans = len(self._layout.published() - known)
        if orphans:
            _log.warning("the vault holds %d blobs no record names", orphans)
        return len(leftovers)

    def _stream(self, sha256: str, *, rehash: bool = True) -> BlobStream:
        file = open_file(self._layout.blob(sha256))
        try:
            return BlobStream(file, self._identity, sha256, rehash=rehash)
        except BaseException:
            file.close()
            raise
