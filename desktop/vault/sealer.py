"""From an original to a sealed part, read once: small files in one go, large ones in two threads."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from desktop.domain.progress import Progress
from desktop.sealing.age_payload import sealed_size
from desktop.vault.background import BLOCK, Conveyor
from desktop.vault.content_digest import ContentDigest
from desktop.vault.part import UnfinishedBlob, VaultTools
from desktop.vault.source_file import SourceFile


class Sealer:
    """Seals one file after the other, with the same buffers for all small ones. For one thread alone."""

    def __init__(self, bench: VaultTools, sm3_up_to: int) -> None:
        self._bench = bench
        self._sm3_up_to = sm3_up_to

    def seal(self, path: Path, progress: Progress) -> UnfinishedBlob:
        """Everything up to, and without, making the blob durable. See the port for errors."""
        progress.check()
        with SourceFile(path) as source:
            digest = ContentDigest(with_sm3=source.size <= self._sm3_up_to)
            part = UnfinishedBlob(self._bench)
            try:
                if source.size <= BLOCK:
                    self._whole(source, digest, part)
                else:
                    _in_blocks(source, digest, part, progress)
            except BaseException:
                part.discard()
                raise
        progress.advance(digest.size, digest.size)
        return part

    def _whole(self, source: SourceFile, digest: ContentDigest, part: UnfinishedBlob) -> None:
        """One read of at most a MiB; a second thread would cost more than it saves."""
        data = self._plain[: source.read_into(self._plain[: source.size])]
        digest.update(data)
        source.confirm(digest.size)
        part.seal_whole(data, digest, self._sealed)

    @cached_property
    def _plain(self) -> memoryview:
        return memoryview(bytearray(BLOCK))

    @cached_property
    def _sealed(self) -> memoryview:
        return memoryview(bytearray(sealed_size(BLOCK, recipients=1)))


def _in_blocks(
    source: SourceFile, digest: ContentDigest, part: UnfinishedBlob, progress: Progress
) -> None:
    """Read and digest here, seal and write in another thread, a bounded number of blocks apart."""
    conveyor = Conveyor(part.write)
    try:
        while True:
            progress.check()
            buffer = conveyor.take()
            count = source.read_into(buffer)
            if not count or digest.size > source.size:  # a file that grows faster than we read
                break
            digest.update(buffer[:count])
            conveyor.put(buffer[:count])
            progress.advance(digest.size, source.size)
        conveyor.finish()
    finally:
        conveyor.abandon()
    progress.check()
    source.confirm(digest.size)
    part.seal(digest)
