"""What the key file of a centre's PC holds of the centre: who it is, and what opens whatever is sealed to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from desktop.app.keys.key_shelf import FIRST, ring_of
from desktop.domain.errors import WorldError
from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import Json
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.seat_ring import SeatRing

_SEAT: Final = "seat"
"""The name of it among the secrets of a key file."""
CentreKeys = Mapping[DeviceId, AgeIdentity]
"""Fingerprint of a pair of the centre → its receiving half, in the order they were made."""


def seat_secret(centre: DeviceId, keys: CentreKeys) -> dict[str, bytes]:
    """What the key file keeps of the centre."""
    document = {"centre": centre, "keys": written_keys(keys)}
    return {_SEAT: json.dumps(document).encode()}


def centre_of(secrets: Mapping[str, bytes]) -> DeviceId:
    """The centre whose PC this is; "" where the keys are an installation's own."""
    return _document(secrets)[0] if _SEAT in secrets else DeviceId("")


def seat_ring(secrets: Mapping[str, bytes]) -> SeatRing:
    """The keys of a PC of a centre."""
    return SeatRing(DeviceKeys.from_bytes(secrets[FIRST]), _document(secrets)[1])


def held_ring(secrets: Mapping[str, bytes]) -> KeyRing:
    """The keys of an installation, a PC of a centre or any other, as everything signs and opens with them."""
    return seat_ring(secrets) if centre_of(secrets) else ring_of(secrets)


def written_keys(keys: CentreKeys) -> list[Json]:
    """The same for a document that is sealed."""
    return [[fingerprint, identity.raw.hex()] for fingerprint, identity in keys.items()]


def read_keys(rows: object) -> dict[DeviceId, AgeIdentity]:
    """Keys as :func:`written_keys` makes them; ``ValueError`` or ``TypeError`` for anything else."""
    if not isinstance(rows, list) or not rows:
        raise TypeError("keys are rows")
    return {DeviceId(str(name)): AgeIdentity(bytes.fromhex(half)) for name, half in rows}


def _document(secrets: Mapping[str, bytes]) -> tuple[DeviceId, dict[DeviceId, AgeIdentity]]:
    try:
        document = json.loads(secrets[_SEAT])
        return DeviceId(document["centre"]), read_keys(document["keys"])
    except (ValueError, KeyError, TypeError) as error:
        raise WorldError("keyfile.damaged") from error
