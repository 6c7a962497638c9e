"""What the journal says of an export: that it began, each volume that is whole, and that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.clock import to_wire
from desktop.domain.exchange import MediumFacts, Party, WrittenVolume
from desktop.domain.fields import Json
from desktop.journal.entry import NewEntry
from desktop.services.desk import Desk
from desktop.services.exchange.plan_export import ExportPlan, folder_mark


def begun_fields(desk: Desk, party: Party, plan: ExportPlan) -> dict[str, Json]:
    """Written before the first volume: no number is ever given twice, whatever happens after."""
    return {
        "sender": desk.profile.device,
        "receiver": party.card.device,
        "key": plan.signer,
        "number": plan.number,
        "begun_at": to_wire(desk.clock.now()),
        "cases": len(plan.cases),
        "orders": plan.orders,
        "entries": plan.entries,
        "blobs": plan.blobs,
        "planned": len(plan.volumes) + 1,
    }


def volume_fields(
    desk: Desk,
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
            "at": to_wire(desk.clock.now()),
            "medium": medium.label,
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


def exported_fields(desk: Desk, written: Sequence[WrittenVolume]) -> dict[str, Json]:
    """Every volume is whole on its medium."""
    return {
        "exported_at": to_wire(desk.clock.now()),
        "size": sum(volume.size for volume in written),
    }


def note(desk: Desk, plan: ExportPlan, kind: str, fields: dict[str, Json]) -> None:
    """Record it at once."""
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(kind, f"bundle/{plan.bundle}", fields))
