"""Bundles and their volumes: what one holds, what was written, what was received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.exchange.peers import SenderCard
from desktop.domain.ids import BundleId, DeviceId

MOST_BLOBS: Final = 8_000
"""Blobs in one volume. Its receipt names each of them, and a receipt is one entry of the journal."""


@dataclass(frozen=True, slots=True)
class BlobRef:
    """One evidence blob in a bundle: lower-case hex digests, size in bytes; ``sm3`` may be ""."""

    sha256: str
    size: int
    sm3: str = ""


@dataclass(frozen=True, slots=True)
class SplitBlob:
    """A blob that is larger than a volume, cut every ``piece_size`` bytes. ``pieces``: the SHA-256 of each part.

    Every volume that carries a part names all of them, so that whichever comes last makes the blob whole.
    """

    blob: BlobRef
    piece_size: int
    pieces: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.piece_size < 1 or len(self.pieces) != -(-self.blob.size // self.piece_size):
            raise ValueError("the pieces of a blob cover it exactly")

    def contents(self) -> tuple[BlobRef, ...]:
        """Every part as a content of its own, in order."""
        last = self.blob.size - self.piece_size * (len(self.pieces) - 1)
        sizes = [self.piece_size] * (len(self.pieces) - 1) + [last]
        return tuple(map(BlobRef, self.pieces, sizes))


@dataclass(frozen=True, slots=True)
class VolumeManifest:
    """``data/manifest.json`` of one volume. ``ranges``: stream → (first, last) entry sequence carried."""

    bundle: BundleId
    number: str
    volume: int
    volumes: int
    sender: SenderCard
    receiver: DeviceId
    ranges: Mapping[str, tuple[int, int]]
    entries: int
    blobs: tuple[BlobRef, ...]
    previous: str
    clock: str
    pieces: tuple[BlobRef, ...] = ()
    """Parts of the blobs in ``split`` that this volume carries."""
    split: tuple[SplitBlob, ...] = ()

    @property
    def contents(self) -> tuple[BlobRef, ...]:
        """What stands behind the records: whole blobs, then pieces, each as a content of its own."""
        return (*self.blobs, *self.pieces)


@dataclass(frozen=True, slots=True)
class MediumFacts:
    """Where volumes are to be written. ``label``: what people know the stick by, "" if nothing;
    ``largest_file``: the longest file the file system takes, in bytes, None without a limit below any volume;
    ``place``: the computer's own number of the file system, another once a stick went and left its folder behind;
    ``serial``: what the file system was given when it was made, "" where nobody tells."""

    label: str
    file_system: str
    free: int
    largest_file: int | None
    place: int = 0
    serial: str = ""


@dataclass(frozen=True, slots=True)
class WrittenVolume:
    """A volume that was written, re-read past the cache and verified."""

    name: str
    size: int
    sha256: str
    manifest_hash: str


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One line of the exchange history. ``outgoing``: made here; ``state``: begun, continued, void, exported,
    acknowledged, elsewhere, partial, refused, or applied for what came in. ``medium``: the sticks it was written to;
    ``answered_at``: when its newest receipt was given; ``peer_letter``: of the desk of the station on the other side,
    "" for a centre."""

    id: BundleId
    number: str
    outgoing: bool
    at: datetime
    peer: DeviceId
    peer_name: str
    cases: int
    orders: int
    entries: int
    blobs: int
    size: int
    state: str
    missing: tuple[str, ...]
    medium: str = ""
    answered_at: datetime | None = None
    peer_letter: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the other side has not yet acknowledged. ``size`` in bytes of evidence; ``quiet``: records that nobody waits
    for, of exports, receipts and sign-ins, which are none of ``entries``; ``traces``: there is nothing else."""

    cases: int
    orders: int
    entries: int
    blobs: int
    size: int
    last_receipt_at: datetime | None
    traces: bool = False
    quiet: int = 0
