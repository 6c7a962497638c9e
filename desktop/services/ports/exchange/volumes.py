"""Volumes of bundles on a medium, as services see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.exchange.origin import SignedJournal, SignedParts
from desktop.domain.exchange.volumes import BlobRef, MediumFacts, VolumeManifest, WrittenVolume
from desktop.domain.progress import Progress
from desktop.services.ports.exchange.vault import BlobWriter


class VolumeSink(Protocol):
    """Takes what a verified volume holds while it streams in."""

    def signed(self, parts: SignedParts) -> None:
        """What the sender signed, of a volume that was accepted and carries records; comes before its first line."""
        ...

    def journal_line(self, line: bytes) -> None:
        """One canonical entry line."""
        ...

    def blob(self, ref: BlobRef) -> BlobWriter | None:
        """A writer for the blob, or None when it is already here (its bytes are still checked)."""
        ...


@dataclass(frozen=True, slots=True)
class VolumeContents:
    """What a volume is written from besides its manifest, and to whom it is sealed. ``journal``: canonical lines;
    ``blobs``: each with its content in blocks. ``blobs`` and ``journal`` are gone through once."""

    journal: Iterable[bytes]
    readme: bytes
    blobs: Iterable[tuple[BlobRef, Iterable[bytes]]]
    recipients: Sequence[str]


class Volumes(Protocol):
    """Volumes of bundles on a medium; bound to this installation's keys."""

    def write_volume(
        self,
        folder: Path,
        manifest: VolumeManifest,
        contents: VolumeContents,
        progress: Progress,
        *,
        on: MediumFacts | None = None,
    ) -> WrittenVolume:
        """Write, fsync, re-read past the cache, verify, and only then give it its name; ``WorldError("medium.gone")``
        where the folder is not ``on`` that medium any more."""
        ...

    def read_volume(
        self,
        path: Path,
        sink: VolumeSink,
        accept: Callable[[VolumeManifest, str], None],
        progress: Progress,
    ) -> VolumeManifest:
        """Verify a volume while it streams into ``sink``. ``accept`` gets the manifest and the ``ssh-ed25519`` line
        of the verified signer before any payload is read and raises ``TrustError`` to refuse."""
        ...

    def signed_journal(self, parts: SignedParts) -> SignedJournal:
        """What a kept signature proves; raises ``TrustError`` where it does not hold or anything under it changed."""
        ...

    def medium(self, folder: Path) -> MediumFacts:
        """What medium ``folder`` lies on; raises ``WorldError`` where it can not be asked."""
        ...

    def sweep(self, folder: Path) -> int:
        """Remove our own stale ``.part`` files; how many."""
        ...
