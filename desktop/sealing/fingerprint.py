"""Device ids: the short name of a signing key that people compare by voice."""

from __future__ import annotations

import hashlib
from typing import Final

from desktop.domain.ids import DeviceId

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_DASHES: Final = "-‐‑‒–—―−－ー"
_LENGTH: Final = 16
_GROUP: Final = 4
_BITS: Final = 80


def device_id(raw_public_key: bytes) -> DeviceId:
    """First 16 characters (80 bits) of the Crockford base32 of SHA-256 over the raw Ed25519 key."""
    return spell(short_digest(raw_public_key))


def short_digest(raw_public_key: bytes) -> bytes:
    """The ten octets a device id spells."""
    return hashlib.sha256(raw_public_key).digest()[: _BITS // 8]


def spell(digest: bytes) -> DeviceId:
    """The id of a :func:`short_digest`."""
    number = int.from_bytes(digest, "big")
    shifts = range(_BITS - 5, -1, -5)
    return DeviceId("".join(_ALPHABET[number >> shift & 31] for shift in shifts))


def grouped(device: DeviceId) -> str:
    """``7QK2-M9XD-41TC-ZP8A``: how the id is shown, printed and read out."""
    return "-".join(device[start : start + _GROUP] for start in range(0, len(device), _GROUP))


def parse(text: str) -> DeviceId:
    """The id in ``text``, whatever its case, spaces and dashes; I, L and O are read as 1, 1 and 0.

    ``ValueError`` when it is not 16 characters of Crockford's alphabet.
    """
    marks = "".join(mark for mark in text if not mark.isspace() and mark not in _DASHES)
    cleaned = marks.upper().translate(_LOOKALIKES)
    if len(cleaned) != _LENGTH or any(mark not in _ALPHABET for mark in cleaned):
        raise ValueError("not a device id")
    return DeviceId(cleaned)
