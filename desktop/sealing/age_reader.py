"""Reading age v1 files (C2SP "age" specification) from any source; memory and time as in writing."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.domain.errors import TrustError
from desktop.sealing.age_header import AgeHeader, find_file_key, read_header
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_payload import (
    BATCH,
    LAST,
    MORE,
    NONCE,
    SEALED_CHUNK,
    TAG,
    PayloadCipher,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class SealedSource(Protocol):
    """Gives sealed octets."""

    def read(self, size: int, /) -> bytes | None:
        """Up to ``size`` octets; empty at the end."""
        ...


class AgeReader(io.RawIOBase):
    """The plain text of an age file; every chunk is authenticated before any of it is given out.

    The end of data means that the final chunk was seen and nothing follows. The source stays open.
    ``TrustError``: age.not_age (not such a file), age.not_for_us (sealed to others), age.damaged,
    age.truncated.
    """

    def __init__(self, source: SealedSource, identities: Sequence[AgeIdentity]) -> None:
        super().__init__()
        self._source = _Buffered(source)
        self._header = read_header(self._source)
        file_key = find_file_key(self._header, identities)
        nonce = self._source.take(NONCE)
        if len(nonce) < NONCE:
            raise TrustError("age.truncated")
        self._stream = PayloadCipher(file_key, nonce)
        self._blocks = self._open_blocks()
        self._block = memoryview(b"")

    @property
    def header(self) -> AgeHeader:
        """The header, its MAC verified."""
        return self._header

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as the current block reaches; 0 at the end."""
        if not self._block:
            self._block = memoryview(next(self._blocks, b""))
        with memoryview(buffer).cast("B") as target:
            count = min(len(target), len(self._block))
            target[:count] = self._block[:count]
        self._block = self._block[count:]
        return count

    def blocks(self) -> Iterator[bytes]:
        """The rest of the plain text in blocks of about a MiB, without a further copy."""
        if self._block:
            rest, self._block = bytes(self._block), memoryview(b"")
            yield rest
        yield from self._blocks

    def _open_blocks(self) -> Iterator[bytes]:
        sealed = self._source.take(BATCH * SEALED_CHUNK)
        while True:
            following = self._source.take(BATCH * SEALED_CHUNK)
            opened: list[bytes] = []
            problem: str | None = None if sealed else "age.truncated"
            for start in range(0, len(sealed), SEALED_CHUNK):
                chunk = memoryview(sealed)[start : start + SEALED_CHUNK]
                final = not following and start + len(chunk) == len(sealed)
                plain, problem = self._open_chunk(chunk, final=final)
                opened.append(plain)
                if problem:
                    break
            if block := b"".join(opened):
                yield block
            if problem:
                raise TrustError(problem)
            if not following:
                return
            sealed = following

    def _open_chunk(self, chunk: memoryview, *, final: bool) -> tuple[bytes, str | None]:
        """The chunk's plain text, and what is wrong with the file from here on."""
        if len(chunk) < TAG:
            return b"", "age.truncated"
        first = self._stream.number == 0
        plain = self._stream.open(chunk, LAST if final else MORE)
        if plain is not None:
            # Only an empty file may end with an empty chunk.
            return plain, None if plain or first else "age.damaged"
        if len(chunk) == SEALED_CHUNK:
            plain = self._stream.open(chunk, MORE if final else LAST)
        if plain is not None:
            return plain, "age.truncated" if final else "age.damaged"
        return b"", "age.damaged"


class _Buffered:
    """Lines and exact counts from a source that may return less than asked."""

    def __init__(self, source: SealedSource) -> None:
        self._source = source
        self._rest = b""

    def line(self, limit: int) -> bytes:
        """See :class:`desktop.sealing.age_header.LineSource`."""
        while b"\n" not in self._rest and len(self._rest) < limit:
            more = self._source.read(limit)
            if not more:
                break
            self._rest += more
        end = self._rest.find(b"\n", 0, limit) + 1 or min(limit, len(self._rest))
        line, self._rest = self._rest[:end], self._rest[end:]
        return line

    def take(self, count: int) -> bytes:
        """``count`` octets, fewer only at the end of data."""
        pieces = [self._rest[:count]] if self._rest else []
        self._rest = self._rest[count:]
        missing = count - sum(map(len, pieces))
        while missing > 0 and (piece := self._source.read(missing)):
            pieces.append(piece)
            missing -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
