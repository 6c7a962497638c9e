"""Carry what the other side lacks: records first, evidence after, each volume verified after it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.exchange import (
    MOST_BLOBS,
    BlobRef,
    Party,
    Pending,
    VolumeManifest,
    WrittenVolume,
)
from desktop.domain.fields import Json, text
from desktop.domain.ids import BundleId
from desktop.domain.numbers import bundle_number
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.views import CaseCard
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BUNDLE_EXPORTED, ORDER_ISSUED
from desktop.services.desk import Desk
from desktop.services.ports import BundleSummary, Reader
from desktop.services.trust import centre, require_centre

DEFAULT_VOLUME_SIZE: Final = (4 << 30) - (64 << 20)
"""Below FAT32's file limit of 4 GiB − 1, with room for the envelope."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle whose every volume was re-read past the cache and verified. ``skipped``: blobs lost from the vault."""

    bundle: BundleId
    number: str
    volumes: tuple[WrittenVolume, ...]
    entries: int
    blobs: int
    folder: Path
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    bundle: BundleId
    number: str
    ranges: dict[str, tuple[int, int]]
    volumes: tuple[tuple[BlobRef, ...], ...]
    cases: tuple[CaseCard, ...]
    orders: int
    previous: str
    skipped: tuple[str, ...]

    @property
    def entries(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges.values())

    @property
    def blobs(self) -> tuple[BlobRef, ...]:
        return tuple(blob for volume in self.volumes for blob in volume)


def pending(desk: Desk) -> Pending | None:
    """What the centre lacks; None when no centre is trusted yet."""
    party = centre(desk)
    if party is None:
        return None
    with desk.store.read() as reader:
        return reader.pending(party.card.device)


def export_bundle(
    desk: Desk,
    folder: Path,
    progress: Progress,
    *,
    volume_size: int | None = None,
    on_volume: Callable[[int, int, WrittenVolume], None] | None = None,
) -> Exported:
    """Write everything the centre lacks into ``folder``. Nothing counts as delivered before its receipt."""
    desk.require(Permission.EXCHANGE)
    return export_to(
        desk, require_centre(desk), folder, progress, volume_size=volume_size, on_volume=on_volume
    )


def export_to(
    desk: Desk,
    party: Party,
    folder: Path,
    progress: Progress,
    *,
    volume_size: int | None = None,
    on_volume: Callable[[int, int, WrittenVolume], None] | None = None,
) -> Exported:
    """Write everything ``party`` lacks; raises ``UserInputError("export.nothing")``, ``WorldError`` from the medium."""
    desk.exchange.sweep(folder)
    with desk.store.read() as reader:
        plan = _plan(desk, reader, party, volume_size or DEFAULT_VOLUME_SIZE)
        written = []
        for index in range(len(plan.volumes) + 1):
            volume = _write(desk, reader, party, plan, index, folder, progress)
            written.append(volume)
            if on_volume:
                on_volume(index + 1, len(plan.volumes) + 1, volume)
    _record(desk, party, plan, written)
    return Exported(
        plan.bundle,
        plan.number,
        tuple(written),
        plan.entries,
        len(plan.blobs),
        folder,
        plan.skipped,
    )


def _plan(desk: Desk, reader: Reader, party: Party, volume_size: int) -> _Plan:
    receiver = party.card.device
    stream = desk.profile.stream_for(party.card.unit_code)
    first = reader.acknowledged(receiver).get(stream, 0) + 1
    last = reader.heads().get(stream, 0)
    ranges = {stream: (first, last)} if last >= first else {}
    sends_evidence = stream == desk.profile.device
    wanted = reader.unacknowledged_blobs(receiver) if sends_evidence else ()
    present = [blob for blob in wanted if desk.vault.has(blob.sha256)]
    sent = frozenset(blob.sha256 for blob in present)
    if not ranges and not present:
        raise UserInputError("export.nothing")
    own = [row for row in reader.bundles() if row.outgoing]
    to_peer = [row for row in own if row.peer == receiver]
    previous = reader.current(f"bundle/{to_peer[0].id}") if to_peer else {}
    return _Plan(
        bundle=BundleId(desk.ids.new_id()),
        number=bundle_number(desk.profile.device_letter, len(own) + 1),
        ranges=ranges,
        volumes=tuple(_volumes(present, volume_size)),
        cases=tuple(card for card in reader.board() if card.sync < 2) if sends_evidence else (),
        orders=_orders(reader, ranges),
        previous=text(previous, "manifest"),
        skipped=tuple(blob.sha256 for blob in wanted if blob.sha256 not in sent),
    )


def _orders(reader: Reader, ranges: dict[str, tuple[int, int]]) -> int:
    return sum(
        1
        for stream, (first, last) in ranges.items()
        for entry in reader.entries(stream, first, last)
        if entry.kind == ORDER_ISSUED
    )


def _volumes(blobs: list[BlobRef], volume_size: int) -> Iterator[tuple[BlobRef, ...]]:
    batch: list[BlobRef] = []
    filled = 0
    for blob in blobs:
        if batch and (filled + blob.size > volume_size or len(batch) == MOST_BLOBS):
            yield tuple(batch)
            batch, filled = [], 0
        batch.append(blob)
        filled += blob.size
    if batch:
        yield tuple(batch)


def _manifest(desk: Desk, party: Party, plan: _Plan, index: int) -> VolumeManifest:
    return VolumeManifest(
        bundle=plan.bundle,
        number=plan.number,
        volume=index + 1,
        volumes=len(plan.volumes) + 1,
        sender=desk.exchange.sender(desk.profile),
        receiver=party.card.device,
        ranges=plan.ranges if index == 0 else {},
        entries=plan.entries if index == 0 else 0,
        blobs=plan.volumes[index - 1] if index else (),
        previous=plan.previous,
        clock=to_wire(desk.clock.now()),
    )


def _write(
    desk: Desk,
    reader: Reader,
    party: Party,
    plan: _Plan,
    index: int,
    folder: Path,
    progress: Progress,
) -> WrittenVolume:
    manifest = _manifest(desk, party, plan, index)
    recipients = (party.card.recipient, desk.exchange.recipient())
    readme = desk.papers.readme(_summary(desk, party, plan)) if index == 0 else b""
    return desk.exchange.write_volume(
        folder,
        manifest,
        journal=_lines(reader, manifest),
        readme=readme,
        blobs=_streams(desk, manifest.blobs),
        recipients=recipients,
        progress=progress,
    )


def _lines(reader: Reader, manifest: VolumeManifest) -> Iterator[bytes]:
    for stream, (first, last) in sorted(manifest.ranges.items()):
        for entry in reader.entries(stream, first, last):
            yield entry.line()


def _streams(desk: Desk, blobs: tuple[BlobRef, ...]) -> Iterator[tuple[BlobRef, BinaryIO]]:
    for blob in blobs:
        with closing(desk.vault.open(blob.sha256, rehash=False)) as stream:  # the volume digests it
            yield blob, stream


def _summary(desk: Desk, party: Party, plan: _Plan) -> BundleSummary:
    return BundleSummary(
        number=plan.number,
        sender=desk.profile.unit_name,
        receiver=party.card.unit_name,
        made_at=desk.clock.now(),
        cases=tuple((card.number, card.victim, card.loss_fen) for card in plan.cases),
        orders=plan.orders,
        blobs=len(plan.blobs),
        size=sum(blob.size for blob in plan.blobs),
        fingerprint=desk.profile.device,
    )


def _record(desk: Desk, party: Party, plan: _Plan, written: list[WrittenVolume]) -> None:
    last: dict[str, Json] = {stream: end for stream, (_, end) in plan.ranges.items()}
    fields: dict[str, Json] = {
        "sender": desk.profile.device,
        "receiver": party.card.device,
        "number": plan.number,
        "exported_at": to_wire(desk.clock.now()),
        "cases": len(plan.cases),
        "orders": plan.orders,
        "entries": plan.entries,
        "blobs": len(plan.blobs),
        "size": sum(volume.size for volume in written),
        "last": last,
        "volumes": [volume.name for volume in written],
        "manifest": written[0].manifest_hash,
    }
    with desk.store.write() as transaction:
        subject, officer = f"bundle/{plan.bundle}", desk.officer.number
        transaction.append(officer, NewEntry(BUNDLE_EXPORTED, subject, fields))
        for volume, blobs in enumerate(
            plan.volumes, 2
        ):  # one entry each: no entry may grow without bound
            listed: dict[str, Json] = {f"blob_list.{volume}": [blob.sha256 for blob in blobs]}
            transaction.append(officer, NewEntry(BUNDLE_EXPORTED, subject, listed))
