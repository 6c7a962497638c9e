"""The payload of age v1 files (C2SP "age" specification): how large it is, and the cipher of its chunks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.sealing.age_header import Stanza, header_size
from desktop.sealing.age_identity import derive

CHUNK: Final = 64 * 1024
"""Octets of plain text in one STREAM chunk."""
TAG: Final = 16
"""Octets by which a sealed chunk is longer."""
SEALED_CHUNK: Final = CHUNK + TAG
NONCE: Final = 16
"""Octets between the header and the first chunk."""
BATCH: Final = 16
"""Chunks handed on together: fewer calls, still only a MiB."""
LAST: Final = b"\x01"
"""The last octet of a chunk's nonce, where it is the last chunk."""
MORE: Final = b"\x00"

Octets: TypeAlias = bytes | bytearray | memoryview


def sealed_size(size: int, recipients: int, notes: Sequence[Stanza] = ()) -> int:
    """Octets of the age file that :class:`AgeWriter` makes of ``size`` octets of plain text."""
    return header_size(recipients, notes) + sealed_payload_size(size)


def sealed_payload_size(size: int) -> int:
    """Octets that follow the header in the age file of ``size`` octets of plain text."""
    return NONCE + size + TAG * max(1, -(-size // CHUNK))


class PayloadCipher:
    """A key and the number of the next chunk (C2SP age, "Payload")."""

    def __init__(self, file_key: bytes, nonce: bytes) -> None:
        self._cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
        self._number = 0

    def seal_into(self, chunk: Octets, out: memoryview, flag: bytes) -> None:
        self._cipher.encrypt_into(self._nonce(flag), chunk, None, out)
        self._number += 1

    def open(self, chunk: memoryview, flag: bytes) -> bytes | None:
        """The plain text if ``chunk`` is genuine with ``flag``; only then the counter moves on."""
        try:
            plain = self._cipher.decrypt(self._nonce(flag), chunk, None)
        except InvalidTag:
            return None
        self._number += 1
        return plain

    @property
    def number(self) -> int:
        return self._number

    def _nonce(self, flag: bytes) -> bytes:
        return self._number.to_bytes(11, "big") + flag
