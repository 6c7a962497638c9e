"""age v1 files (C2SP "age" specification), X25519 recipients, as a push writer and a pull reader.

Both keep at most a few MiB in memory whatever the size of the file, and spend their time in
``cryptography``, which releases the interpreter lock, so a window stays alive beside them.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.domain.errors import TrustError
from desktop.sealing.age_header import (
    FILE_KEY_SIZE,
    Header,
    Stanza,
    find_file_key,
    header_size,
    read_header,
    write_header,
)
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient, derive

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "CHUNK",
    "AgeIdentity",
    "AgeReader",
    "AgeRecipient",
    "AgeWriter",
    "Stanza",
    "seal_whole",
    "sealed_payload_size",
    "sealed_size",
]

CHUNK: Final = 64 * 1024
"""Octets of plain text in one STREAM chunk."""
_TAG: Final = 16
_SEALED_CHUNK: Final = CHUNK + _TAG
_NONCE: Final = 16
_BATCH: Final = 16  # chunks handed on together: fewer calls, still only a MiB
_LAST: Final = b"\x01"
_MORE: Final = b"\x00"


Octets: TypeAlias = bytes | bytearray | memoryview


class Sink(Protocol):
    """Takes sealed octets. It must have used them when it returns: the buffer is reused."""

    def write(self, data: memoryview, /) -> object:
        """Take all of ``data``."""
        ...


class Source(Protocol):
    """Gives sealed octets."""

    def read(self, size: int, /) -> bytes | None:
        """Up to ``size`` octets; empty at the end."""
        ...


def sealed_size(size: int, recipients: int, notes: Sequence[Stanza] = ()) -> int:
    """Octets of the age file that :class:`AgeWriter` makes of ``size`` octets of plain text."""
    return header_size(recipients, notes) + sealed_payload_size(size)


def sealed_payload_size(size: int) -> int:
    """Octets that follow the header in the age file of ``size`` octets of plain text."""
    return _NONCE + size + _TAG * max(1, -(-size // CHUNK))


class _Stream:
    """The payload cipher: a key and the number of the next chunk (C2SP age, "Payload")."""

    def __init__(self, file_key: bytes, nonce: bytes) -> None:
        self._cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
        self._number = 0

    def seal_into(self, chunk: Octets, out: memoryview, flag: bytes) -> None:
        self._cipher.encrypt_into(self._nonce(flag), chunk, None, out)
        self._number += 1

    def open(self, chunk: memoryview, flag: bytes) -> bytes | None:
        """The plain text if ``chunk`` is genuine with ``flag``; only then the counter moves on."""
        try:
            plain = self._cipher.decrypt(self._nonce(flag), chunk, None)
        except InvalidTag:
            return None
        self._number += 1
        return plain

    @property
    def number(self) -> int:
        return self._number

    def _nonce(self, flag: bytes) -> bytes:
        return self._number.to_bytes(11, "big") + flag


def seal_whole(plain: memoryview, recipients: Sequence[AgeRecipient], out: memoryview) -> int:
    """Make the age file of something that is wholly in memory, in ``out``; its length, which is :func:`sealed_size`.

    The same file as :class:`AgeWriter` makes, without its buffers: for thousands of small contents.
    """
    file_key = secrets.token_bytes(FILE_KEY_SIZE)
    nonce = secrets.token_bytes(_NONCE)
    head = write_header(file_key, recipients) + nonce
    end = len(head)
    out[:end] = head
    stream = _Stream(file_key, nonce)
    last = max(len(plain) - 1, 0) // CHUNK * CHUNK
    for start in range(0, last + 1, CHUNK):
        chunk = plain[start : start + CHUNK]
        begin, end = end, end + len(chunk) + _TAG
        stream.seal_into(chunk, out[begin:end], _LAST if start == last else _MORE)
    return end


class AgeWriter:
    """Seals what is written to it and pushes the age file into ``sink``.

    ``close`` writes the final chunk; without it (an exception in the ``with`` block) the file stays
    recognisably incomplete. The sink is never read and never closed. ``notes`` are stanzas of our
    own kinds: readable without a key, covered by the header's MAC, skipped by other programs.
    """

    def __init__(
        self, sink: Sink, recipients: Sequence[AgeRecipient], notes: Sequence[Stanza] = ()
    ) -> None:
        file_key = secrets.token_bytes(FILE_KEY_SIZE)
        nonce = secrets.token_bytes(_NONCE)
        self._sink = sink
        self._stream = _Stream(file_key, nonce)
        self._pending = bytearray()  # at most one chunk: the last one must carry the final flag
        # One chunk at first, a batch once that is full: most files in a vault are small.
        self._out = memoryview(bytearray(_SEALED_CHUNK))
        self._used = 0
        self._closed = False
        sink.write(memoryview(write_header(file_key, recipients, notes) + nonce))

    def write(self, data: Octets) -> int:
        """Seal ``data``; returns its length."""
        if self._closed:
            raise ValueError("write to a closed age file")
        with memoryview(data).cast("B") as view:
            taken = 0
            if self._pending:
                taken = min(CHUNK - len(self._pending), len(view))
                self._pending += view[:taken]
                if taken < len(view):
                    self._seal(memoryview(bytes(self._pending)))
                    self._pending.clear()
            if taken < len(view):
                whole = (len(view) - taken - 1) // CHUNK * CHUNK
                self._seal(view[taken : taken + whole])
                self._pending += view[taken + whole :]
            return len(view)

    def write_all(self, pieces: Iterable[Octets]) -> None:
        """Seal every piece, in order."""
        for piece in pieces:
            self.write(piece)

    def close(self) -> None:
        """Seal the final chunk. Further calls do nothing."""
        if self._closed:
            return
        self._closed = True
        self._seal_chunk(self._pending, _LAST)
        self._flush()
        self._pending.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        self._closed = True

    def _seal(self, view: memoryview) -> None:
        """Seal whole chunks, none of them the last."""
        for start in range(0, len(view), CHUNK):
            self._seal_chunk(view[start : start + CHUNK], _MORE)

    def _seal_chunk(self, chunk: Octets, flag: bytes) -> None:
        if self._used == len(self._out):
            self._flush()
            if len(self._out) == _SEALED_CHUNK:
                self._out = memoryview(bytearray(_BATCH * _SEALED_CHUNK))
        end = self._used + len(chunk) + _TAG
        self._stream.seal_into(chunk, self._out[self._used : end], flag)
        self._used = end

    def _flush(self) -> None:
        """Push what is sealed."""
        self._sink.write(self._out[: self._used])
        self._used = 0


class AgeReader(io.RawIOBase):
    """The plain text of an age file; every chunk is authenticated before any of it is given out.

    The end of data means that the final chunk was seen and nothing follows. The source stays open.
    ``TrustError``: age.not_age (not such a file), age.not_for_us (sealed to others), age.damaged,
    age.truncated.
    """

    def __init__(self, source: Source, identities: Sequence[AgeIdentity]) -> None:
        super().__init__()
        self._source = _Buffered(source)
        self._header = read_header(self._source)
        file_key = find_file_key(self._header, identities)
        nonce = self._source.take(_NONCE)
        if len(nonce) < _NONCE:
            raise TrustError("age.truncated")
        self._stream = _Stream(file_key, nonce)
        self._blocks = self._open_blocks()
        self._block = memoryview(b"")

    @property
    def header(self) -> Header:
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
        sealed = self._source.take(_BATCH * _SEALED_CHUNK)
        while True:
            following = self._source.take(_BATCH * _SEALED_CHUNK)
            opened: list[bytes] = []
            problem: str | None = None if sealed else "age.truncated"
            for start in range(0, len(sealed), _SEALED_CHUNK):
                chunk = memoryview(sealed)[start : start + _SEALED_CHUNK]
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
        if len(chunk) < _TAG:
            return b"", "age.truncated"
        first = self._stream.number == 0
        plain = self._stream.open(chunk, _LAST if final else _MORE)
        if plain is not None:
            # Only an empty file may end with an empty chunk.
            return plain, None if plain or first else "age.damaged"
        if len(chunk) == _SEALED_CHUNK:
            plain = self._stream.open(chunk, _MORE if final else _LAST)
        if plain is not None:
            return plain, "age.truncated" if final else "age.damaged"
        return b"", "age.damaged"


class _Buffered:
    """Lines and exact counts from a source that may return less than asked."""

    def __init__(self, source: Source) -> None:
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
