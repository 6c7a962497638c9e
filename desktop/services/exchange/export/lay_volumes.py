"""How the evidence of an export is laid into volumes that fit the medium; what fits none is cut."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO, Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange.volumes import MOST_BLOBS, BlobRef, MediumFacts, SplitBlob
from desktop.domain.progress import Progress
from desktop.services.session import Session

ENVELOPE: Final = 64 << 20
"""Room for what surrounds the evidence of a volume: headers, lists, seal."""
DEFAULT_VOLUME_SIZE: Final = (4 << 30) - 1 - ENVELOPE
"""Below FAT32's file limit of 4 GiB − 1, so that any volume may be copied to any stick."""
LEAST_VOLUME_SIZE: Final = 64 << 20
"""No volume is made smaller than this only because a stick is nearly full."""
LARGEST_PIECE: Final = 1 << 30
"""Parts of a blob that is larger than a volume; always cut at the same places, so that any two exports fit."""
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class BlobPiece:
    """One part of a split blob: ``content`` from ``offset`` on."""

    content: BlobRef
    offset: int
    whole: SplitBlob

    @property
    def size(self) -> int:
        """Bytes."""
        return self.content.size


@dataclass(frozen=True, slots=True)
class VolumeContent:
    """The evidence of one volume."""

    blobs: tuple[BlobRef, ...]
    pieces: tuple[BlobPiece, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of evidence."""
        return sum(blob.size for blob in self.blobs) + sum(part.size for part in self.pieces)

    @property
    def split(self) -> tuple[SplitBlob, ...]:
        """The blobs its pieces are of."""
        return tuple(dict.fromkeys(piece.whole for piece in self.pieces))

    @property
    def digests(self) -> list[str]:
        """What the volume holds, by content."""
        return [blob.sha256 for blob in self.blobs] + [p.content.sha256 for p in self.pieces]

    @property
    def files(self) -> frozenset[str]:
        """The evidence files it holds, or holds a part of."""
        return frozenset(blob.sha256 for blob in (*self.blobs, *(s.blob for s in self.split)))


def volume_size_for(medium: MediumFacts, wanted: int | None) -> int:
    """Bytes of evidence in a volume: what was asked for, within what the file system takes in one file."""
    size = wanted or DEFAULT_VOLUME_SIZE
    if medium.largest_file is not None:
        size = min(size, medium.largest_file - ENVELOPE)
    if wanted is None and medium.free < size + ENVELOPE:
        size = min(size, max(medium.free - 2 * ENVELOPE, LEAST_VOLUME_SIZE))
    return size


def room_for(volume: int, wanted: int | None) -> int:
    """Bytes that must be free on a medium for it to take a volume of so much evidence; where nobody wanted volumes of
    that size, a smaller medium gets it cut into smaller ones."""
    return (volume if wanted else min(volume, LEAST_VOLUME_SIZE + ENVELOPE)) + ENVELOPE


def items_to_carry(
    session: Session,
    blobs: Sequence[BlobRef],
    volume_size: int,
    done: frozenset[str],
    progress: Progress,
    damaged: list[str],
) -> Iterator[BlobRef | BlobPiece]:
    """Whole blobs, and the pieces of those that no volume holds; without what is ``done``. ``damaged``: gets those that
    can not be cut, as they can not be read."""
    for blob in blobs:
        if blob.sha256 in done:
            continue
        if blob.size <= volume_size:
            yield blob
            continue
        try:
            whole = _split(session, blob, piece_size(volume_size), progress)
        except TrustError:
            damaged.append(blob.sha256)
            continue
        for place, content in enumerate(whole.contents()):
            if content.sha256 not in done:
                yield BlobPiece(content, place * whole.piece_size, whole)


def piece_size(volume_size: int) -> int:
    """The largest power of two that fits a volume, at most :data:`LARGEST_PIECE`."""
    return min(LARGEST_PIECE, 1 << (volume_size.bit_length() - 1))


def part_blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The next ``size`` bytes in blocks; fewer where there are no more."""
    left = size
    while left and (block := stream.read(min(_BLOCK, left))):
        left -= len(block)
        yield block


def _split(session: Session, blob: BlobRef, size: int, progress: Progress) -> SplitBlob:
    """The blob read once, cut every ``size`` bytes. Raises what the vault raises for a damaged blob."""
    digests = []
    with closing(session.vault.open(blob.sha256)) as stream:
        for offset in range(0, blob.size, size):
            digest = hashlib.sha256()
            for data in part_blocks(stream, min(size, blob.size - offset)):
                progress.check()
                digest.update(data)
            digests.append(digest.hexdigest())
        stream.read(1)  # the vault checks the whole at its end
    return SplitBlob(blob, size, tuple(digests))


def laid_out(items: Sequence[BlobRef | BlobPiece], volume_size: int) -> Iterator[VolumeContent]:
    """The items in their order, each volume filled as far as it goes."""
    batch: list[BlobRef | BlobPiece] = []
    filled = 0
    for item in items:
        if batch and (filled + item.size > volume_size or len(batch) == MOST_BLOBS):
            yield _content(batch)
            batch, filled = [], 0
        batch.append(item)
        filled += item.size
    if batch:
        yield _content(batch)


def _content(batch: Sequence[BlobRef | BlobPiece]) -> VolumeContent:
    pieces = {  # two parts of the same content travel once; the list of parts names both
        item.content.sha256: item for item in batch if isinstance(item, BlobPiece)
    }
    blobs = tuple(item for item in batch if isinstance(item, BlobRef))
    return VolumeContent(blobs, tuple(pieces.values()))
