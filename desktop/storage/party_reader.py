"""Whom this installation trusts, and whom its centre no longer does."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.domain.clock import from_wire
from desktop.domain.exchange import Party, PartyCard
from desktop.domain.fields import Fields, text
from desktop.domain.ids import DeviceId
from desktop.storage.projections import parse_fields
from desktop.storage.subjects import key_of
from desktop.storage.tables import party_row


def parties(connection: Connection, own: str) -> tuple[Party, ...]:
    """Every installation ``own`` ever trusted; what others trust is theirs.

    What a trusted centre revoked is revoked here too: its list comes in its bundles.
    """
    trusted = _trust_of(connection, own)
    gone = _revocations(connection, trusted)
    return tuple(
        _party(DeviceId(device), fields, gone.get(device, fields))
        for device, fields in trusted.items()
    )


def revoked_elsewhere(connection: Connection, own: str) -> frozenset[DeviceId]:
    """Devices that a centre ``own`` trusts revoked, whether or not they were ever trusted here."""
    gone = _revocations(connection, _trust_of(connection, own))
    return frozenset(DeviceId(device) for device in gone)


def _trust_of(connection: Connection, device: str) -> dict[str, Fields]:
    """Peer → what ``device`` says about its trust in it."""
    rows = connection.execute(
        select(party_row)
        .where(party_row.c.party.startswith(device + "/"))
        .order_by(party_row.c.party)
    )
    return {key_of(row.party): parse_fields(row.fields) for row in rows}


def _revocations(connection: Connection, trusted: dict[str, Fields]) -> dict[str, Fields]:
    """Device → what a centre among ``trusted`` says of its revocation."""
    centres = [
        device
        for device, fields in trusted.items()
        if text(fields, "role") == "centre" and not text(fields, "revoked_at")
    ]
    return {
        device: fields
        for centre in centres
        for device, fields in _trust_of(connection, centre).items()
        if text(fields, "revoked_at")
    }


def _party(device: DeviceId, fields: Fields, revocation: Fields) -> Party:
    revoked, until = text(revocation, "revoked_at"), text(fields, "valid_until")
    return Party(
        PartyCard(
            kind=text(fields, "kind"),
            device=device,
            unit_code=text(fields, "unit_code"),
            unit_name=text(fields, "unit_name"),
            device_letter=text(fields, "device_letter"),
            role=text(fields, "role"),
            signing_key=text(fields, "signing_key"),
            recipient=text(fields, "recipient"),
            made_at=text(fields, "made_at"),
        ),
        from_wire(text(fields, "trusted_at")),
        text(fields, "trusted_by"),
        revoked=bool(revoked),
        valid_until=from_wire(until) if until else None,
        revoked_at=from_wire(revoked) if revoked else None,
        reason=text(revocation, "revoked_reason"),
    )
