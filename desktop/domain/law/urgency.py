"""What wants somebody first: one order of payments, orders, calls and cases on every screen.

In front stands what can still be saved, by the end of its chance; then what was missed within the last hour, for banks
often still find it; then duties by their time. Sums decide where time does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final, TypeAlias

from desktop.domain.law.deadlines import AtZero, Deadline

MISSED_FOR: Final = timedelta(hours=1)
"""[own] For how long a clock that ran out stays in sight, red and near the top."""


class Pressure(IntEnum):
    """The groups, the most urgent first."""

    SAVABLE = 0
    """A chance is running."""
    MISSED = 1
    """A chance or a duty ran out within the hour."""
    RUNNING = 2
    """A duty or a measure has an end ahead."""
    OVERDUE = 3
    UNANSWERED = 4
    """No clock runs; somebody waits."""
    REST = 5


Urgency: TypeAlias = tuple[int, float, float, str]
"""Sorts; the least is the most urgent."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """Something that may want somebody. ``chance``: until when money can be saved by it, such as the golden window of
    its payment; ``duty``: when a duty or a measure ends; ``waits``: somebody is to act though no clock runs.
    ``since``: when it came. ``key``: what tells it from all others; nothing follows from it but the order of equals."""

    key: str
    since: datetime
    chance: datetime | None = None
    duty: datetime | None = None
    waits: bool = False
    amount_fen: int = 0

    def pressure(self, now: datetime) -> Pressure:
        """Its group at ``now``."""
        ends = [end for end in (self.chance, self.duty) if end is not None]
        if self.chance is not None and self.chance > now:
            return Pressure.SAVABLE
        if any(now - MISSED_FOR < end <= now for end in ends):
            return Pressure.MISSED
        if self.duty is not None:
            return Pressure.RUNNING if self.duty > now else Pressure.OVERDUE
        return Pressure.UNANSWERED if self.waits else Pressure.REST

    def urgency(self, now: datetime) -> Urgency:
        """Its place at ``now`` among others."""
        group, amount = self.pressure(now), float(-self.amount_fen)
        if group is Pressure.SAVABLE:
            return group, _instant(self.chance), amount, self.key
        if group is Pressure.RUNNING:
            return group, _instant(self.duty), amount, self.key
        if group is Pressure.OVERDUE:
            return group, -_instant(self.duty), amount, self.key
        if group is Pressure.MISSED:
            ends = (end for end in (self.chance, self.duty) if end is not None and end <= now)
            return group, amount, -_instant(max(ends)), self.key
        if group is Pressure.REST:
            return group, -_instant(self.since), amount, self.key
        return group, amount, _instant(self.since), self.key

    def changes(self) -> tuple[datetime, ...]:
        """When it comes into another group by itself."""
        ends = (end for end in (self.chance, self.duty) if end is not None)
        return tuple(sorted(at for end in ends for at in (end, end + MISSED_FOR)))


def pressing_of(clock: Deadline, key: str, amount_fen: int = 0) -> Pressing:
    """A clock among what wants somebody: ``amount_fen`` hangs on it."""
    chance, duty = (clock.at, None) if clock.at_zero is AtZero.CHANCE else (None, clock.at)
    return Pressing(key, clock.started_at, chance, duty, amount_fen=amount_fen)


def _instant(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0
