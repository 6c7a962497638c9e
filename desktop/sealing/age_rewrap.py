"""Another header for an age file: the same file key wrapped for somebody else, the sealed content as it is.

C2SP age, "Recipient stanzas": a header may hold any stanzas for its file key, on which alone the payload depends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from desktop.domain.errors import TrustError
from desktop.sealing.age_header import find_file_key, read_header, write_header
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient


class _BufferLines:
    """Header lines of a buffered file, whose place stays behind them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def line(self, limit: int) -> bytes:
        """See :class:`desktop.sealing.age_header.LineSource`."""
        return self._file.readline(limit)


class OldHeader:
    """The header ``file`` begins with; the file is left where its payload begins. ``TrustError`` age.not_age,
    age.truncated, age.damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self._header = read_header(_BufferLines(file))

    def opens_with(self, identities: Sequence[AgeIdentity]) -> bool:
        """Whether one of these opens the file; ``TrustError("age.damaged")`` where nobody can."""
        try:
            find_file_key(self._header, identities)
        except TrustError as error:
            if error.code == "age.not_for_us":
                return False
            raise
        return True

    def rewrapped(self, identities: Sequence[AgeIdentity], recipient: AgeRecipient) -> bytes:
        """A header by which ``recipient`` alone opens the same payload; ``TrustError`` as the old one does not open."""
        return write_header(find_file_key(self._header, identities), (recipient,))
