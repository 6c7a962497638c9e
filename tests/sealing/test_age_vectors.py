"""The public age vectors (C2SP/CCTV): we open what must open and refuse, in kind, what must not."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.errors import TrustError
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_reader import AgeReader

VECTORS = sorted((Path(__file__).parent / "vectors" / "age").iterdir())
CODES = {
    "no match": {"age.not_for_us"},
    "HMAC failure": {"age.damaged"},
    "header failure": {"age.damaged", "age.truncated", "age.not_age"},
    "payload failure": {"age.damaged", "age.truncated"},
}


@dataclass(frozen=True, slots=True)
class Vector:
    expect: str
    payload: str
    identities: tuple[AgeIdentity, ...]
    passphrase: bool
    armored: bool
    body: bytes


def load(path: Path) -> Vector:
    head, _, body = path.read_bytes().partition(b"\n\n")
    pairs = [line.split(": ", 1) for line in head.decode().splitlines()]
    keys = dict(pairs)
    texts = [value for key, value in pairs if key == "identity"]
    identities = [AgeIdentity.from_text(text) for text in texts if "-PQ-" not in text]
    if keys.get("compressed") == "zlib":
        body = zlib.decompress(body)
    expect, payload = keys["expect"], keys.get("payload", "")
    return Vector(expect, payload, tuple(identities), "passphrase" in keys, "armored" in keys, body)


def read_all(vector: Vector) -> tuple[str, str]:
    """What was released, hashed, and the error code or ``success``."""
    released = hashlib.sha256()
    identities = vector.identities or (AgeIdentity.generate(),)
    try:
        for block in AgeReader(io.BytesIO(vector.body), identities).blocks():
            released.update(block)
    except TrustError as error:
        return released.hexdigest(), error.code
    return released.hexdigest(), "success"


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.name)
def test_vector(path: Path) -> None:
    vector = load(path)
    released, outcome = read_all(vector)
    if vector.armored:
        assert outcome == "age.not_age"  # the exchange is binary
    elif vector.passphrase:
        assert outcome in {"age.not_for_us", "age.damaged"}  # no passphrases in the exchange
    elif vector.expect == "success":
        assert (released, outcome) == (vector.payload, "success")
    else:
        assert outcome in CODES[vector.expect]
        if vector.payload:
            assert released == vector.payload


def test_all_vectors_are_here() -> None:
    assert len(VECTORS) == 94
