"""Who has an order in hand, where several people of a centre work on the same list.

A claim is working material of the centre's database and no fact: it says who is at it, forbids nobody to record what a
bank answered, and never travels. It is heard of while the program of whoever holds it runs. One that is not heard of
any more is *stale*; nothing is released by itself, since whoever sat there may hold the telephone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

HEARD_EVERY: Final = timedelta(seconds=15)
"""How often a program says that whoever is signed in is still there."""
STALE_AFTER: Final = 3 * HEARD_EVERY
"""Without a word for so long the claim is stale."""
_SEAT: Final = "seat/"
"""Before the number of an officer: that somebody is signed in is a claim on the own seat."""


class ClaimState(StrEnum):
    """What a claim is to whoever looks at it."""

    MINE = "mine"
    LIVE = "live"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """``order``: its id, or the seat of an officer. ``since``: wire time. ``silent``: for how long nothing was heard of
    whoever holds it. ``former``: from whom it was taken or by whom it was handed over, "" for nobody; ``reason``: why,
    "" where none was asked for."""

    order: str
    officer: str
    name: str
    since: str
    silent: timedelta
    former: str = ""
    reason: str = ""

    @property
    def is_seat(self) -> bool:
        """Whether it only says that somebody is signed in."""
        return self.order.startswith(_SEAT)

    def state(self, officer: str) -> ClaimState:
        """What it is to this officer."""
        if self.officer == officer:
            return ClaimState.MINE
        return ClaimState.STALE if self.silent >= STALE_AFTER else ClaimState.LIVE

    def needs_reason(self, officer: str) -> bool:
        """Whether this officer may take it over with a reason alone."""
        return self.state(officer) is ClaimState.LIVE


def seat_of(officer: str) -> str:
    """What a claim of somebody on the own seat is about."""
    return f"{_SEAT}{officer}"
