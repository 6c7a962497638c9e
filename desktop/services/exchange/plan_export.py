"""What an export carries and how it is laid into volumes: records first, then evidence that fits the medium."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Final

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange import (
    MOST_BLOBS,
    BlobRef,
    BundleRow,
    MediumFacts,
    Party,
    SplitBlob,
)
from desktop.domain.fields import Fields, mapping, number, text, texts
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.numbers import bundle_number
from desktop.domain.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.domain.views import CarriedCase
from desktop.journal.kinds import ORDER_ISSUED
from desktop.services.desk import Desk
from desktop.services.exchange.own_keys import lost_keys, signer_for
from desktop.services.ports import Reader

ENVELOPE: Final = 64 << 20
"""Room for what surrounds the evidence of a volume: headers, lists, seal."""
DEFAULT_VOLUME_SIZE: Final = (4 << 30) - 1 - ENVELOPE
"""Below FAT32's file limit of 4 GiB − 1, so that any volume may be copied to any stick."""
LEAST_VOLUME_SIZE: Final = 64 << 20
"""No volume is made smaller than this only because a stick is nearly full."""
LARGEST_PIECE: Final = 1 << 30
"""Parts of a blob that is larger than a volume; always cut at the same places, so that any two exports fit."""
_BLOCK: Final = 1 << 20
_UNANSWERED: Final = frozenset({"begun", "exported", "partial"})


@dataclass(frozen=True, slots=True)
class Piece:
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
    pieces: tuple[Piece, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Resume:
    """How an export goes on where others stopped: what the whole volumes of an interrupted one hold is left out,
    unless ``afresh`` (its stick was lost). With ``since``, what finished exports carried from then on is left out too:
    in a shared folder it is on its way."""

    afresh: bool = False
    since: datetime | None = None


CONTINUE: Final = Resume()


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything about a bundle that is decided before it is written. ``skipped``: blobs lost from the vault;
    ``carried``: contents that an interrupted export before this one wrote, and that are not written again."""

    bundle: BundleId
    number: str
    receiver: DeviceId
    signer: DeviceId
    """The key of ours that the receiver can check."""
    ranges: dict[str, tuple[int, int]]
    volumes: tuple[VolumeContent, ...]
    cases: tuple[CarriedCase, ...]
    orders: int
    previous: str
    skipped: tuple[str, ...]
    carried: int = 0

    @property
    def entries(self) -> int:
        """Entries in volume 1."""
        return sum(last - first + 1 for first, last in self.ranges.values())

    @property
    def blobs(self) -> int:
        """Evidence files in all volumes; one in several pieces counts once."""
        return len(frozenset[str]().union(*(volume.files for volume in self.volumes)))

    @property
    def size(self) -> int:
        """Bytes of evidence."""
        return sum(volume.size for volume in self.volumes)


def volume_size_for(medium: MediumFacts, wanted: int | None) -> int:
    """Bytes of evidence in a volume: what was asked for, within what the file system takes in one file."""
    size = wanted or DEFAULT_VOLUME_SIZE
    if medium.largest_file is not None:
        size = min(size, medium.largest_file - ENVELOPE)
    if wanted is None and medium.free < size + ENVELOPE:
        size = min(size, max(medium.free - 2 * ENVELOPE, LEAST_VOLUME_SIZE))
    return size


def make_plan(
    desk: Desk,
    reader: Reader,
    party: Party,
    folder: Path,
    volume_size: int,
    progress: Progress,
    *,
    resume: Resume = CONTINUE,
) -> ExportPlan:
    """What ``party`` lacks. An export that was interrupted is continued as ``resume`` says.

    Raises:
        UserInputError: ``export.nothing``.
        TrustError: ``journal.rolled_back``, see :func:`is_set_back`.
    """
    receiver = party.card.device
    stream = desk.profile.stream_for(party.card.unit_code)
    first = reader.acknowledged(receiver).get(stream, 0) + 1
    last = reader.heads().get(stream, 0)
    ranges = {stream: (first, last)} if last >= first else {}
    sends_evidence = stream == desk.profile.device
    wanted = reader.unacknowledged_blobs(receiver) if sends_evidence else ()
    present = [blob for blob in wanted if desk.vault.has(blob.sha256)]
    if is_set_back(desk, reader, receiver):
        raise TrustError("journal.rolled_back")
    if not ranges and not present:
        raise UserInputError("export.nothing")
    own = [row for row in reader.bundles() if row.outgoing]
    to_peer = sorted(
        (row for row in own if row.peer == receiver), key=lambda row: row.number, reverse=True
    )  # by number: the clock may have been set back
    carried: frozenset[str] = frozenset()
    if not resume.afresh:
        under_way = _under_way(to_peer, resume.since)
        disowned = lost_keys(reader, desk.profile.device)
        under_way = [row for row in under_way if _signer(desk, reader, row) not in disowned]
        carried = _carried(reader, under_way, None if resume.since else folder)
    done = carried | reader.acknowledged_contents(receiver)
    items = list(_items(desk, present, volume_size, done, progress))
    previous = reader.current(f"bundle/{to_peer[0].id}") if to_peer else {}
    return ExportPlan(
        bundle=BundleId(desk.ids.new_id()),
        number=bundle_number(desk.profile.device_letter, len(own) + 1),
        receiver=receiver,
        ranges=ranges,
        volumes=tuple(laid_out(items, volume_size)),
        cases=reader.cases_under_way() if sends_evidence else (),
        orders=_orders(reader, ranges),
        previous=text(previous, "manifest"),
        skipped=tuple(blob.sha256 for blob in wanted if not desk.vault.has(blob.sha256)),
        carried=len(carried),
        signer=signer_for(desk, reader, party),
    )


def is_set_back(desk: Desk, reader: Reader, receiver: DeviceId) -> bool:
    """Whether somebody proved to hold entries of ours that we lack or have otherwise.

    A desk that was set back writes to nobody until that is healed: two that exchange with it would hold two stories
    under one number. Each station has its own stream at a centre, so that there only ``receiver`` counts.
    """
    telling = reader.disputing()
    if desk.profile.role is InstallationRole.CENTRE:
        return receiver in telling
    return any(party.card.device in telling for party in reader.parties() if not party.revoked)


def _signer(desk: Desk, reader: Reader, row: BundleRow) -> str:
    """The key that signed an export; older records know the first one only."""
    return text(reader.current(f"bundle/{row.id}"), "key") or desk.profile.device


def _under_way(to_peer: Sequence[BundleRow], since: datetime | None) -> list[BundleRow]:
    """The exports that were interrupted since the last finished one; with ``since``, every one from then on."""
    if since is not None:
        return [row for row in to_peer if row.at >= since and row.state in _UNANSWERED]
    return list(takewhile(lambda row: row.state == "begun", to_peer))


def _carried(reader: Reader, rows: Sequence[BundleRow], folder: Path | None) -> frozenset[str]:
    """Contents of the whole volumes of these exports; ``folder`` is looked at where it is given."""
    found: set[str] = set()
    for row in rows:
        fields = reader.current(f"bundle/{row.id}")
        for name in fields:
            volume = name.removeprefix("blob_list.")
            if volume == name:
                continue
            written = mapping(fields, f"written.{volume}")
            if folder is None or not _vanished(written, folder):
                found.update(texts(fields, name))
    return frozenset(found)


def _vanished(written: Fields, folder: Path) -> bool:
    """Whether a volume was written into this very folder and is no longer there."""
    if text(written, "folder") != folder_mark(folder):
        return False
    path = folder / Path(text(written, "name")).name
    return not path.is_file() or path.stat().st_size != number(written, "size")


def folder_mark(folder: Path) -> str:
    """Tells a folder again without writing its name, which may hold a person's, into the journal."""
    return hashlib.sha256(str(folder.absolute()).encode("utf-8", "replace")).hexdigest()[:16]


def _orders(reader: Reader, ranges: dict[str, tuple[int, int]]) -> int:
    return sum(
        1
        for stream, (first, last) in ranges.items()
        for entry in reader.entries(stream, first, last)
        if entry.kind == ORDER_ISSUED
    )


def _items(
    desk: Desk,
    blobs: Sequence[BlobRef],
    volume_size: int,
    done: frozenset[str],
    progress: Progress,
) -> Iterator[BlobRef | Piece]:
    """Whole blobs, and the pieces of those that no volume holds; without what is ``done``."""
    for blob in blobs:
        if blob.sha256 in done:
            continue
        if blob.size <= volume_size:
            yield blob
            continue
        whole = _split(desk, blob, piece_size(volume_size), progress)
        for place, content in enumerate(whole.contents()):
            if content.sha256 not in done:
                yield Piece(content, place * whole.piece_size, whole)


def piece_size(volume_size: int) -> int:
    """The largest power of two that fits a volume, at most :data:`LARGEST_PIECE`."""
    return min(LARGEST_PIECE, 1 << (volume_size.bit_length() - 1))


def _split(desk: Desk, blob: BlobRef, size: int, progress: Progress) -> SplitBlob:
    """The blob read once, cut every ``size`` bytes. Raises what the vault raises for a damaged blob."""
    digests = []
    with closing(desk.vault.open(blob.sha256)) as stream:
        for offset in range(0, blob.size, size):
            left = min(size, blob.size - offset)
            digest = hashlib.sha256()
            while left and (data := stream.read(min(_BLOCK, left))):
                progress.check()
                digest.update(data)
                left -= len(data)
            digests.append(digest.hexdigest())
        stream.read(1)  # the vault checks the whole at its end
    return SplitBlob(blob, size, tuple(digests))


def laid_out(items: Sequence[BlobRef | Piece], volume_size: int) -> Iterator[VolumeContent]:
    """The items in their order, each volume filled as far as it goes."""
    batch: list[BlobRef | Piece] = []
    filled = 0
    for item in items:
        if batch and (filled + item.size > volume_size or len(batch) == MOST_BLOBS):
            yield _content(batch)
            batch, filled = [], 0
        batch.append(item)
        filled += item.size
    if batch:
        yield _content(batch)


def _content(batch: Sequence[BlobRef | Piece]) -> VolumeContent:
    pieces = {  # two parts of the same content travel once; the list of parts names both
        item.content.sha256: item for item in batch if isinstance(item, Piece)
    }
    blobs = tuple(item for item in batch if isinstance(item, BlobRef))
    return VolumeContent(blobs, tuple(pieces.values()))
