"""Reading what files hold, for looking at, as services see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from desktop.domain.evidence.contents import DecodedContents
from desktop.domain.progress import Progress


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file is not shown: ``evidence.unshown.<code>`` with ``params``."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came within another, as it was before it was packed. ``name`` names no folder."""

    name: str
    media_type: str
    data: bytes


Read: TypeAlias = DecodedContents | Unread


class ContentStream(Protocol):
    """Content that is read once, from its beginning."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` octets; empty at the end."""
        ...


class FileContents(Protocol):
    """Reads what a file holds, in a process that can do no harm."""

    def read(self, name: str, source: ContentStream, size: int, progress: Progress) -> Read:
        """What ``source`` of ``size`` octets holds. Raises what reading it raises, and ``Cancelled``."""
        ...

    def attachment(
        self, source: ContentStream, size: int, place: Sequence[int], progress: Progress
    ) -> Attachment | Unread:
        """The attachment at ``place`` of a mail: its number, counted from 1, after those of the mails around it.

        Raises what reading it raises, and ``Cancelled``.
        """
        ...
