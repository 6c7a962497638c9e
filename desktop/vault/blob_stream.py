"""The plain content of a blob as a stream that knows what it must add up to."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop.domain.errors import TrustError, WorldError
from desktop.runtime.files.atomic_file import world_error
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_reader import AgeReader
from desktop.vault.content_digest import ContentDigest

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def open_file(paths: Sequence[Path]) -> BinaryIO:
    """The sealed file, at the first of ``paths`` that is there; ``WorldError("vault.missing")`` when it is gone."""
    for path in (*paths, *paths):  # twice: it may get its new name between two looks
        try:
            return path.open("rb", buffering=0)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise world_error(error) from error
    raise WorldError("vault.missing")


class BlobStream(io.RawIOBase):
    """Every octet given out is authentic; that all of them are the content named ``sha256`` shows at the end.

    A sealed file put in another's place is genuine to age but not to its name, so the digest is computed
    alongside and the end of data raises ``TrustError("vault.damaged")`` if it differs. Not with ``rehash`` False,
    for a caller that digests the content itself.
    """

    def __init__(
        self,
        file: BinaryIO,
        identities: Sequence[AgeIdentity],
        sha256: str,
        *,
        rehash: bool = True,
    ) -> None:
        super().__init__()
        self._file = file
        self._expected = sha256
        self._digest = ContentDigest(with_sm3=False) if rehash else None
        try:
            self._reader = AgeReader(file, identities)
        except TrustError as error:
            raise TrustError("vault.damaged") from error
        except OSError as error:
            raise world_error(error) from error

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` in part or wholly; 0 at the end."""
        try:
            count = self._reader.readinto(buffer)
        except TrustError as error:
            raise TrustError("vault.damaged") from error
        except OSError as error:
            raise world_error(error) from error
        if count and self._digest is not None:
            with memoryview(buffer).cast("B") as view:
                self._digest.update(view[:count])
        if not count:
            self._check()
        return count

    def blocks(self) -> Iterator[bytes]:
        """The content in large blocks, without a further copy; raises like :meth:`readinto`."""
        try:
            for block in self._reader.blocks():
                if self._digest is not None:
                    self._digest.update(block)
                yield block
        except TrustError as error:
            raise TrustError("vault.damaged") from error
        except OSError as error:
            raise world_error(error) from error
        self._check()

    def close(self) -> None:
        """Close the sealed file too."""
        if not self.closed:
            self._file.close()
        super().close()

    def _check(self) -> None:
        if self._digest is not None and self._digest.sha256 != self._expected:
            raise TrustError("vault.damaged")
