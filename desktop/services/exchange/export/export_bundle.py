"""Carry what the other side lacks: records first, evidence after, each volume verified after it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import (
    BlobRef,
    MediumFacts,
    VolumeManifest,
    WrittenVolume,
)
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.time.clock import to_wire
from desktop.journal.kinds import BUNDLE_EXPORTED, BUNDLE_WRITTEN
from desktop.services.exchange.export.export_record import (
    begin,
    exported_fields,
    note,
    volume_fields,
)
from desktop.services.exchange.export.lay_volumes import (
    VolumeContent,
    part_blocks,
    room_for,
    volume_size_for,
)
from desktop.services.exchange.export.plan_export import CONTINUE, ExportPlan, Resume, make_plan
from desktop.services.exchange.peers.backup_key import backup_of
from desktop.services.exchange.peers.our_centre import require_receiver
from desktop.services.ports import BundleSummary, Reader, VolumeContents
from desktop.services.session import Session

OnVolume = Callable[[int, int, WrittenVolume], None]
_NO_EVIDENCE = VolumeContent(())


_UNREADABLE: Final = frozenset({"vault.damaged", "vault.missing", "bundle.blob_changed"})


def is_unreadable(error: AppError) -> bool:
    """Whether evidence is to blame, and not the medium it was to be written to."""
    return error.code in _UNREADABLE


def without_unreadable(
    session: Session, plan: ExportPlan, index: int, progress: Progress
) -> ExportPlan:
    """The plan without what volume ``index`` (from 1) was to carry and is damaged or gone; the same where nothing is.
    Every file of the volume is read."""
    content = plan.volumes[index - 1]
    bad = {sha256 for sha256 in content.files if not _is_sound(session, sha256, progress)}
    if not bad:
        return plan
    sound = VolumeContent(
        tuple(blob for blob in content.blobs if blob.sha256 not in bad),
        tuple(piece for piece in content.pieces if piece.whole.blob.sha256 not in bad),
    )
    volumes = (*plan.volumes[: index - 1], sound, *plan.volumes[index:])
    skipped = tuple(dict.fromkeys((*plan.skipped, *sorted(bad))))  # parts of one stand in several
    return replace(plan, volumes=volumes, skipped=skipped)


def _is_sound(session: Session, sha256: str, progress: Progress) -> bool:
    try:
        return session.vault.verify(sha256, progress)
    except (TrustError, WorldError) as error:
        if is_unreadable(error):
            return False
        raise


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle whose every volume was re-read past the cache and verified. ``skipped``: blobs lost or damaged here;
    ``left``: volumes for which the medium had no room, which the next export writes; ``room``: bytes the next medium
    must have free for one of them; ``carried``: contents that an interrupted export had written before."""

    bundle: BundleId
    number: str
    volumes: tuple[WrittenVolume, ...]
    entries: int
    blobs: int
    folder: Path
    skipped: tuple[str, ...]
    left: int = 0
    carried: int = 0
    media: tuple[str, ...] = ()
    """The sticks what was carried before is on, as far as they have names."""
    room: int = 0


def export_bundle(
    session: Session,
    folder: Path,
    progress: Progress,
    *,
    receiver: DeviceId | None = None,
    volume_size: int | None = None,
    on_volume: OnVolume | None = None,
    afresh: bool = False,
) -> Exported:
    """Write everything the centre (or ``receiver``, a desk of one's own station) lacks into ``folder``. Nothing counts
    as delivered before its receipt. See :func:`export_to` and :func:`require_receiver` for errors."""
    session.require(Permission.EXCHANGE)
    return export_to(
        session,
        require_receiver(session, receiver),
        folder,
        progress,
        volume_size=volume_size,
        on_volume=on_volume,
        resume=Resume(afresh=afresh),
    )


def export_to(
    session: Session,
    peer: Peer,
    folder: Path,
    progress: Progress,
    *,
    volume_size: int | None = None,
    on_volume: OnVolume | None = None,
    resume: Resume = CONTINUE,
) -> Exported:
    """Write everything ``peer`` lacks, going on where an interrupted export stopped as ``resume`` says.

    Where the medium is too small for all, the volumes that fit are written and the rest is left.

    Raises:
        UserInputError: ``export.nothing``. WorldError: from the medium; whole volumes before it stay good.
        TrustError: ``journal.rolled_back`` when somebody holds entries of ours that we lack or have otherwise.
    """
    session.volumes.sweep(folder)
    medium = session.volumes.medium(folder)
    size = volume_size_for(medium, volume_size)
    with session.store.read() as reader:
        plan = make_plan(session, reader, peer, folder, size, progress, resume=resume)
    plan = begin(session, peer, plan, folder)
    target = _Target(folder, medium, progress)
    written: list[WrittenVolume] = []
    count = len(plan.volumes) + 1
    with session.store.read() as reader:
        for index in range(count):
            try:
                plan, volume = _write(session, reader, peer, plan, index, target)
            except WorldError as error:
                if error.code == "disk.not_enough" and written:
                    break  # the rest waits for another stick
                raise
            written.append(volume)
            fields = volume_fields(session, plan, index, volume, folder, medium)
            note(session, plan, BUNDLE_WRITTEN, fields)
            if on_volume:
                on_volume(index + 1, count, volume)
    left = count - len(written)
    if not left:
        note(session, plan, BUNDLE_EXPORTED, exported_fields(session, written))
    return Exported(
        plan.bundle,
        plan.number,
        tuple(written),
        plan.entries,
        plan.blobs,
        folder,
        plan.skipped,
        left,
        plan.carried,
        plan.media,
        room_for(plan.volumes[len(written) - 1].size, volume_size) if left else 0,
    )


@dataclass(frozen=True, slots=True)
class _Target:
    folder: Path
    medium: MediumFacts
    progress: Progress


def _write(
    session: Session, reader: Reader, peer: Peer, plan: ExportPlan, index: int, target: _Target
) -> tuple[ExportPlan, WrittenVolume]:
    """The volume, and the plan without what of it could not be read."""

    def write(plan: ExportPlan) -> WrittenVolume:
        manifest, contents = _volume(session, reader, peer, plan, index)
        return session.volumes.write_volume(
            target.folder, manifest, contents, target.progress, on=target.medium
        )

    try:
        return plan, write(plan)
    except (TrustError, WorldError) as error:
        if not index or not is_unreadable(error):
            raise
    plan = without_unreadable(session, plan, index, target.progress)
    return plan, write(plan)


def _manifest(session: Session, peer: Peer, plan: ExportPlan, index: int) -> VolumeManifest:
    content = plan.volumes[index - 1] if index else _NO_EVIDENCE
    return VolumeManifest(
        bundle=plan.bundle,
        number=plan.number,
        volume=index + 1,
        volumes=len(plan.volumes) + 1,
        sender=session.cards.sender(session.profile, plan.signer),
        receiver=peer.card.device,
        ranges=plan.ranges if index == 0 else {},
        entries=plan.entries if index == 0 else 0,
        blobs=content.blobs,
        previous=plan.previous,
        clock=to_wire(session.clock.now()),
        pieces=tuple(piece.content for piece in content.pieces),
        split=content.split,
    )


def _volume(
    session: Session, reader: Reader, peer: Peer, plan: ExportPlan, index: int
) -> tuple[VolumeManifest, VolumeContents]:
    manifest = _manifest(session, peer, plan, index)
    backup = backup_of(session, reader, peer.card.device)
    recipients = (peer.card.recipient, *([backup] if backup else []), session.cards.recipient())
    readme = session.sheets.readme(_summary(session, peer, plan)) if index == 0 else b""
    blobs = _contents(session, plan.volumes[index - 1] if index else _NO_EVIDENCE)
    return manifest, VolumeContents(_lines(reader, manifest), readme, blobs, recipients)


def _lines(reader: Reader, manifest: VolumeManifest) -> Iterator[bytes]:
    for stream, (first, last) in sorted(manifest.ranges.items()):
        for entry in reader.entries(stream, first, last):
            yield entry.line()


def _contents(
    session: Session, content: VolumeContent
) -> Iterator[tuple[BlobRef, Iterable[bytes]]]:
    for blob in content.blobs:
        with closing(session.vault.blocks(blob.sha256)) as blocks:
            yield blob, blocks
    for piece in content.pieces:
        with closing(session.vault.open_seekable(piece.whole.blob.sha256)) as whole:
            whole.seek(piece.offset)
            yield piece.content, part_blocks(whole, piece.size)


def _summary(session: Session, peer: Peer, plan: ExportPlan) -> BundleSummary:
    return BundleSummary(
        number=plan.number,
        sender=session.profile.unit_name,
        receiver=peer.card.unit_name,
        made_at=session.clock.now(),
        cases=tuple((card.number, card.victim, card.loss_fen) for card in plan.cases),
        orders=plan.orders,
        blobs=plan.blobs,
        size=plan.size,
        device=plan.signer,
    )
