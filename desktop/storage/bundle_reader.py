"""Reading the history of bundles: what went out and came in, and how far each got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.domain.clock import from_wire
from desktop.domain.exchange import BundleRow, Party
from desktop.domain.fields import Fields, mapping, number, text, texts
from desktop.domain.ids import BundleId, DeviceId
from desktop.storage.acknowledgements import acknowledged_by, contents_held_by
from desktop.storage.projections import parse_fields
from desktop.storage.tables import bundle_row


def bundles(connection: Connection, own: str, parties: Iterable[Party]) -> tuple[BundleRow, ...]:
    """Exchange history of the device ``own``, newest first."""
    names = {party.card.device: party.card.unit_name for party in parties}
    rows = connection.execute(
        select(bundle_row).order_by(bundle_row.c.at.desc(), bundle_row.c.bundle_id.desc())
    )
    result = []
    known: dict[DeviceId, tuple[frozenset[str], Mapping[str, int]]] = {}  # read once a receiver
    for row in rows:
        fields = parse_fields(row.fields)
        peer = DeviceId(text(fields, "receiver"))
        if peer not in known:
            known[peer] = contents_held_by(connection, peer), acknowledged_by(connection, peer, own)
        item = _bundle(BundleId(row.bundle_id), fields, own, names, known[peer])
        if item is not None:
            result.append(item)
    return tuple(result)


def _bundle(
    bundle: BundleId,
    fields: Fields,
    own: str,
    names: Mapping[DeviceId, str],
    proved: tuple[frozenset[str], Mapping[str, int]],
) -> BundleRow | None:
    held, acked = proved
    made = text(fields, "exported_at") or text(fields, "begun_at")
    outgoing = text(fields, "sender") == own
    at = made or text(fields, "received.at") or text(fields, "refused.at")
    if not at:
        return None
    peer = DeviceId(text(fields, "receiver" if outgoing else "sender"))
    state = how_far(fields, held, acked) if outgoing else "applied"
    missing: set[str] = set()
    answered = text(fields, "received.at")
    if outgoing and answered:
        missing = _listed(fields) - held
    return BundleRow(
        id=bundle,
        number=text(fields, "number"),
        outgoing=outgoing,
        at=from_wire(at),
        peer=peer,
        peer_name=names.get(peer, ""),
        cases=number(fields, "cases"),
        orders=number(fields, "orders"),
        entries=number(fields, "entries"),
        blobs=number(fields, "blobs"),
        size=number(fields, "size"),
        state="refused" if text(fields, "refused.at") else state,
        missing=tuple(sorted(missing)),
        medium=_media(fields),
        answered_at=from_wire(answered) if outgoing and answered else None,
    )


def _media(fields: Fields) -> str:
    """The sticks the volumes were written to, each once, in the order of the volumes."""
    volumes = sorted(
        (int(name.removeprefix("written.")), mapping(fields, name))
        for name in fields
        if name.startswith("written.") and name.removeprefix("written.").isdigit()
    )
    labels = (text(volume, "medium") for _, volume in volumes)
    return " · ".join(dict.fromkeys(label for label in labels if label))


def _listed(fields: Fields) -> set[str]:
    """The blobs of an exported bundle, listed volume by volume."""
    names = (name for name in fields if name.startswith("blob_list."))
    return {digest for name in names for digest in texts(fields, name)}


def how_far(fields: Fields, held: frozenset[str], acked: Mapping[str, int]) -> str:
    """The state of an outgoing bundle, by what its receiver proved to hold: ``begun``, ``exported``, ``partial`` or
    ``acknowledged``."""
    if not text(fields, "received.at"):
        return "exported" if text(fields, "exported_at") else "begun"
    if not text(fields, "exported_at"):
        # Left on a medium, but a crash came before it was noted here: only the receipt tells what it was.
        there = sum(name.startswith("received.volume.") for name in fields)
        return "acknowledged" if there >= number(fields, "volume_count") > 0 else "partial"
    entries_there = all(
        isinstance(last, int) and acked.get(stream, 0) >= last
        for stream, last in mapping(fields, "last").items()
    )
    blobs_there = _listed(fields) <= held
    return "acknowledged" if entries_there and blobs_there else "partial"
