"""Time as the domain sees it: aware UTC instants from one injected clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of "now". Implementations: the system clock, and fixed clocks in tests."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


def to_wire(instant: datetime) -> str:
    """RFC 3339 text in UTC with milliseconds and ``Z``, the only form times take in the journal."""
    if instant.tzinfo is None:
        raise ValueError("a naive time has no place in the journal")
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_wire(text: str) -> datetime:
    """The instant written by :func:`to_wire`; raises ``ValueError`` for anything without a zone."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a time on the wire must name its zone")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)
