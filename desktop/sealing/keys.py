"""The two secret keys of one desk: Ed25519 to sign, X25519 (age) to open what is sealed to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.ids import DeviceId
from desktop.sealing.age_identity import KEY_SIZE, AgeIdentity
from desktop.sealing.fingerprint import device_id
from desktop.sealing.sshsig import public_line

_MAGIC: Final = b"FZDK1"
"""Names the layout of the blob, so that a later layout is told apart."""


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """A device's identity. Nothing here prints a secret."""

    signing: Ed25519PrivateKey = field(repr=False)
    age: AgeIdentity = field(repr=False)

    @classmethod
    def generate(cls) -> DeviceKeys:
        """Fresh keys from the system's random source."""
        return cls(Ed25519PrivateKey.generate(), AgeIdentity.generate())

    @classmethod
    def from_bytes(cls, blob: bytes) -> DeviceKeys:
        """The keys in a blob made by :meth:`to_bytes`; ``ValueError`` for anything else."""
        if len(blob) != len(_MAGIC) + 2 * KEY_SIZE or not blob.startswith(_MAGIC):
            raise ValueError("not a device key blob")
        body = blob[len(_MAGIC) :]
        signing = Ed25519PrivateKey.from_private_bytes(body[:KEY_SIZE])
        return cls(signing, AgeIdentity(body[KEY_SIZE:]))

    def to_bytes(self) -> bytes:
        """Both secrets in 69 octets, to be wrapped before they touch a disk."""
        return _MAGIC + self.signing.private_bytes_raw() + self.age.raw

    @property
    def public_raw(self) -> bytes:
        """The raw Ed25519 public key."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def device_id(self) -> DeviceId:
        """The id other desks know this one by."""
        return device_id(self.public_raw)

    @property
    def signing_line(self) -> str:
        """The ``ssh-ed25519 …`` line, with the device id as its comment."""
        return public_line(self.public_raw, self.device_id)
