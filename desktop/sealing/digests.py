"""SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016) over streams."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol, TypeAlias

from cryptography.hazmat.primitives import hashes

from desktop.domain.progress import SILENT, Progress

Octets: TypeAlias = bytes | bytearray | memoryview

CHUNK: Final = 1024 * 1024
"""Octets read at a time: large enough for full speed, small enough for a quick cancel."""


class Hash(Protocol):
    """A digest being computed."""

    def update(self, data: Octets, /) -> None:
        """Take more octets."""
        ...

    def hexdigest(self) -> str:
        """The digest so far, lower-case hex."""
        ...


@dataclass(frozen=True, slots=True)
class Digests:
    """Size in octets and digests in lower-case hex; ``sm3`` is None when not asked for."""

    size: int
    sha256: str
    sm3: str | None


def new_sha256() -> Hash:
    """A fresh SHA-256."""
    return hashlib.sha256()


def new_sm3() -> Hash:
    """A fresh SM3, from hashlib where the system's OpenSSL has it, else from ``cryptography``."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3")
    return CryptographySm3()


class CryptographySm3:
    """SM3 for machines whose hashlib lacks it."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: Octets, /) -> None:
        """Take more octets."""
        self._hash.update(data)

    def hexdigest(self) -> str:
        """The digest so far, lower-case hex."""
        return self._hash.copy().finalize().hex()


def digest_stream(
    stream: BinaryIO, *, with_sm3: bool, total: int = 0, progress: Progress = SILENT
) -> Digests:
    """Read ``stream`` to its end in bounded memory. SM3 costs about four times SHA-256."""
    sha256 = new_sha256()
    sm3 = new_sm3() if with_sm3 else None
    size = 0
    for block in read_blocks(stream):
        progress.check()
        sha256.update(block)
        if sm3 is not None:
            sm3.update(block)
        size += len(block)
        progress.advance(size, total)
    return Digests(size, sha256.hexdigest(), sm3.hexdigest() if sm3 is not None else None)


def read_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The rest of ``stream`` in blocks of at most :data:`CHUNK` octets."""
    while block := stream.read(CHUNK):
        yield block
