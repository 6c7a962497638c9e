"""Reading the history of bundles: what went out and came in, and how far each got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.exchange.volumes import BundleRow
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Fields, mapping, number, numbered, text, texts
from desktop.domain.time.clock import from_wire
from desktop.storage.current_values.values import parse_fields
from desktop.storage.database.statements import run
from desktop.storage.journal.acknowledgements import acknowledged_by, contents_held_by

_NEWEST: Final = "SELECT bundle_id, fields FROM bundle_row ORDER BY at DESC, bundle_id DESC"
_MADE, _CAME = ("exported_at", "begun_at"), ("received.at", "refused.at")


@dataclass(frozen=True, slots=True)
class Held:
    """What a receiver proved to hold: contents, and stream → last entry. ``finished``: see :func:`last_finished`."""

    contents: frozenset[str]
    entries: Mapping[str, int]
    finished: str = ""

    def holds(self, fields: Fields) -> bool:
        """Whether that is everything that is known to be whole of a bundle."""
        ends = mapping(fields, "last").items()
        entries = all(isinstance(n, int) and self.entries.get(s, 0) >= n for s, n in ends)
        return entries and _listed(fields) <= self.contents


def bundles(connection: Connection, own: str, peers: Iterable[Peer]) -> tuple[BundleRow, ...]:
    """Exchange history of the device ``own``, newest first by its own clock: what came in stands where it came."""
    cards = {peer.card.device: peer.card for peer in peers}
    result = []
    rows = run(connection, _NEWEST)
    read = [(BundleId(row.bundle_id), parse_fields(row.fields)) for row in rows]
    finished = last_finished(fields for _, fields in read)
    known: dict[DeviceId, Held] = {}  # read once a receiver
    for bundle, fields in read:
        peer = DeviceId(text(fields, "receiver"))
        if peer not in known:
            known[peer] = Held(
                contents_held_by(connection, peer),
                acknowledged_by(connection, peer, own),
                finished.get(peer, ""),
            )
        item = _bundle(bundle, fields, own, cards, known[peer])
        if item is not None:
            result.append(item)
    return tuple(sorted(result, key=lambda item: item.at, reverse=True))


def _bundle(
    bundle: BundleId,
    fields: Fields,
    own: str,
    peers: Mapping[DeviceId, PeerCard],
    held: Held,
) -> BundleRow | None:
    outgoing = text(fields, "sender") == own
    at = _first(fields, _MADE + _CAME if outgoing else _CAME + _MADE)
    if not at:
        return None
    peer = DeviceId(text(fields, "receiver" if outgoing else "sender"))
    card = peers.get(peer)
    missing: set[str] = set()
    answered, received_cases = text(fields, "received.at"), fields.get("received.cases")
    if outgoing and answered:
        missing = _listed(fields) - held.contents
    return BundleRow(
        id=bundle,
        number=text(fields, "number"),
        outgoing=outgoing,
        at=from_wire(at),
        peer=peer,
        peer_name=card.unit_name if card else "",
        cases=number(fields, "cases" if outgoing or received_cases is None else "received.cases"),
        orders=number(fields, "orders"),
        entries=number(fields, "entries"),
        blobs=number(fields, "blobs"),
        size=number(fields, "size"),
        state=how_far(fields, held) if outgoing else _taken(fields),
        missing=tuple(sorted(missing)),
        medium=_media(fields),
        answered_at=from_wire(answered) if outgoing and answered else None,
        peer_letter=card.device_letter if card and card.role == InstallationRole.DESK.value else "",
    )


def _first(fields: Fields, names: tuple[str, ...]) -> str:
    return next((text(fields, name) for name in names if text(fields, name)), "")


def _media(fields: Fields) -> str:
    """The sticks the volumes were written to, each once, in the order of the volumes."""
    volumes = sorted(numbered(fields, "written.").items(), key=itemgetter(0))
    labels = (text(volume, "medium") for _, volume in volumes if isinstance(volume, Mapping))
    return " · ".join(dict.fromkeys(label for label in labels if label))


def _listed(fields: Fields) -> set[str]:
    """The blobs of an exported bundle, listed volume by volume."""
    names = (name for name in fields if name.startswith("blob_list."))
    return {digest for name in names for digest in texts(fields, name)}


def _taken(fields: Fields) -> str:
    return "refused" if text(fields, "refused.at") else "applied"


def last_finished(rows: Iterable[Fields]) -> Mapping[DeviceId, str]:
    """Receiver → the number of the last bundle for it that was written to its end. By number: the clock may have been
    set back."""
    found: dict[DeviceId, str] = {}
    for fields in rows:
        if text(fields, "exported_at"):
            peer = DeviceId(text(fields, "receiver"))
            found[peer] = max(found.get(peer, ""), text(fields, "number"))
    return found


def how_far(fields: Fields, held: Held) -> str:
    """The state of an outgoing bundle, by what its receiver proved to hold.

    ``begun``: interrupted, and the next export goes on; ``continued``: so, and a later one did; ``void``: so, and
    nothing of it was whole. ``exported``: no receipt yet; ``acknowledged``: receipts list all that it carried;
    ``elsewhere``: another bundle brought that; ``partial``: some is missing; ``refused``.
    """
    answered = bool(text(fields, "received.at"))
    finished = bool(text(fields, "exported_at"))
    went_on = not finished and text(fields, "number") < held.finished
    whole = bool(mapping(fields, "last") or _listed(fields))
    if (finished or went_on) and whole and held.holds(fields):
        return "acknowledged" if answered else "elsewhere"
    if text(fields, "refused.at"):
        return "refused"
    if answered:
        return "partial" if finished or not _all_came(fields) else "acknowledged"
    if went_on:
        return "continued" if whole else "void"
    return "exported" if finished else "begun"


def _all_came(fields: Fields) -> bool:
    """Left on a medium before a crash kept that from being noted: only its receipt tells how many volumes it had."""
    there = sum(name.startswith("received.volume.") for name in fields)
    return there >= number(fields, "volume_count") > 0
