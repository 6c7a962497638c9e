"""An axis on which minutes and months stand side by side: what happens is drawn to scale, pauses are squeezed.

Between two neighbouring instants the axis is linear; a pause longer than half an hour grows with its logarithm only.
So the golden half hour takes as much room as the half year of a freeze can afford to give it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_TO_SCALE: Final = 30.0
"""Minutes up to which a pause is drawn to scale."""
_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of the axis that is squeezed."""

    start: datetime
    end: datetime


class TimeAxis:
    """``position`` and ``instant`` are each other's inverse and grow strictly. Positions are in minutes to scale;
    the first instant stands at 0, the last at ``length``."""

    def __init__(self, instants: Iterable[datetime]) -> None:
        self._at = sorted(set(instants))
        if not self._at:
            raise ValueError("an axis without an instant")
        self._place = [0.0]
        for before, after in zip(self._at, self._at[1:], strict=False):
            self._place.append(self._place[-1] + _squeezed(_minutes(after - before)))

    @property
    def instants(self) -> tuple[datetime, ...]:
        """What the axis was made for, in order."""
        return tuple(self._at)

    @property
    def length(self) -> float:
        """Where the last instant stands."""
        return self._place[-1]

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The stretches that are not to scale."""
        neighbours = zip(self._at, self._at[1:], strict=False)
        return tuple(
            Pause(before, after)
            for before, after in neighbours
            if _minutes(after - before) > _TO_SCALE
        )

    def position(self, instant: datetime) -> float:
        """Where an instant stands; beyond both ends the axis goes on to scale."""
        if instant <= self._at[0]:
            return -_minutes(self._at[0] - instant)
        if instant >= self._at[-1]:
            return self._place[-1] + _minutes(instant - self._at[-1])
        left = bisect_right(self._at, instant) - 1
        share = (instant - self._at[left]) / (self._at[left + 1] - self._at[left])
        return self._place[left] + share * (self._place[left + 1] - self._place[left])

    def instant(self, position: float) -> datetime:
        """What stands at a position."""
        if position <= 0:
            return self._at[0] + timedelta(minutes=position)
        if position >= self.length:
            return self._at[-1] + timedelta(minutes=position - self.length)
        left = bisect_right(self._place, position) - 1
        room = self._place[left + 1] - self._place[left]
        share = (position - self._place[left]) / room
        return self._at[left] + share * (self._at[left + 1] - self._at[left])


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / _MINUTE


def _squeezed(minutes: float) -> float:
    return minutes if minutes <= _TO_SCALE else _TO_SCALE * (1 + math.log(minutes / _TO_SCALE))
