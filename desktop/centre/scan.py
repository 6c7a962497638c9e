"""Urgent slips: read from a picture, checked, shown; the later bundle brings the order itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.clock import from_wire, to_wire
from desktop.domain.errors import TrustError
from desktop.domain.exchange import KeyStanding, Party, PartyKey
from desktop.domain.fields import Json, text
from desktop.domain.ids import DeviceId
from desktop.domain.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_RECEIVED
from desktop.services.desk import Desk
from desktop.services.party_keys import party_of

_BELIEVED: Final = frozenset({KeyStanding.CURRENT, KeyStanding.OVERLAP})


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """A slip whose signature holds. ``known``: the order already came in a bundle; ``before``: when and by whom it was
    read here before, so that no bank is called twice for one order."""

    device: DeviceId
    unit_name: str
    payload: Mapping[str, Json]
    known: bool
    before: tuple[datetime, str] | None = None


def scan(desk: Desk, picture: bytes) -> ScannedSlip:
    """The slip in a photo or scan. That it was read is recorded under the order's id; the order itself comes with its
    bundle, so that it is never there twice.

    Raises:
        TrustError: ``slip.not_found``, ``slip.damaged``, ``slip.unknown_sender``.
    """
    desk.require(Permission.DISPATCH)
    data = desk.exchange.scan(picture)
    if data is None:
        raise TrustError("slip.not_found")
    with desk.store.read() as reader:
        parties = [party for party in reader.parties() if not party.revoked]
    now = desk.clock.now()

    def signed_by(fingerprint: DeviceId) -> tuple[Party, PartyKey]:
        party, key = party_of(parties, fingerprint)
        if party is None or key is None or key.standing(now) not in _BELIEVED:
            raise TrustError("slip.unknown_sender")
        return party, key

    opened = desk.exchange.open_slip(data, lambda found: signed_by(found)[1].signing_key)
    party = signed_by(opened.device)[0]
    device = party.card.device
    order = text(opened.payload, "order")
    with desk.store.read() as reader:
        known = reader.order(order) is not None
        former = reader.current(f"slip/{order}")
    before = None
    if text(former, "received_at"):
        before = (from_wire(text(former, "received_at")), text(former, "received_by"))
    elif order:
        _note(desk, device, order, opened.payload)
    return ScannedSlip(device, party.card.unit_name, opened.payload, known, before)


def _note(desk: Desk, device: DeviceId, order: str, payload: Mapping[str, Json]) -> None:
    fields: dict[str, Json] = {
        "device": device,
        "case_number": text(payload, "case_number"),
        "received_at": to_wire(desk.clock.now()),
        "received_by": desk.officer.number,
    }
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(SLIP_RECEIVED, f"slip/{order}", fields))
