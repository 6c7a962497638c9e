"""Blobs on their way into the vault: sealed under temporary names, then published together or removed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from desktop.domain.evidence.item import StoredBlob
from desktop.runtime.files.atomic_file import disk_errors
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.age_payload import sealed_size
from desktop.sealing.age_writer import AgeWriter, seal_whole
from desktop.vault.blob_names import BlobNames
from desktop.vault.content_digest import ContentDigest
from desktop.vault.disk import Barrier, Disk
from desktop.vault.layout import VaultLayout
from desktop.vault.vault_keys import VaultKeys


@dataclass(frozen=True, slots=True)
class VaultTools:
    """What every part of one vault is made with. ``publishing`` guards the question "is it here already?";
    ``processes`` is how many may be started beside ours to seal thousands of small files."""

    layout: VaultLayout
    disk: Disk
    keys: VaultKeys
    publishing: Lock
    names: BlobNames
    processes: int = 0

    @property
    def recipient(self) -> AgeRecipient:
        """Whom a file that is begun now is sealed to."""
        return self.keys.in_use.recipient

    def places(self, sha256: str) -> tuple[Path, ...]:
        """Where the file of a content may lie, the likeliest first."""
        found = map(self.layout.blob, self.names.of(sha256))
        return tuple(path for path in found if path is not None)


class SealedPart:
    """One temporary age file that holds all of its content and waits for its name."""

    def __init__(self, bench: VaultTools, path: Path) -> None:
        self._bench = bench
        self._path = path
        self._renamed = False
        self.final = Path()
        self._former: tuple[Path, ...] = ()
        self.blob = StoredBlob("", 0, new=False)

    @property
    def path(self) -> Path:
        """Where it lies until then."""
        return self._path

    def name(self, sha256: str, size: int, sm3: str) -> None:
        """What it holds is known now."""
        self.final, *others = self._bench.places(sha256)
        self._former = tuple(others)
        self.blob = StoredBlob(sha256, size, new=False, sm3=sm3)

    def sync(self) -> None:
        """Bring the file to the medium; whoever sealed it has done so."""

    def close(self) -> None:
        """Give its descriptor back, if it has one."""

    def rename(self) -> StoredBlob:
        """Take the content's name. A blob already here is replaced: nobody looked whether it is still intact, and who
        brings a damaged one again means to mend it. One that is open elsewhere may have to stay (Windows)."""
        with self._bench.publishing:
            new = not self._is_here()
            try:
                self._bench.disk.publish(self._path, self.final)
                self._renamed = True
            except PermissionError:
                if new:
                    raise
        blob = self.blob
        return StoredBlob(blob.sha256, blob.size, new, blob.sm3)

    def sync_folder(self) -> None:
        """Make the new name durable."""
        self._bench.disk.sync_folder(self.final.parent)

    def drop_former(self) -> None:
        """Remove files of the same content under other names, once the new one is durable."""
        for path in self._former if self._renamed else ():
            self._bench.disk.remove(path)

    def discard(self) -> None:
        """Remove the temporary file, if it still has that name."""
        if not self._renamed:
            self._bench.disk.remove(self._path)
        self._bench.layout.release_temporary(self._path)

    def _is_here(self) -> bool:
        """Under any of its names; what lies under a former one is remembered, to be removed."""
        former, here = [], False
        for path in (self.final, *self._former):
            try:
                size = os.stat(path).st_size  # noqa: PTH116 - hot
            except FileNotFoundError:
                continue
            here |= size == sealed_size(self.blob.size, recipients=1)
            if path != self.final:
                former.append(path)
        self._former = tuple(former)
        return here


class UnfinishedBlob(SealedPart):
    """One that is being written here. Disk errors leave as ``WorldError`` (``disk.full``, ``disk.failed`` …)."""

    def __init__(self, bench: VaultTools) -> None:
        bench.layout.prepare()
        super().__init__(bench, bench.layout.claim_temporary())
        self._sealer: AgeWriter | None = None
        try:
            with disk_errors():
                self._output = bench.disk.create(self._path)
        except BaseException:
            bench.layout.release_temporary(self._path)
            raise

    def write(self, data: memoryview) -> None:
        """Seal and write the next octets."""
        with disk_errors():
            if self._sealer is None:
                self._sealer = AgeWriter(self._output, (self._bench.recipient,))
            self._sealer.write(data)

    def seal(self, digest: ContentDigest) -> None:
        """Finish the content, whose name is now known."""
        self.write(memoryview(b""))  # an empty content has a header too
        with disk_errors():
            if self._sealer is not None:
                self._sealer.close()
        self._sealer = None  # with its buffers: a group of sealed parts waits for its publication
        self.name(digest.sha256, digest.size, digest.sm3)

    def seal_whole(self, data: memoryview, digest: ContentDigest, scratch: memoryview) -> None:
        """Seal and write a content that is wholly in memory, and finish it; ``scratch`` holds its age file."""
        size = seal_whole(data, (self._bench.recipient,), scratch)
        with disk_errors():
            self._output.write(scratch[:size])
        self.name(digest.sha256, digest.size, digest.sm3)

    def sync(self) -> None:
        """Bring the file to the medium."""
        self._output.sync()
        self._output.close()

    def close(self) -> None:
        """Give the descriptor back; a barrier brings the file to the medium."""
        with disk_errors():
            self._output.close()

    def discard(self) -> None:
        """Remove the temporary file, if it still has that name."""
        self._output.close()
        super().discard()


def publish(parts: Sequence[SealedPart], barrier: Barrier | None = None) -> tuple[StoredBlob, ...]:
    """Make sealed parts durable: sync all, then rename all, then sync their folders.

    A crash between any two steps leaves temporary files, which the sweep removes, or whole blobs. ``barrier``, made
    before the first of them was written, stands for the single fsync calls: thousands of those each wait for the
    medium in turn.
    """
    try:
        with disk_errors():
            if barrier is not None:
                barrier.wait()
                blobs = tuple(part.rename() for part in parts)
                barrier.wait()
                for part in parts:
                    part.drop_former()
                return blobs
            for part in parts:
                part.sync()
            blobs = tuple(part.rename() for part in parts)
            for part in {part.final.parent: part for part in parts}.values():
                part.sync_folder()
            for part in parts:
                part.drop_former()
    finally:
        for part in parts:
            part.discard()
    return blobs
