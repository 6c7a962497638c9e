"""Urgent slips: read from a picture, checked, shown; the later bundle brings the order itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.errors import TrustError
from desktop.domain.fields import Json, text
from desktop.domain.ids import DeviceId
from desktop.domain.officer import Permission
from desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """A slip whose signature holds. ``known``: the order already came in a bundle."""

    device: DeviceId
    unit_name: str
    payload: Mapping[str, Json]
    known: bool


def scan(desk: Desk, picture: bytes) -> ScannedSlip:
    """The slip in a photo or scan.

    Raises:
        TrustError: ``slip.not_found``, ``slip.damaged``, ``slip.unknown_sender``.
    """
    desk.require(Permission.DISPATCH)
    data = desk.exchange.scan(picture)
    if data is None:
        raise TrustError("slip.not_found")
    with desk.store.read() as reader:
        parties = {party.card.device: party for party in reader.parties() if not party.revoked}

    def key_of(device: DeviceId) -> str:
        if device not in parties:
            raise TrustError("slip.unknown_sender")
        return parties[device].card.signing_key

    opened = desk.exchange.open_slip(data, key_of)
    with desk.store.read() as reader:
        known = reader.order(text(opened.payload, "order")) is not None
    return ScannedSlip(opened.device, parties[opened.device].card.unit_name, opened.payload, known)
