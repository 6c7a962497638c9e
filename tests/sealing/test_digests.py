"""Digests agree with the published vectors and across implementations."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Cancelled
from desktop.sealing.digests import CHUNK, CryptographySm3, Hash, digest_stream, new_sm3

# GB/T 32905-2016, appendix A, examples 1 and 2.
SM3 = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}


@pytest.mark.parametrize("maker", [new_sm3, CryptographySm3])
@pytest.mark.parametrize("message", list(SM3))
def test_sm3_published_vectors(maker: type[CryptographySm3], message: bytes) -> None:
    digest: Hash = maker()
    for octet in message:
        digest.update(bytes([octet]))
    assert digest.hexdigest() == SM3[message]
    assert digest.hexdigest() == SM3[message]  # asking does not end it


@given(st.binary(max_size=300), st.booleans())
def test_stream(data: bytes, with_sm3: bool) -> None:
    digests = digest_stream(io.BytesIO(data), with_sm3=with_sm3)
    assert digests.size == len(data)
    assert digests.sha256 == hashlib.sha256(data).hexdigest()
    assert (digests.sm3 is None) is not with_sm3


def test_progress_and_cancel() -> None:
    class Stopper:
        seen: list[tuple[int, int]]

        def __init__(self) -> None:
            self.seen = []

        def advance(self, done: int, total: int) -> None:
            self.seen.append((done, total))

        def check(self) -> None:
            if self.seen:
                raise Cancelled

    stopper = Stopper()
    with pytest.raises(Cancelled):
        digest_stream(
            io.BytesIO(bytes(3 * CHUNK)), with_sm3=True, total=3 * CHUNK, progress=stopper
        )
    assert stopper.seen == [(CHUNK, 3 * CHUNK)]
