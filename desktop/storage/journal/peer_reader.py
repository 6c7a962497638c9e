"""Whom this installation trusts, and whom its centre no longer does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.exchange.peers import Head, Peer, PeerCard, PeerKey
from desktop.domain.ids import DeviceId
from desktop.domain.installation.ceremony import ceremony_of
from desktop.domain.records.fields import Fields, Json, mapping, text, texts
from desktop.domain.time.clock import from_wire
from desktop.journal.authority import peer_subject
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.values import parse_fields
from desktop.storage.database.statements import run

_ONE: Final = "SELECT fields FROM party_row WHERE party = ?"
_TRUST: Final = "SELECT party, fields FROM party_row WHERE party >= ? AND party < ? ORDER BY party"


def peers(connection: Connection, own: str) -> tuple[Peer, ...]:
    """Every installation ``own`` ever trusted, without a centre's own PCs (:func:`seats`); what others trust is theirs.

    What a trusted centre revoked is revoked here too, devices and single keys: its list comes in its bundles.
    """
    trusted = trust_of(connection, own)
    statements = _statements(connection, trusted)
    return tuple(
        _peer(DeviceId(device), fields, statements.get(device, []), _list_void(fields, trusted))
        for device, fields in trusted.items()
        if text(fields, "listed_by") != own
    )


def seats(connection: Connection, own: str) -> tuple[Peer, ...]:
    """The other PCs of the centre ``own`` that work in this database, those that were taken away among them."""
    return tuple(
        _peer(DeviceId(device), fields, [], None)
        for device, fields in trust_of(connection, own).items()
        if text(fields, "listed_by") == own
    )


def is_seat(connection: Connection, own: str, seat: str) -> bool:
    """Whether a PC works for the centre ``own``, and was not taken away."""
    found = run(connection, _ONE, (peer_subject(own, seat).partition("/")[2],)).scalar()
    fields = parse_fields(found) if found else {}
    return text(fields, "listed_by") == own and not text(fields, "revoked_at")


def revoked_elsewhere(connection: Connection, own: str) -> frozenset[DeviceId]:
    """Devices that a centre ``own`` trusts revoked, whether or not they were ever trusted here."""
    by_device = _statements(connection, trust_of(connection, own))
    return frozenset(
        DeviceId(device) for device, statements in by_device.items() if _revoked(statements)
    )


def trust_of(connection: Connection, device: str) -> dict[str, Fields]:
    """Peer → what ``device`` says about its trust in it."""
    rows = run(connection, _TRUST, (f"{device}/", f"{device}0"))  # the sign behind the slash
    return {key_of(party): parse_fields(fields) for party, fields in rows}


def _statements(connection: Connection, trusted: dict[str, Fields]) -> dict[str, list[Fields]]:
    """Device → what centres among ``trusted`` say of it. A device on the list of a centre says nothing of centres: who
    took it over must not lock the root out that can strike it off."""
    centres = [
        device
        for device, fields in trusted.items()
        if text(fields, "role") == "centre"
        and not text(fields, "revoked_at")
        and _list_void(fields, trusted) is None
    ]
    by_device: dict[str, list[Fields]] = {}
    for centre in centres:
        listed = bool(text(trusted[centre], "listed_by"))
        for device, fields in trust_of(connection, centre).items():
            if not (listed and text(trusted.get(device, {}), "role") == "centre"):
                by_device.setdefault(device, []).append(fields)
    return by_device


def _list_void(fields: Fields, trusted: Mapping[str, Fields]) -> Fields | None:
    """What ends the trust in a device that stands on a centre's list alone: the centre was revoked, or the key that
    signed the list was lost. None where nothing does."""
    listed_by = text(fields, "listed_by")
    if not listed_by:
        return None
    root = trusted.get(listed_by, {})
    void = text(root, "revoked_at") or text(fields, "by_centre") in texts(root, "lost_keys")
    if not void:
        return None
    at = text(root, "revoked_at") or text(root, "lost_at")
    return {"revoked_at": at, "revoked_reason": text(root, "revoked_reason")}


def _revoked(statements: list[Fields]) -> Fields | None:
    """The saying that revokes the device, if there is one."""
    return next((fields for fields in reversed(statements) if text(fields, "revoked_at")), None)


def _peer(device: DeviceId, fields: Fields, statements: list[Fields], void: Fields | None) -> Peer:
    lost = {key for statement in (fields, *statements) for key in texts(statement, "lost_keys")}
    keys = _keys(device, fields, lost)
    revocation = _revoked(statements) or (fields if text(fields, "revoked_at") else None) or void
    if revocation is None and keys[0].lost:  # its new key was not compared here yet
        revocation = next(
            statement
            for statement in (fields, *statements)
            if keys[0].fingerprint in texts(statement, "lost_keys")
        )
    revocation = revocation or {}
    revoked = text(revocation, "revoked_at") or text(revocation, "lost_at")
    until = text(fields, "valid_until")
    return Peer(
        PeerCard.of_record(device, fields, keys[0].fingerprint),
        from_wire(text(fields, "trusted_at")),
        text(fields, "trusted_by"),
        revoked=bool(revoked),
        valid_until=from_wire(until) if until else None,
        revoked_at=from_wire(revoked) if revoked else None,
        reason=text(revocation, "revoked_reason") or text(revocation, "lost_reason"),
        keys=keys,
        knows=DeviceId(text(fields, "knows")),
        cut=_cut(revocation) if revoked else None,
        listed_by=DeviceId(text(fields, "listed_by")),
        ceremony=ceremony_of(fields),
    )


def _cut(revocation: Fields) -> dict[str, Head] | None:
    """Where it cuts; what was named for an earlier revocation of the same device says nothing of this one."""
    at = text(revocation, "revoked_at")
    if not at or text(revocation, "cut.revoked_at") != at:
        return None
    tips = mapping(revocation, "cut.tips")
    places = mapping(revocation, "cut.heads")
    return {
        stream: Head(seq, str(tips.get(stream, "")))
        for stream, seq in places.items()
        if isinstance(seq, int)
    }


def _keys(device: DeviceId, fields: Fields, lost: set[str]) -> tuple[PeerKey, ...]:
    """The current key and those before, newest first."""
    current = PeerKey(
        DeviceId(text(fields, "key") or device),
        text(fields, "signing_key"),
        text(fields, "recipient"),
        from_wire(text(fields, "key_since") or text(fields, "trusted_at")),
    )
    former = [_former(item) for item in _rows(fields.get("former_keys"))]
    return tuple(replace(key, lost=key.fingerprint in lost) for key in (current, *reversed(former)))


def _rows(value: Json) -> list[Fields]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _former(item: Fields) -> PeerKey:
    return PeerKey(
        DeviceId(text(item, "key")),
        text(item, "signing_key"),
        text(item, "recipient"),
        from_wire(text(item, "since")),
        from_wire(text(item, "until")),
    )
