"""What the journal says of an export: that it began, each volume that is whole, and that it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import MediumFacts, WrittenVolume
from desktop.domain.records.fields import Json
from desktop.domain.records.numbers import bundle_number, serial_in
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BUNDLE_BEGUN
from desktop.services.exchange.export.plan_export import ExportPlan, folder_mark
from desktop.services.session import Session


def begin(session: Session, peer: Peer, plan: ExportPlan, folder: Path) -> ExportPlan:
    """Give the bundle its number and record that it began, before the first volume: no number is ever given twice,
    whatever happens after and whoever exports beside us."""
    with session.store.write() as transaction:
        sent = (row.number for row in transaction.bundles() if row.outgoing)
        begun = replace(plan, number=_free_number(session.profile.device_letter, sent, folder))
        entry = NewEntry(BUNDLE_BEGUN, f"bundle/{plan.bundle}", _begun_fields(session, peer, begun))
        transaction.append(session.officer.number, entry)
    return begun


def _free_number(letter: str, sent: Iterable[str], folder: Path) -> str:
    """The next one, but none that a volume in ``folder`` bears: a desk set back to an old backup has forgotten it, and
    would write over what may be nowhere else."""
    ends = (number.rpartition("-")[2] for number in sent)
    serial = 1 + max(map(serial_in, ends), default=0)
    there: list[str] = []
    with suppress(OSError):  # the medium went away, which is told once it is written to
        there = [path.name for path in folder.glob("*.fzb")]
    while any(f"-{bundle_number(letter, serial)}-" in name for name in there):
        serial += 1
    return bundle_number(letter, serial)


def _begun_fields(session: Session, peer: Peer, plan: ExportPlan) -> dict[str, Json]:
    return {
        "sender": session.profile.device,
        "receiver": peer.card.device,
        "key": plan.signer,
        "number": plan.number,
        "begun_at": to_wire(session.clock.now()),
        "cases": len(plan.cases),
        "orders": plan.orders,
        "entries": plan.entries,
        "blobs": plan.blobs,
        "planned": len(plan.volumes) + 1,
    }


def volume_fields(
    session: Session,
    plan: ExportPlan,
    index: int,
    volume: WrittenVolume,
    folder: Path,
    medium: MediumFacts,
) -> dict[str, Json]:
    """One entry a volume: no entry may grow without bound, and what is whole counts if the next one fails."""
    number = index + 1
    fields: dict[str, Json] = {
        f"written.{number}": {
            "name": volume.name,
            "size": volume.size,
            "at": to_wire(session.clock.now()),
            "medium": medium.label,
            "serial": medium.serial,
            "folder": folder_mark(folder),
        }
    }
    if index:
        fields[f"blob_list.{number}"] = list(plan.volumes[index - 1].digests)
        fields[f"file_list.{number}"] = sorted(plan.volumes[index - 1].files)
    else:
        last: dict[str, Json] = {stream: end for stream, (_, end) in plan.ranges.items()}
        fields |= {"receiver": plan.receiver, "last": last, "manifest": volume.manifest_hash}
    return fields


def exported_fields(session: Session, written: Sequence[WrittenVolume]) -> dict[str, Json]:
    """Every volume is whole on its medium."""
    return {
        "exported_at": to_wire(session.clock.now()),
        "size": sum(volume.size for volume in written),
    }


def note(session: Session, plan: ExportPlan, kind: str, fields: dict[str, Json]) -> None:
    """Record it at once."""
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(kind, f"bundle/{plan.bundle}", fields))
