"""Device ids survive being read aloud and typed back."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sealing.fingerprint import device_id, grouped, parse

RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=32, max_size=32))
def test_it_is_the_base32_of_the_hash(raw: bytes) -> None:
    expected = base64.b32encode(hashlib.sha256(raw).digest()).decode()[:16]
    assert device_id(raw) == expected.translate(str.maketrans(RFC4648, CROCKFORD))


@given(st.binary(min_size=32, max_size=32), st.data())
def test_it_is_read_back_however_it_is_typed(raw: bytes, data: st.DataObject) -> None:
    device = device_id(raw)
    assert parse(grouped(device)) == device
    loose = {"1": "1lLiI", "0": "0oO"}
    marks = [
        data.draw(st.sampled_from(loose.get(mark, mark + mark.lower())))
        + data.draw(st.sampled_from(["", "-", " ", " - ", "\u3000", "—"]))
        for mark in device
    ]
    assert parse("".join(marks)) == device


def test_the_groups() -> None:
    device = device_id(bytes(32))
    assert [len(group) for group in grouped(device).split("-")] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    "text", ["", "7QK2-M9XD-41TC", "7QK2-M9XD-41TC-ZP8U", "7QK2" * 5, "七" * 16]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="device id"):
        parse(text)
