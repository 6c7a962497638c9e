"""Evidence at rest under the key in use: each blob gets a new age header, its sealed content stays as it is.

The file key is the same before and after: whoever held it could read this content already. What changes is which of
our keys opens the file, so that a former one can be destroyed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from desktop.domain.errors import TrustError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import disk_errors, require_space
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_rewrap import OldHeader
from desktop.vault.blob_names import is_digest
from desktop.vault.content_digest import ContentDigest
from desktop.vault.part import UnfinishedBlob, VaultTools, publish

_BLOCK: Final = 1 << 20
_GROUP: Final = 32
_GROUP_OCTETS: Final = 64 << 20
"""Blobs, or octets, that are made durable together: each fsync waits for the medium."""


class _NewHeader(UnfinishedBlob):
    """A blob's file once more, under another header and name; it takes the place of the one that lies there."""

    def __init__(self, bench: VaultTools, source: Path) -> None:
        super().__init__(bench)
        self._source = source

    def put(self, data: bytes) -> None:
        """Write the next octets as they are."""
        with disk_errors():
            self._output.write(memoryview(data))

    def sync(self) -> None:
        """Bring the file to the medium: what it replaces is the only other copy."""
        self._output.sync()
        self._output.close()

    def rename(self) -> StoredBlob:
        """Take the place of the former file, unless that was removed meanwhile."""
        with self._bench.publishing:
            if self._source.is_file():
                self._bench.disk.publish(self.path, self.final)
                self._renamed = True
                self._former = (self._source,) if self._source != self.final else ()
        return self.blob


class Resealing:
    """Over one vault. Blobs are replaced one by one, each at one stroke: whenever it ends, every blob opens, and the
    next run goes on with those that are left."""

    def __init__(self, bench: VaultTools) -> None:
        self._bench = bench
        self._keys = bench.keys

    def behind(self, progress: Progress) -> tuple[str, ...]:
        """The blobs that a former key opens and the one in use does not. What no key opens waits for nobody."""
        names = sorted(self._bench.layout.published())
        return tuple(name for name in names if self._is_behind(name, progress))

    def run(self, known: Collection[str], progress: Progress) -> int:
        """Give a new header to every blob that is behind; how many got one. ``known``: SHA-256 of contents that are
        recorded, so that a file's name tells which it is; what no record names is read for that.

        Raises:
            WorldError: as the disk does; ``disk.not_enough`` when there is no room for the largest of them twice.
        """
        sizes = {name: self._size(name) for name in self.behind(progress)}
        if not sizes:
            return 0
        require_space(self._bench.layout.root, max(sizes.values()))
        contents = {name: sha256 for sha256 in known for name in self._bench.names.of(sha256)}
        total, done, count = sum(sizes.values()), 0, 0
        for group in _groups(sizes):
            parts: list[_NewHeader] = []
            try:
                for name in group:
                    parts += self._made(name, contents.get(name, ""), progress)
                    done += sizes[name]
                    progress.advance(done, total)
            except BaseException:
                for part in parts:
                    part.discard()
                raise
            count += len(publish(parts))
        return count

    def _is_behind(self, name: str, progress: Progress) -> bool:
        progress.check()
        try:
            with self._opened(name) as file:
                header = OldHeader(file)
            if header.opens_with((self._keys.in_use,)):
                return False
            return header.opens_with(self._keys.identities)
        except (TrustError, FileNotFoundError):
            return False
        except OSError:
            return True  # nobody knows; the former key stays

    def _made(self, name: str, sha256: str, progress: Progress) -> Iterator[_NewHeader]:
        """The blob under a new header; nothing where it can not be read, or is gone."""
        sha256 = sha256 or self._content_of(name, progress)
        with suppress(FileNotFoundError), self._opened(name) as file:
            header = OldHeader(file)
            part = _NewHeader(self._bench, self._path(name))
            try:
                part.name(sha256, 0, "")
                part.put(header.rewrapped(self._keys.identities, self._keys.in_use.recipient))
                while data := file.read(_BLOCK):
                    progress.check()
                    part.put(data)
            except OSError:  # of the file that is read; what the new one meets is a WorldError
                part.discard()
                return
            except BaseException:
                part.discard()
                raise
            yield part

    def _content_of(self, name: str, progress: Progress) -> str:
        """SHA-256 of what is in a file. One that is damaged keeps no former key: it is called by what can be read."""
        if is_digest(name):
            return name
        digest = ContentDigest(with_sm3=False)
        with suppress(OSError, TrustError), self._opened(name) as file:
            for block in AgeReader(file, self._keys.identities).blocks():
                progress.check()
                digest.update(block)
        return digest.sha256

    def _opened(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def _size(self, name: str) -> int:
        with suppress(OSError):
            return self._path(name).stat().st_size
        return 0

    def _path(self, name: str) -> Path:
        path = self._bench.layout.blob(name)
        if path is None:
            raise ValueError("a published name is one of ours")
        return path


def _groups(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    group: list[str] = []
    octets = 0
    for name, size in sizes.items():
        group.append(name)
        octets += size
        if len(group) == _GROUP or octets >= _GROUP_OCTETS:
            yield group
            group, octets = [], 0
    if group:
        yield group
