"""A PC that is to join a centre which exists, before and after the centre's first PC let it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewSeat:
    """What a new PC is told before it has a card. ``officer`` and ``password`` open its keys until it has joined; from
    then on every officer of the centre signs in by the own password."""

    unit_code: str
    unit_name: str
    device_letter: str
    officer: str
    password: str

    def __repr__(self) -> str:
        """Without names and password: requests may meet a log."""
        return "NewSeat()"


@dataclass(frozen=True, slots=True)
class ApprovingCentre:
    """The centre behind an approval. ``fingerprint``: of its first PC, in groups, as people compare it."""

    unit_name: str
    fingerprint: str
