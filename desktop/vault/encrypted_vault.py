"""The vault: evidence files, each an age file to the key in use when it was written, by names that tell nothing."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar

from desktop.domain.errors import TrustError, WorldError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import SILENT, Progress
from desktop.runtime.files.atomic_file import disk_errors, world_error
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_seek import AgeSeeker
from desktop.sealing.digests import new_sm3
from desktop.vault.background import BLOCK
from desktop.vault.blob_names import BlobNames, is_digest
from desktop.vault.blob_stream import BlobStream, open_file
from desktop.vault.content_digest import SM3_AT_ONCE, ContentDigest
from desktop.vault.disk import Disk, LocalDisk
from desktop.vault.layout import VaultLayout
from desktop.vault.part import UnfinishedBlob, VaultTools, publish
from desktop.vault.pool import store_in_pool
from desktop.vault.received_blob import ReceivedBlob
from desktop.vault.resealing import Resealing
from desktop.vault.sealer import Sealer
from desktop.vault.vault_keys import VaultKeys

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_log = logging.getLogger(__name__)
_Opened = TypeVar("_Opened")


# Files of programs before this one are named by the digest of their content; they get names that tell nothing.
#
# Each at one stroke: whenever this ends, every blob is found under one of its names, and the next run goes on with
# those that are left.

_GROUP: Final = 64
"""Files whose names are made durable together."""


class SeekableBlob(AgeSeeker):
    """Every octet given out is authentic; that the whole is what its name says is for ``verify`` to tell."""

    def __init__(self, file: BinaryIO, identities: Sequence[AgeIdentity]) -> None:
        try:
            super().__init__(file, identities)
        except TrustError as error:
            file.close()
            raise TrustError("vault.damaged") from error
        except OSError as error:
            file.close()
            raise world_error(error) from error

    def readinto(self, buffer: WriteableBuffer) -> int:
        """See :class:`AgeSeeker`; ``TrustError("vault.damaged")``."""
        try:
            return super().readinto(buffer)
        except TrustError as error:
            raise TrustError("vault.damaged") from error
        except OSError as error:
            raise world_error(error) from error


def rename_plain(bench: VaultTools, progress: Progress) -> int:
    """How many got another name. Raises ``WorldError`` as the disk does, ``Cancelled``."""
    plain = sorted(filter(is_digest, bench.layout.published()))
    done = 0
    for start in range(0, len(plain), _GROUP):
        group = plain[start : start + _GROUP]
        with disk_errors():
            done += _renamed(bench, group)
        progress.advance(start + len(group), len(plain))
        progress.check()  # after a group: whoever signs in for a moment brings it forward too
    return done


def _renamed(bench: VaultTools, group: Sequence[str]) -> int:
    done = 0
    folders: set[Path] = set()
    for sha256 in group:
        final, *others = bench.places(sha256)
        former = others[-1]
        with bench.publishing, suppress(FileNotFoundError, PermissionError):
            # Gone: another program at these data did it. Held open, on Windows: the next run does.
            if final.is_file():
                bench.disk.remove(former)
            else:
                bench.disk.publish(former, final)
                folders |= {final.parent, former.parent}
                done += 1
    for folder in folders:
        bench.disk.sync_folder(folder)
    return done


class EncryptedVault:
    """Implements :class:`desktop.services.ports.Vault` in the folder ``root``. Safe to use from several threads.

    ``age -d -i KEY vault/ab/<name>.age`` recovers a blob without this program, and SHA-256 of what comes out tells
    which it is. A file is begun under the key in use; every key that is held opens.
    """

    def __init__(
        self,
        root: Path,
        keys: VaultKeys,
        disk: Disk | None = None,
        *,
        processes: int = 0,
        pc: str = "",
    ) -> None:
        """``processes`` may be started while thousands of files are stored; they are never given an identity. ``pc``:
        which of the PCs that share the folder this is."""
        self._layout = VaultLayout(root, pc)
        self._keys = keys
        self._bench = VaultTools(
            self._layout,
            disk if disk is not None else LocalDisk(),
            keys,
            threading.Lock(),
            BlobNames(keys),
            processes,
        )
        self._resealing = Resealing(self._bench)

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
        part = UnfinishedBlob(self._bench)
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
        if not is_digest(expected.sha256):
            raise TrustError("vault.mismatch")
        return ReceivedBlob(UnfinishedBlob(self._bench), expected)

    def open(self, sha256: str) -> BinaryIO:
        """Plain content as a stream, authentic in every octet and checked against its name at the end."""
        return io.BufferedReader(self._stream(sha256), BLOCK)

    def blocks(self, sha256: str) -> Generator[bytes]:
        """Plain content in blocks, authentic in every octet, for a caller that digests it; see the port."""
        with self._stream(sha256, rehash=False) as stream:
            yield from stream.blocks()

    def open_seekable(self, sha256: str) -> BinaryIO:
        """Plain content at any place, authentic in every octet; see the port for what is not checked."""
        return io.BufferedReader(self._seekable(sha256), BLOCK)

    def has(self, sha256: str) -> bool:
        """Whether the blob is here, whole or not."""
        return self.file_of(sha256) is not None

    def file_of(self, sha256: str) -> Path | None:
        """The sealed file of a content, under whichever name; None where there is none."""
        for _ in range(2):  # it may get its new name between two looks
            for path in self._bench.places(sha256):
                if path.is_file():
                    return path
        return self.file_of(sha256) if self._keys.look_again() else None

    def rename_plain(self, progress: Progress) -> int:
        """Give files of programs before this one names that tell nothing; see :func:`rename_plain`."""
        return rename_plain(self._bench, progress)

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
        return self._adds_up(partial(self._stream, sha256), progress)

    def verify_file(self, name: str, sha256: str, progress: Progress = SILENT) -> bool:
        """The same for the file called ``name`` alone, whatever else holds that content."""
        places = [path for path in (self._layout.blob(name),) if path is not None]
        return self._adds_up(
            lambda: BlobStream(open_file(places), self._keys.identities, sha256), progress
        )

    def _adds_up(self, opened: Callable[[], BlobStream], progress: Progress) -> bool:
        done = 0
        try:
            with opened() as stream:
                for block in stream.blocks():
                    progress.check()
                    done += len(block)
                    progress.advance(done, 0)
        except TrustError:
            return False
        return True

    def sealed_before(self, progress: Progress) -> int:
        """How many files a former key is needed for; one that is being written may be one of them."""
        return len(self._resealing.behind(progress)) + self._layout.being_written

    def reseal(self, known: frozenset[str], progress: Progress) -> int:
        """Seal to the key in use what a former one opens; see :class:`Resealing`."""
        return self._resealing.run(known, progress)

    def drop_part(self, sha256: str) -> None:
        """Remove a part of a split blob once the blob is whole."""
        for path in self._bench.places(sha256):
            self._bench.disk.remove(path)

    def sweep(self, known: frozenset[str]) -> int:
        """Remove temporary files of interrupted work; published blobs stay, those without a record are counted."""
        leftovers = self._layout.leftovers()
        for path in leftovers:
            self._bench.disk.remove(path)
        named = {name for sha256 in known for name in self._bench.names.of(sha256)}
        orphans = len(self._layout.published() - named)
        if orphans:
            _log.warning("the vault holds %d blobs no record names", orphans)
        return len(leftovers)

    def _stream(self, sha256: str, *, rehash: bool = True) -> BlobStream:
        return self._with_keys(
            sha256, lambda file, keys: BlobStream(file, keys, sha256, rehash=rehash)
        )

    def _seekable(self, sha256: str) -> SeekableBlob:
        return self._with_keys(sha256, SeekableBlob)

    def _with_keys(
        self, sha256: str, opened: Callable[[BinaryIO, Sequence[AgeIdentity]], _Opened]
    ) -> _Opened:
        """Open a blob; where none of the keys does, look whether another program brought a newer one meanwhile."""
        try:
            return self._opened(sha256, opened)
        except (TrustError, WorldError) as error:
            if isinstance(error, WorldError) and error.code != "vault.missing":
                raise
            if not self._keys.look_again():
                raise
        return self._opened(sha256, opened)

    def _opened(
        self, sha256: str, opened: Callable[[BinaryIO, Sequence[AgeIdentity]], _Opened]
    ) -> _Opened:
        file = open_file(self._bench.places(sha256))
        try:
            return opened(file, self._keys.identities)
        except BaseException:
            file.close()
            raise
