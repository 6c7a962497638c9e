"""A span of minutes as people say it: how far a clock is off may be an hour, or twenty years."""

from __future__ import annotations

from typing import Final

_UNITS: Final = (("years", 365 * 24 * 60), ("days", 24 * 60), ("hours", 60))
_LEAST: Final = 2
"""A unit is used from two of it on: ``90 minutes``, not ``1 hour``."""


def rough_span(minutes: int) -> tuple[str, int]:
    """The unit (``years``, ``days``, ``hours``, ``minutes``) and how many of it, rounded down."""
    for unit, length in _UNITS:
        if minutes >= _LEAST * length:
            return unit, minutes // length
    return "minutes", minutes
