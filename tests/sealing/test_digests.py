"""Digests agree with the published vectors and across implementations."""

from __future__ import annotations

import hashlib

import pytest

from desktop.sealing.digests import CryptographySm3, Hash, new_sm3

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


def test_sm3_is_reckoned_where_hashlib_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "algorithms_available", frozenset({"sha256"}))
    assert isinstance(new_sm3(), CryptographySm3)
