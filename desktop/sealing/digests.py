"""SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016) over streams, and digests under a key: HMAC-SHA-256 (RFC 2104)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Protocol, TypeAlias

from cryptography.hazmat.primitives import hashes

Octets: TypeAlias = bytes | bytearray | memoryview

CHUNK: Final = 1024 * 1024
"""Octets read at a time: large enough for full speed, small enough for a quick cancel."""


class Hash(Protocol):
    """A digest being computed."""

    def update(self, data: Octets, /) -> None:
        """Take more octets."""
        ...

    def hexdigest(self) -> str:
        """The digest so far, lower-case hex."""
        ...


def sha256_of(data: bytes) -> str:
    """SHA-256 of octets that are in memory, as lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def new_sha256() -> Hash:
    """A fresh SHA-256."""
    return hashlib.sha256()


def new_sm3() -> Hash:
    """A fresh SM3, from hashlib where the system's OpenSSL has it, else from ``cryptography``."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3")
    return CryptographySm3()


class CryptographySm3:
    """SM3 for machines whose hashlib lacks it."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: Octets, /) -> None:
        """Take more octets."""
        self._hash.update(data)

    def hexdigest(self) -> str:
        """The digest so far, lower-case hex."""
        return self._hash.copy().finalize().hex()


def read_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The rest of ``stream`` in blocks of at most :data:`CHUNK` octets."""
    while block := stream.read(CHUNK):
        yield block


_SHOWN: Final = 32
"""Hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class SecretMarks:
    """Implements ``services.ports.exchange.keys.KeyedMarks``, in 128 bits. Its key is one of the profile's secrets;
    what is under it tells nothing of it."""

    key: bytes = field(repr=False)

    def of(self, purpose: str, text: str) -> str:
        """The mark of ``text`` for one ``purpose``."""
        own = hmac.new(self.key, b"fanzha mark " + purpose.encode(), hashlib.sha256).digest()
        return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()[:_SHOWN]
