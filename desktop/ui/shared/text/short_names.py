"""Names of institutions where a choice has no room for the whole; what is pointed at tells it."""

from __future__ import annotations

from typing import Final

_ROOM: Final = 8
"""Characters of a name that stand in a choice."""


def beginning_of_name(name: str) -> str:
    """As much of an institution as has room."""
    return name if len(name) <= _ROOM else f"{name[: _ROOM - 1]}…"


def end_of_name(name: str) -> str:
    """The same of a station, which is told by the end of its name."""
    return name if len(name) <= _ROOM else f"…{name[1 - _ROOM :]}"
