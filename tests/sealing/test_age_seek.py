"""Any part of a sealed file; what was cut or changed is told when it is met."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import TrustError
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_payload import CHUNK, sealed_size
from desktop.sealing.age_seek import AgeSeeker
from desktop.sealing.age_writer import AgeWriter

IDENTITY = AgeIdentity.generate()
DATA = bytes(range(251)) * 800  # a little over three chunks


def sealed(data: bytes) -> bytes:
    sink = io.BytesIO()
    with AgeWriter(sink, (IDENTITY.recipient,)) as writer:
        writer.write(data)
    return sink.getvalue()


SEALED = sealed(DATA)


@given(st.lists(st.tuples(st.integers(0, len(DATA) + 9), st.integers(0, 2 * CHUNK)), max_size=6))
def test_every_part_is_what_a_whole_reading_gives(parts: list[tuple[int, int]]) -> None:
    with io.BufferedReader(AgeSeeker(io.BytesIO(SEALED), (IDENTITY,))) as stream:
        for start, count in parts:
            stream.seek(start)
            assert stream.read(count) == DATA[start : start + count]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_it_is_as_long_as_what_was_sealed(size: int) -> None:
    with AgeSeeker(io.BytesIO(sealed(DATA[:size])), (IDENTITY,)) as seeker:
        assert seeker.size == size == seeker.seek(0, io.SEEK_END)
        assert seeker.read(1) == b""
        seeker.seek(0)
        assert seeker.readall() == DATA[:size]


@pytest.mark.parametrize("left", [0, 1, CHUNK, 2 * CHUNK + 40])
def test_a_file_that_was_cut_is_not_opened(left: int) -> None:
    head = len(SEALED) - (sealed_size(len(DATA), 1) - sealed_size(0, 1)) - 16
    with pytest.raises(TrustError) as caught:
        AgeSeeker(io.BytesIO(SEALED[: head + left]), (IDENTITY,))
    assert caught.value.code == "age.truncated"


def test_a_changed_octet_is_reported_when_its_chunk_is_read() -> None:
    broken = bytearray(SEALED)
    broken[-3 * CHUNK] ^= 1
    stream = AgeSeeker(io.BytesIO(bytes(broken)), (IDENTITY,))
    stream.seek(len(DATA) - 4)
    assert stream.read(4) == DATA[-4:]
    stream.seek(0)
    with pytest.raises(TrustError) as caught:
        stream.readall()
    assert caught.value.code == "age.damaged"


def test_a_file_that_ends_in_its_nonce_was_cut() -> None:
    head = SEALED.index(b"\n", SEALED.index(b"\n---") + 1) + 1
    for left in (0, 7, 15):
        with pytest.raises(TrustError, match=r"^age\.truncated$"):
            AgeSeeker(io.BytesIO(SEALED[: head + left]), (IDENTITY,))


def test_there_is_no_place_before_the_beginning_and_closing_twice_is_closing_once() -> None:
    seeker = AgeSeeker(io.BytesIO(SEALED), (IDENTITY,))
    with pytest.raises(ValueError, match="negative place"):
        seeker.seek(-1)
    assert seeker.tell() == 0
    for _ in range(2):
        seeker.close()
    assert seeker.closed
