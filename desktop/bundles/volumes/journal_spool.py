"""Journal lines on their way into a volume: their digest must be known before they are written."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Final

from desktop.bundles.volumes.layout import LIMITS
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter
from desktop.sealing.digests import new_sha256

_IN_MEMORY: Final = 16 << 20
_BLOCK: Final = 1 << 20


class JournalSpool:
    """All lines, their number, size and digest. Beyond 16 MiB they wait in a sealed temporary file.

    The file is sealed to a key that exists only in memory: case data never touches a disk in plain.
    """

    def __init__(self) -> None:
        self.count = 0
        self.size = 0
        self._digest = new_sha256()
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._identity = AgeIdentity.generate()
        self._writer: AgeWriter | None = None

    def fill(self, lines: Iterable[bytes]) -> None:
        """Take every line; once."""
        for line in lines:
            self._add(line)
        if self._writer is not None:
            self._writer.write(self._memory)
            self._writer.close()

    @property
    def sha256(self) -> str:
        """Digest of the whole file."""
        return self._digest.hexdigest()

    def blocks(self) -> Iterator[bytes]:
        """The whole file in blocks of about a MiB."""
        if self._file is None:
            for start in range(0, len(self._memory), _BLOCK):
                yield bytes(self._memory[start : start + _BLOCK])
        else:
            self._file.seek(0)
            yield from AgeReader(self._file, (self._identity,)).blocks()

    def close(self) -> None:
        """Remove the temporary file."""
        if self._file is not None:
            self._file.close()

    def _add(self, line: bytes) -> None:
        if not line or b"\n" in line or len(line) > LIMITS.line:
            raise ValueError("a journal line is one line of at most 1 MiB")
        self._digest.update(line + b"\n")
        self._memory += line + b"\n"
        self.count += 1
        self.size += len(line) + 1
        if len(self._memory) >= _IN_MEMORY:
            self._spill().write(self._memory)
            self._memory.clear()

    def _spill(self) -> AgeWriter:
        if self._writer is None:
            file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
            self._file = file
            self._writer = AgeWriter(file, (self._identity.recipient,))
        return self._writer


@contextlib.contextmanager
def spool_journal(lines: Iterable[bytes]) -> Iterator[JournalSpool]:
    """A filled spool that is gone after the block."""
    spool = JournalSpool()
    try:
        spool.fill(lines)
        yield spool
    finally:
        spool.close()
