"""A vault in memory that keeps the same promises as the real one; the contract tests run against both."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import TrustError, WorldError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import Progress
from desktop.sealing.digests import new_sm3, read_blocks

SM3_AT_ONCE = 8 * 1024 * 1024


class FakeVault:
    """Implements :class:`desktop.services.ports.Vault`."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}

    def sealed_before(self, progress: Progress) -> int:
        progress.check()
        return 0

    def reseal(self, known: frozenset[str], progress: Progress) -> int:
        progress.check()
        return 0

    def rename_plain(self, progress: Progress) -> int:
        progress.check()
        return 0

    def store(self, path: Path, progress: Progress) -> StoredBlob:
        progress.check()
        if not path.is_file():
            raise WorldError("evidence.unreadable", name=path.name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise WorldError("evidence.unreadable", name=path.name) from error
        progress.check()
        blob = self.store_bytes(data)
        progress.advance(len(data), len(data))
        return blob

    def store_many(
        self, paths: Sequence[Path], progress: Progress
    ) -> Iterator[tuple[Path, StoredBlob]]:
        for path in paths:
            yield path, self.store(path, progress)

    def store_bytes(self, data: bytes) -> StoredBlob:
        sha256 = hashlib.sha256(data).hexdigest()
        new = sha256 not in self.blobs
        self.blobs[sha256] = bytes(data)
        return StoredBlob(sha256, len(data), new, _sm3(data) if len(data) <= SM3_AT_ONCE else "")

    def receive(self, expected: BlobRef) -> FakeBlobWriter:
        if len(expected.sha256) != 64:
            raise TrustError("vault.mismatch")
        return FakeBlobWriter(self, expected)

    def open(self, sha256: str) -> BinaryIO:
        data = self._find(sha256)
        if not self._is_sound(sha256, data):
            raise TrustError("vault.damaged")
        return io.BytesIO(data)

    def blocks(self, sha256: str) -> Generator[bytes]:
        yield from read_blocks(io.BytesIO(self._find(sha256)))

    def open_seekable(self, sha256: str) -> BinaryIO:
        return self.open(sha256)

    def has(self, sha256: str) -> bool:
        return sha256 in self.blobs

    def file_of(self, sha256: str) -> Path | None:
        return None

    def sm3(self, sha256: str, progress: Progress) -> str:
        progress.check()
        with self.open(sha256) as stream:
            return _sm3(stream.read())

    def verify(self, sha256: str, progress: Progress) -> bool:
        progress.check()
        return self._is_sound(sha256, self._find(sha256))

    def drop_part(self, sha256: str) -> None:
        self.blobs.pop(sha256, None)

    def sweep(self, known: frozenset[str]) -> int:
        return 0

    def _find(self, sha256: str) -> bytes:
        if sha256 not in self.blobs:
            raise WorldError("vault.missing")
        return self.blobs[sha256]

    @staticmethod
    def _is_sound(sha256: str, data: bytes) -> bool:
        return hashlib.sha256(data).hexdigest() == sha256


class FakeBlobWriter:
    """Implements :class:`desktop.services.ports.BlobWriter`."""

    def __init__(self, vault: FakeVault, expected: BlobRef) -> None:
        self._vault = vault
        self._expected = expected
        self._data = bytearray()

    def write(self, data: bytes) -> int:
        self._data += data
        if len(self._data) > self._expected.size:
            raise TrustError("vault.mismatch")
        return len(data)

    def commit(self) -> StoredBlob:
        data = bytes(self._data)
        expected = self._expected
        same = len(data) == expected.size and hashlib.sha256(data).hexdigest() == expected.sha256
        if not same or (expected.sm3 and _sm3(data) != expected.sm3):
            raise TrustError("vault.mismatch")
        return self._vault.store_bytes(data)

    def abort(self) -> None:
        self._data.clear()


def _sm3(data: bytes) -> str:
    digest = new_sm3()
    digest.update(data)
    return digest.hexdigest()
