"""Who was at the desk when, and what came to it meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from desktop.domain.case_file.shift_briefing import ReceivedEntry, Shift


class BriefingQueries(Protocol):
    """Who was at the desk when, and what came to it meanwhile."""

    def last_shift(self, officer: str, away: timedelta, *, locked: bool = False) -> Shift | None:
        """When the shift of the officer of this number began and he had left before; None for who never signed in here.
        A sign-in goes on with the shift before unless he was ``away`` so long or another did something meanwhile. Who
        had ``locked`` the program comes now, and left with his last deed of this session."""
        ...

    def received_after(self, seq: int) -> tuple[ReceivedEntry, ...]:
        """Entries of this device after that place of its stream, and those of others that came after it."""
        ...
