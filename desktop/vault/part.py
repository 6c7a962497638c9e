"""Blobs on their way into the vault: sealed under temporary names, then published together or removed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from desktop.domain.evidence import StoredBlob
from desktop.runtime.atomic_file import disk_errors
from desktop.sealing.age import AgeRecipient, AgeWriter, sealed_size
from desktop.vault.content_digest import ContentDigest
from desktop.vault.disk import Disk
from desktop.vault.layout import Layout


@dataclass(frozen=True, slots=True)
class Bench:
    """What every part of one vault is made with. ``publishing`` guards the question "is it here already?"."""

    layout: Layout
    disk: Disk
    recipient: AgeRecipient
    publishing: Lock


class Part:
    """One temporary age file. Disk errors leave as ``WorldError`` (``disk.full``, ``disk.failed`` …)."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        bench.layout.prepare()
        self._path = bench.layout.claim_temporary()
        self.final = Path()
        self.blob = StoredBlob("", 0, new=False)
        try:
            with disk_errors():
                self._output = bench.disk.create(self._path)
        except BaseException:
            bench.layout.release_temporary(self._path)
            raise
        try:
            with disk_errors():
                self._sealer = AgeWriter(self._output, (bench.recipient,))
        except BaseException:
            self.discard()
            raise

    def write(self, data: memoryview) -> None:
        """Seal and write the next octets."""
        with disk_errors():
            self._sealer.write(data)

    def seal(self, digest: ContentDigest) -> None:
        """Finish the content, whose name is now known."""
        final = self._bench.layout.blob(digest.sha256)
        if final is None:
            raise ValueError("a blob is named by its SHA-256")
        with disk_errors():
            self._sealer.close()
        del self._sealer  # with its buffers: a group of sealed parts waits for its publication
        self.final = final
        self.blob = StoredBlob(digest.sha256, digest.size, new=False, sm3=digest.sm3)

    def sync(self) -> None:
        """Bring the file to the medium, unless its content is here already."""
        if not self._is_here():
            self._output.sync()
        self._output.close()

    def rename(self) -> StoredBlob:
        """Take the content's name.

        A blob already here stays, unless it has not the length it must have: then this intact one replaces it.
        """
        with self._bench.publishing:
            new = not self._is_here()
            if new:
                self._bench.disk.publish(self._path, self.final)
        blob = self.blob
        return StoredBlob(blob.sha256, blob.size, new, blob.sm3)

    def sync_folder(self) -> None:
        """Make the new name durable."""
        self._bench.disk.sync_folder(self.final.parent)

    def discard(self) -> None:
        """Remove the temporary file, if it still has that name."""
        self._output.close()
        self._bench.disk.remove(self._path)
        self._bench.layout.release_temporary(self._path)

    def _is_here(self) -> bool:
        try:
            return os.stat(self.final).st_size == sealed_size(self.blob.size, recipients=1)  # noqa: PTH116 - hot
        except FileNotFoundError:
            return False


def publish(parts: Sequence[Part]) -> tuple[StoredBlob, ...]:
    """Make sealed parts durable: fsync all, then rename all, then fsync their folders.

    A crash between any two steps leaves temporary files, which the sweep removes, or whole blobs. In a group the
    first fsync commits the file system's journal for all, so that the others find nothing left to do.
    """
    try:
        with disk_errors():
            for part in parts:
                part.sync()
            blobs = tuple(part.rename() for part in parts)
            for part in {part.final.parent: part for part in parts}.values():
                part.sync_folder()
    finally:
        for part in parts:
            part.discard()
    return blobs
