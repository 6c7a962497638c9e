"""The files of the profile that steer the program, as services see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from desktop.domain.installation.bound_files import FoundFile


class BoundFolder(Protocol):
    """What lies on the disk now. Nothing here is trusted; the journal says what is followed."""

    def found(self) -> Mapping[str, FoundFile]:
        """Path below the profile, with forward slashes → the file. Profile and settings come in one spelling, whatever
        theirs is, with those values alone that steer; settings that are not there are the default ones."""
        ...

    def write(self, path: str, text: str | None, former: str | None = None) -> None:
        """Let the disk say ``text``; None: nothing lies there. What lay there is kept under another name that nothing
        reads, unless it is the ``former`` text. Raises ``WorldError`` as the disk does."""
        ...

    def check(self, path: str, text: str) -> None:
        """Read a text as it would be read at work. Raises ``UserInputError("bound.unfit")`` with ``file`` and
        ``reason`` for what would not be used, ``"bound.unknown"`` for a path that steers nothing."""
        ...


class NoBoundFolder:
    """Nothing on the disk steers."""

    def found(self) -> Mapping[str, FoundFile]:
        """Nothing."""
        return {}

    def write(self, path: str, text: str | None, former: str | None = None) -> None:
        """Nothing is written."""

    def check(self, path: str, text: str) -> None:
        """Everything passes."""
