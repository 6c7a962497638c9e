"""The age writer and reader against each other, pyrage and the age tool."""

from __future__ import annotations

import io
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import TrustError
from desktop.sealing.age_header import AgeHeader, Stanza, find_file_key
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient
from desktop.sealing.age_payload import CHUNK, sealed_size
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter, seal_whole
from tests.support.sweep import examples

IDENTITY = AgeIdentity.generate()
OTHER = AgeIdentity.generate()
EDGES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 16 * CHUNK, 17 * CHUNK + 5)


def pattern(size: int) -> bytes:
    """Octets that differ from chunk to chunk."""
    block = bytes(range(251)) + bytes(range(17))
    return (block * (size // len(block) + 1))[:size]


def seal(data: bytes, *recipients: AgeRecipient, step: int = 1 << 20) -> bytes:
    sink = io.BytesIO()
    with AgeWriter(sink, recipients or (IDENTITY.recipient,)) as writer:
        for start in range(0, len(data), step):
            assert writer.write(data[start : start + step]) == len(data[start : start + step])
    return sink.getvalue()


def unseal(sealed: bytes, *identities: AgeIdentity) -> bytes:
    return AgeReader(io.BytesIO(sealed), identities or (IDENTITY,)).read()


@pytest.mark.parametrize("size", EDGES)
def test_round_trip_at_the_edges_and_size_is_foretold(size: int) -> None:
    data = pattern(size)
    sealed = seal(data)
    assert unseal(sealed) == data
    assert len(sealed) == sealed_size(size, 1)


@given(st.integers(0, 4 * CHUNK), st.integers(1, 3 * CHUNK))
@settings(max_examples=30)
def test_pieces_do_not_matter(size: int, step: int) -> None:
    data = pattern(size)
    reader = AgeReader(io.BytesIO(seal(data, step=step)), (IDENTITY,))
    pieces = []
    while piece := reader.read(step):
        pieces.append(piece)
    assert b"".join(pieces) == data
    with io.BufferedReader(AgeReader(io.BytesIO(seal(data)), (IDENTITY,)), step) as buffered:
        assert buffered.read() == data, "a stream like any other"


def test_blocks_continue_where_reading_stopped() -> None:
    data = pattern(40 * CHUNK)
    reader = AgeReader(io.BytesIO(seal(data)), (IDENTITY,))
    head = reader.read(1000)
    assert head + b"".join(reader.blocks()) == data


def test_every_recipient_opens_and_nobody_else() -> None:
    sealed = seal(b"abc", IDENTITY.recipient, OTHER.recipient)
    assert unseal(sealed, OTHER) == unseal(sealed, IDENTITY) == b"abc"
    with pytest.raises(TrustError, match=r"age\.not_for_us"):
        unseal(sealed, AgeIdentity.generate())
    with pytest.raises(ValueError, match="somebody"):
        AgeWriter(io.BytesIO(), ())


@pytest.mark.parametrize("size", EDGES)
def test_pyrage_reads_ours_and_we_read_pyrage(size: int) -> None:
    data = pattern(size)
    theirs = pyrage.x25519.Identity.from_str(IDENTITY.text)
    assert theirs.to_public().__str__() == IDENTITY.recipient.text
    assert pyrage.decrypt(seal(data), [theirs]) == data
    assert unseal(pyrage.encrypt(data, [theirs.to_public()])) == data


def test_notes_are_authentic_and_skipped_by_others() -> None:
    note = Stanza("fanzha-size", ("5",), b"")
    sink = io.BytesIO()
    with AgeWriter(sink, (IDENTITY.recipient,), (note,)) as writer:
        writer.write(b"hello")
    sealed = sink.getvalue()
    assert len(sealed) == sealed_size(5, 1, (note,))
    reader = AgeReader(io.BytesIO(sealed), (IDENTITY,))
    assert reader.header.stanzas[0] == note
    assert len(sealed) == reader.header.size + 16 + 5 + 16
    theirs = pyrage.x25519.Identity.from_str(IDENTITY.text)
    assert pyrage.decrypt(sealed, [theirs]) == b"hello"
    with pytest.raises(TrustError, match=r"age\.damaged"):
        AgeReader(io.BytesIO(sealed.replace(b"fanzha-size 5", b"fanzha-size 6")), (IDENTITY,))
    with pytest.raises(ValueError, match="note"):
        AgeWriter(io.BytesIO(), (IDENTITY.recipient,), (Stanza("a b", (), b""),))


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_reads_ours_and_we_read_it(tmp_path: Path) -> None:
    data = pattern(5 * CHUNK + 7)
    key = tmp_path / "key.txt"
    key.write_text(IDENTITY.text + "\n", encoding="ascii")
    opened = subprocess.run(
        ["age", "-d", "-i", str(key)], input=seal(data), capture_output=True, check=True
    )
    assert opened.stdout == data
    sealed = subprocess.run(
        ["age", "-r", IDENTITY.recipient.text], input=data, capture_output=True, check=True
    )
    assert unseal(sealed.stdout) == data


@given(st.data())
@settings(max_examples=examples(150))
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(seal(pattern(2 * CHUNK + 9), IDENTITY.recipient, OTHER.recipient))
    header = sealed.index(b"\n--- ") + 60
    near = st.integers(0, header) | st.integers(0, len(sealed) - 1)
    sealed[data.draw(near)] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(TrustError, match=r"^age\."):
        unseal(bytes(sealed))


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 16 * CHUNK, 17 * CHUNK])
def test_any_cut_is_refused(size: int) -> None:
    sealed = seal(pattern(size))
    starts = {*range(min(len(sealed), 400)), *range(200, len(sealed), CHUNK + 16), len(sealed) - 1}
    starts |= {start + 1 for start in starts}
    for length in sorted(start for start in starts if start < len(sealed)):
        with pytest.raises(TrustError, match=r"^(age\.damaged|age\.truncated)$"):
            unseal(sealed[:length])
    for length in (0, 5, 60):
        with pytest.raises(TrustError, match=r"age\.truncated"):
            unseal(sealed[:length])
    with pytest.raises(TrustError, match=r"age\.damaged"):
        unseal(sealed + b"x")


def test_a_cut_between_chunks_is_named_truncated() -> None:
    sealed = seal(pattern(3 * CHUNK))
    start = len(sealed) - 3 * (CHUNK + 16)
    for chunks in (0, 1, 2):
        with pytest.raises(TrustError, match=r"age\.truncated"):
            unseal(sealed[: start + chunks * (CHUNK + 16)])


def test_an_interrupted_writer_leaves_no_valid_file() -> None:
    sink = io.BytesIO()

    def write_half() -> None:
        with AgeWriter(sink, (IDENTITY.recipient,)) as writer:
            writer.write(pattern(3 * CHUNK))
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    with pytest.raises(TrustError, match=r"^age\.truncated$"):
        unseal(sink.getvalue())


def test_keys_as_text() -> None:
    assert AgeIdentity.from_text(f" {IDENTITY.text}\n") == IDENTITY
    assert AgeRecipient.from_text(IDENTITY.recipient.text) == IDENTITY.recipient
    assert IDENTITY.text not in repr(IDENTITY)
    assert "raw" not in repr(IDENTITY)
    last = IDENTITY.recipient.text[-1]
    wrong = IDENTITY.recipient.text[:-1] + ("p" if last == "q" else "q")
    for text in ("", "age1", IDENTITY.text, wrong, IDENTITY.recipient.text[:-1] + "Q", "x" * 500):
        with pytest.raises(ValueError, match=r"bech32|recipient"):
            AgeRecipient.from_text(text)
    with pytest.raises(ValueError, match="identity"):
        AgeIdentity.from_text(IDENTITY.recipient.text)


def test_a_header_without_end_does_not_fill_memory() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b"age-encryption.org/v1\n"[:size] if self.given == size else b"A" * size

    for source in (Endless(), io.BytesIO(b"age-encryption.org/v1\n" + b"-> a\n\n" * 100_000)):
        with pytest.raises(TrustError, match=r"age\.damaged"):
            AgeReader(source, (IDENTITY,))


def test_memory_stays_bounded() -> None:
    class Count:
        size = 0

        def write(self, data: memoryview, /) -> None:
            self.size += len(data)

    block = bytes(1 << 20)
    tracemalloc.start()
    try:
        with AgeWriter(Count(), (IDENTITY.recipient,)) as writer:
            for _ in range(64):
                writer.write(block)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", EDGES)
def test_what_is_sealed_in_one_go_opens_like_what_was_streamed(size: int) -> None:
    data = pattern(size)
    out = memoryview(bytearray(sealed_size(size, 1) + 9))
    length = seal_whole(memoryview(data), (IDENTITY.recipient,), out)
    assert length == sealed_size(size, 1)
    assert unseal(bytes(out[:length])) == data
    assert bytes(out[length:]) == bytes(9)


def test_a_passphrase_alone_is_for_somebody_else_and_beside_a_key_a_damage() -> None:
    words = Stanza("scrypt", ("c2FsdA", "10"), bytes(32))
    for stanzas, code in (((words,), "age.not_for_us"), ((words, words), "age.damaged")):
        with pytest.raises(TrustError, match=f"^{code}$"):
            find_file_key(AgeHeader(stanzas, b"", bytes(32)), [IDENTITY])


def test_a_closed_file_takes_no_more_and_is_closed_once() -> None:
    sink = io.BytesIO()
    writer = AgeWriter(sink, (IDENTITY.recipient,))
    writer.write(b"all")
    writer.close()
    whole = sink.getvalue()
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.write(b"more")
    assert sink.getvalue() == whole
