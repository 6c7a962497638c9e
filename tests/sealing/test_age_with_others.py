"""Every way in which we write an age file, opened by pyrage and by the age tool; every way in which we read one, with
what these two write. Sizes around the border of a chunk, where a last chunk may be full and must not be empty."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from desktop.domain.errors import TrustError
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_payload import CHUNK, sealed_size
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_rewrap import OldHeader
from desktop.sealing.age_seek import AgeSeeker
from desktop.sealing.age_writer import seal_whole
from tests.sealing.test_age import EDGES, IDENTITY, OTHER, pattern, seal

Seal = Callable[[bytes], bytes]
Open = Callable[[bytes], bytes]
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")


def at_once(data: bytes) -> bytes:
    out = memoryview(bytearray(sealed_size(len(data), 1)))
    return bytes(out[: seal_whole(memoryview(data), (IDENTITY.recipient,), out)])


def for_two(data: bytes) -> bytes:
    return seal(data, OTHER.recipient, IDENTITY.recipient)


def rewrapped(data: bytes) -> bytes:
    file = io.BytesIO(seal(data, OTHER.recipient))
    header = OldHeader(file).rewrapped((OTHER,), IDENTITY.recipient)
    return header + file.read()


def foreign_rewrapped(data: bytes) -> bytes:
    """What pyrage sealed to a former key, under our new header."""
    file = io.BytesIO(pyrage.encrypt(data, [_theirs(OTHER).to_public()]))
    header = OldHeader(file).rewrapped((OTHER,), IDENTITY.recipient)
    return header + file.read()


def _theirs(identity: AgeIdentity) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity.text)


def by_age(sealed: bytes, folder: Path) -> bytes:
    key = folder / "key.txt"
    key.write_text(IDENTITY.text + "\n", "ascii")
    return _run(["age", "-d", "-i", str(key)], sealed)


def _run(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def streamed(sealed: bytes) -> bytes:
    return b"".join(AgeReader(io.BytesIO(sealed), (OTHER, IDENTITY)).blocks())


def in_pieces(sealed: bytes) -> bytes:
    """From the end to the beginning, which a player does."""
    with AgeSeeker(io.BytesIO(sealed), (OTHER, IDENTITY)) as file:
        pieces = []
        for start in range((file.size - 1) // 50_000 * 50_000, -1, -50_000):
            file.seek(start)
            pieces.append(_read(file, 50_000))
        return b"".join(reversed(pieces))


def _read(file: AgeSeeker, size: int) -> bytes:
    found = b""
    while len(found) < size and (more := file.read(size - len(found))):
        found += more
    return found


@pytest.mark.parametrize("size", EDGES)
@pytest.mark.parametrize("way", [seal, at_once, for_two, rewrapped, foreign_rewrapped])
def test_pyrage_opens_what_we_write(way: Seal, size: int) -> None:
    assert pyrage.decrypt(way(pattern(size)), [_theirs(IDENTITY)]) == pattern(size)


@needs_age
@pytest.mark.parametrize("size", [0, CHUNK, 2 * CHUNK + 1])
@pytest.mark.parametrize("way", [seal, at_once, for_two, rewrapped, foreign_rewrapped])
def test_the_age_tool_opens_what_we_write(way: Seal, size: int, tmp_path: Path) -> None:
    assert by_age(way(pattern(size)), tmp_path) == pattern(size)


@pytest.mark.parametrize("size", EDGES)
@pytest.mark.parametrize("way", [streamed, in_pieces])
def test_we_open_what_pyrage_writes(way: Open, size: int) -> None:
    recipients = [_theirs(identity).to_public() for identity in (OTHER, IDENTITY)]
    assert way(pyrage.encrypt(pattern(size), recipients)) == pattern(size)


@needs_age
@pytest.mark.parametrize("size", [0, CHUNK, 2 * CHUNK + 1])
@pytest.mark.parametrize("way", [streamed, in_pieces])
def test_we_open_what_the_age_tool_writes(way: Open, size: int) -> None:
    sealed = _run(["age", "-r", IDENTITY.recipient.text], pattern(size))
    assert way(sealed) == pattern(size)


def test_both_refuse_what_was_cut_continued_or_renamed() -> None:
    sealed = seal(pattern(CHUNK))
    for broken in (sealed[:-1], sealed + b"x", sealed.replace(b"X25519", b"X25518")):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(broken, [_theirs(IDENTITY)])
        with pytest.raises(TrustError, match=r"^(age\.damaged|age\.not_for_us)$"):
            streamed(broken)
