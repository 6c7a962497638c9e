"""Wrapping a key so that a password, a code or another key opens it: Argon2id, HKDF-SHA256,
AES-256-GCM.

``suite`` names this choice in the key file, so that one with SM3 and SM4 can stand beside it.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical

SUITE: Final = "argon2id+aes-256-gcm"
KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SALT_BYTES: Final = 16
_MOST_MEMORY_KIB: Final = 1 << 20
_MOST_PASSES: Final = 64


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess of a password costs; the default is 64 MiB, three passes (RFC 9106 section 4,
    p = 1).

    About 0.14 s on a desk PC. Only tests take less.
    """

    memory_kib: int = 65536
    time_cost: int = 3
    parallelism: int = 1


class WrongKeyError(Exception):
    """The key does not open the box, or the box or what it is bound to was altered."""


def to_text(data: bytes) -> str:
    """Base64 for JSON."""
    return base64.b64encode(data).decode("ascii")


def from_text(text: str) -> bytes:
    """The bytes of :func:`to_text`; ``ValueError`` for anything else."""
    return base64.b64decode(text, validate=True)


def new_kdf(cost: KdfCost) -> dict[str, Json]:
    """Parameters with a fresh salt, as kept in a slot."""
    return {
        "name": "argon2id",
        "memory_kib": cost.memory_kib,
        "time_cost": cost.time_cost,
        "parallelism": cost.parallelism,
        "salt": to_text(secrets.token_bytes(_SALT_BYTES)),
    }


def password_key(password: bytes, kdf: Mapping[str, Any]) -> bytes:
    """The key a password gives under the parameters of a slot.

    Raises:
        ValueError: parameters no honest file has; a doctored one must not eat the memory of the PC.
    """
    memory, passes, lanes = (int(kdf[name]) for name in ("memory_kib", "time_cost", "parallelism"))
    within = 8 <= memory <= _MOST_MEMORY_KIB and 1 <= passes <= _MOST_PASSES and 1 <= lanes <= 16
    if kdf["name"] != "argon2id" or not within:
        raise ValueError("unknown key derivation")
    return hash_secret_raw(
        password, from_text(kdf["salt"]), passes, memory, lanes, KEY_BYTES, Type.ID
    )


def derived_key(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A key for one purpose from a secret that needs no slowing down."""
    return HKDF(SHA256(), KEY_BYTES, salt, b"fanzha-desk " + purpose.encode("ascii")).derive(secret)


def seal_box(key: bytes, plain: bytes, bound: Mapping[str, Json]) -> dict[str, Json]:
    """``plain`` under ``key``, bound to the canonical JSON of ``bound``."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    box = AESGCM(key).encrypt(nonce, plain, canonical(bound))
    return {"nonce": to_text(nonce), "box": to_text(box)}


def open_box(key: bytes, sealed: Mapping[str, Any], bound: Mapping[str, Json]) -> bytes:
    """The inverse of :func:`seal_box`; raises :class:`WrongKeyError`."""
    try:
        return AESGCM(key).decrypt(
            from_text(sealed["nonce"]), from_text(sealed["box"]), canonical(bound)
        )
    except InvalidTag as error:
        raise WrongKeyError from error


def same(one: bytes, other: bytes) -> bool:
    """Whether two secrets are equal, in constant time."""
    return hmac.compare_digest(one, other)
