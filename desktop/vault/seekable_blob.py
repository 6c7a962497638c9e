"""The plain content of a blob at any place, for recordings. Nothing of it is ever written to the disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from desktop.domain.errors import TrustError
from desktop.runtime.atomic_file import world_error
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.age_seek import AgeSeeker

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class SeekableBlob(AgeSeeker):
    """Every octet given out is authentic; that the whole is what its name says is for ``verify`` to tell."""

    def __init__(self, file: BinaryIO, identities: Sequence[AgeIdentity]) -> None:
        try:
            super().__init__(file, identities)
        except TrustError as error:
            file.close()
            raise TrustError("vault.damaged") from error
        except OSError as error:
            file.close()
            raise world_error(error) from error

    def readinto(self, buffer: WriteableBuffer) -> int:
        """See :class:`AgeSeeker`; ``TrustError("vault.damaged")``."""
        try:
            return super().readinto(buffer)
        except TrustError as error:
            raise TrustError("vault.damaged") from error
        except OSError as error:
            raise world_error(error) from error
