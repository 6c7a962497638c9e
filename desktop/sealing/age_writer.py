"""Writing age v1 files (C2SP "age" specification) to X25519 recipients.

At most a few MiB are kept in memory whatever the size of the file, and the time is spent in ``cryptography``, which
releases the interpreter lock, so a window stays alive beside it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Protocol, Self

from desktop.sealing.age_header import FILE_KEY_SIZE, Stanza, write_header
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.age_payload import (
    BATCH,
    CHUNK,
    LAST,
    MORE,
    NONCE,
    SEALED_CHUNK,
    TAG,
    Octets,
    PayloadCipher,
)


class Sink(Protocol):
    """Takes sealed octets. It must have used them when it returns: the buffer is reused."""

    def write(self, data: memoryview, /) -> object:
        """Take all of ``data``."""
        ...


def seal_whole(plain: memoryview, recipients: Sequence[AgeRecipient], out: memoryview) -> int:
    """Make the age file of something that is wholly in memory, in ``out``; its length, which is :func:`sealed_size`.

    The same file as :class:`AgeWriter` makes, without its buffers: for thousands of small contents.
    """
    file_key = secrets.token_bytes(FILE_KEY_SIZE)
    nonce = secrets.token_bytes(NONCE)
    head = write_header(file_key, recipients) + nonce
    end = len(head)
    out[:end] = head
    stream = PayloadCipher(file_key, nonce)
    last = max(len(plain) - 1, 0) // CHUNK * CHUNK
    for start in range(0, last + 1, CHUNK):
        chunk = plain[start : start + CHUNK]
        begin, end = end, end + len(chunk) + TAG
        stream.seal_into(chunk, out[begin:end], LAST if start == last else MORE)
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
        nonce = secrets.token_bytes(NONCE)
        self._sink = sink
        self._stream = PayloadCipher(file_key, nonce)
        self._pending = bytearray()  # at most one chunk: the last one must carry the final flag
        # One chunk at first, a batch once that is full: most files in a vault are small.
        self._out = memoryview(bytearray(SEALED_CHUNK))
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
        self._seal_chunk(self._pending, LAST)
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
            self._seal_chunk(view[start : start + CHUNK], MORE)

    def _seal_chunk(self, chunk: Octets, flag: bytes) -> None:
        if self._used == len(self._out):
            self._flush()
            if len(self._out) == SEALED_CHUNK:
                self._out = memoryview(bytearray(BATCH * SEALED_CHUNK))
        end = self._used + len(chunk) + TAG
        self._stream.seal_into(chunk, self._out[self._used : end], flag)
        self._used = end

    def _flush(self) -> None:
        """Push what is sealed."""
        self._sink.write(self._out[: self._used])
        self._used = 0
