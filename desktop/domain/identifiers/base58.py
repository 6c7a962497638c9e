"""Base58Check, the spelling of Bitcoin's older addresses and of TRON's."""

from __future__ import annotations

import hashlib
from typing import Final

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES: Final = {sign: value for value, sign in enumerate(_ALPHABET)}
_CHECKSUM: Final = 4


class Base58AlphabetError(ValueError):
    """A character that is not in the alphabet (0, O, I and l never are)."""


class Base58ChecksumError(ValueError):
    """The four bytes at the end do not fit the rest."""


def decode_check(text: str) -> bytes:
    """The payload: version byte and what follows, without the checksum."""
    number = 0
    for sign in text:
        value = _VALUES.get(sign)
        if value is None:
            raise Base58AlphabetError
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, checksum = raw[:-_CHECKSUM], raw[-_CHECKSUM:]
    if len(raw) <= _CHECKSUM or _checksum(payload) != checksum:
        raise Base58ChecksumError
    return payload


def encode_check(payload: bytes) -> str:
    """``payload`` and its checksum in base 58."""
    raw = payload + _checksum(payload)
    number = int.from_bytes(raw, "big")
    signs = ""
    while number:
        number, rest = divmod(number, 58)
        signs = _ALPHABET[rest] + signs
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + signs


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:_CHECKSUM]
