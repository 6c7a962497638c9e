"""Where refused volumes are kept, as services see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import AppError


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A refused volume; ``code`` names the reason in the catalogue, ``name`` is unique in the quarantine, ``file`` is
    what the volume was called where it came from.

    ``unit_code`` and ``letter``: of the unit and its device that the file name tells, which nobody vouches for; empty
    where it tells none.
    """

    name: str
    at: datetime
    code: str
    size: int
    unit_code: str = ""
    letter: str = ""
    file: str = ""


class QuarantineShelf(Protocol):
    """Keeps refused volumes sealed as they came."""

    def keep(self, volume: Path, error: AppError, at: datetime) -> Path:
        """Copy a refused volume here with its reason; one that is here already is not copied again."""
        ...

    def rows(self) -> tuple[Quarantined, ...]:
        """What is here, newest first."""
        ...

    def path(self, name: str) -> Path:
        """Where a kept volume lies."""
        ...

    def drop(self, name: str) -> None:
        """Forget a volume that was taken in after all."""
        ...


class NoQuarantine:
    """Keeps nothing: the volume stays where it came from."""

    def keep(self, volume: Path, error: AppError, at: datetime) -> Path:  # noqa: ARG002 - as above
        """Leave it where it is."""
        return volume

    def rows(self) -> tuple[Quarantined, ...]:
        """None."""
        return ()

    def path(self, name: str) -> Path:
        """Nothing is kept here."""
        raise KeyError(name)

    def drop(self, name: str) -> None:
        """Nothing is kept here."""
