"""Evidence files as services see them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import Progress


class BlobWriter(Protocol):
    """A blob being received; nothing is visible in the vault before ``commit``."""

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        ...

    def commit(self) -> StoredBlob:
        """Check size and digest, fsync, publish under the content name."""
        ...

    def abort(self) -> None:
        """Leave no trace."""
        ...


class Vault(Protocol):
    """Immutable evidence files, encrypted at rest, asked for by their SHA-256."""

    def store(self, path: Path, progress: Progress) -> StoredBlob:
        """Read the file once: digest and encrypt side by side, fsync, publish. The original is opened read-only.

        Raises:
            WorldError: ``evidence.unreadable``, ``evidence.changed``, ``disk.full`` …
        """
        ...

    def store_many(
        self, paths: Sequence[Path], progress: Progress
    ) -> Iterator[tuple[Path, StoredBlob]]:
        """Like ``store`` for thousands of small files, with a small pool; yields as each becomes durable."""
        ...

    def store_bytes(self, data: bytes) -> StoredBlob:
        """Store something held in memory, such as a pasted screenshot."""
        ...

    def receive(self, expected: BlobRef) -> BlobWriter:
        """Take a blob from a bundle."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Plain content as a stream; raises ``WorldError("vault.missing")``, ``TrustError("vault.damaged")``."""
        ...

    def blocks(self, sha256: str) -> Generator[bytes]:
        """Plain content in blocks of at most some MiB, for a caller that digests it: whether the whole has the digest
        it is named by is not checked. Raises as :meth:`open`. Close it to let go of the file before its end."""
        ...

    def open_seekable(self, sha256: str) -> BinaryIO:
        """Plain content of which any part is read without the rest, such as a recording. Raises as :meth:`open`.

        What is read is authentic; whether the whole has the digest it is named by is not checked.
        """
        ...

    def has(self, sha256: str) -> bool:
        """Whether the blob is here."""
        ...

    def file_of(self, sha256: str) -> Path | None:
        """The sealed file of a content, to be copied as it is; None where there is none."""
        ...

    def sm3(self, sha256: str, progress: Progress) -> str:
        """SM3 of the plain content; SHA-256 is checked on the way."""
        ...

    def verify(self, sha256: str, progress: Progress) -> bool:
        """Decrypt and re-hash; False when damaged, ``WorldError("vault.missing")`` when gone."""
        ...

    def sealed_before(self, progress: Progress) -> int:
        """How many files only a former key of this device opens, together with those being written at this moment."""
        ...

    def reseal(self, known: frozenset[str], progress: Progress) -> int:
        """Let the key in use open what only former ones do, file by file; how many. Every file opens at any moment, and
        whatever ends this, the next call goes on with what is left. ``known``: SHA-256 of what is recorded.

        Raises:
            WorldError: as the disk does; ``disk.not_enough`` without room for the largest of the files once more.
        """
        ...

    def rename_plain(self, progress: Progress) -> int:
        """Give files of earlier programs, which are named by their digest, names that tell nothing; how many. Every
        file is found at any moment, and whatever ends this, the next call goes on with what is left.

        Raises ``WorldError`` as the disk does, ``Cancelled``.
        """
        ...

    def drop_part(self, sha256: str) -> None:
        """Remove a part of a split blob once the blob is whole. Never for anything an item or paper names."""
        ...

    def sweep(self, known: frozenset[str]) -> int:
        """Remove temporary files of interrupted work (never a published blob); how many."""
        ...
