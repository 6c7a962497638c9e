"""X25519 identities and recipients of age v1, and how they wrap a file key (C2SP age, "X25519")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.identifiers.money import bech32

_RECIPIENT_PREFIX: Final = "age"
_IDENTITY_PREFIX: Final = "age-secret-key-"
_WRAP_INFO: Final = b"age-encryption.org/v1/X25519"
_ZERO_NONCE: Final = bytes(12)
KEY_SIZE: Final = 32
"""Octets of an X25519 public or private key."""


@dataclass(frozen=True, slots=True)
class AgeRecipient:
    """Somebody a file can be sealed to: ``age1…``."""

    raw: bytes

    @classmethod
    def from_text(cls, text: str) -> AgeRecipient:
        """Parse ``age1…``; ``ValueError`` when it is anything else."""
        prefix, raw = bech32.decode(text.strip())
        if prefix != _RECIPIENT_PREFIX or len(raw) != KEY_SIZE:
            raise ValueError("not an age X25519 recipient")
        return cls(raw)

    @property
    def text(self) -> str:
        """The recipient as people and tools write it, ``age1…``."""
        return bech32.encode(_RECIPIENT_PREFIX, self.raw)

    def wrap(self, file_key: bytes) -> tuple[bytes, bytes]:
        """The ephemeral share and the sealed file key of one stanza."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.raw))
        return share, _wrapper(shared, share, self.raw).encrypt(_ZERO_NONCE, file_key, None)


@dataclass(frozen=True, slots=True)
class AgeIdentity:
    """A secret X25519 key: opens what was sealed to its :attr:`recipient`. Its text is a secret."""

    raw: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> AgeIdentity:
        """A fresh identity from the system's random source."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> AgeIdentity:
        """Parse ``AGE-SECRET-KEY-1…``; ``ValueError``, without the text, for other things."""
        prefix, raw = bech32.decode(text.strip())
        if prefix != _IDENTITY_PREFIX or len(raw) != KEY_SIZE:
            raise ValueError("not an age X25519 identity")
        return cls(raw)

    @property
    def text(self) -> str:
        """``AGE-SECRET-KEY-1…``, as the age tool reads it with ``-i``."""
        return bech32.encode(_IDENTITY_PREFIX, self.raw).upper()

    @property
    def recipient(self) -> AgeRecipient:
        """The public half."""
        private = X25519PrivateKey.from_private_bytes(self.raw)
        return AgeRecipient(private.public_key().public_bytes_raw())

    def unwrap(self, share: bytes, sealed: bytes) -> bytes | None:
        """The file key, or None when the stanza is for somebody else.

        ``ValueError`` for a low-order share, which the specification orders to refuse.
        """
        private = X25519PrivateKey.from_private_bytes(self.raw)
        shared = private.exchange(X25519PublicKey.from_public_bytes(share))
        try:
            return _wrapper(shared, share, self.recipient.raw).decrypt(_ZERO_NONCE, sealed, None)
        except InvalidTag:
            return None


def derive(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869) to 32 octets, the only derivation age uses."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _wrapper(shared: bytes, share: bytes, recipient: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derive(shared, share + recipient, _WRAP_INFO))
