"""By how much this device's clock is off the official time, as somebody compared them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.records.fields import Fields, number, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import read_time

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """``seconds`` to add to the device's clock to get the official time: positive when the device is slow.

    ``compared_at`` is the device's reading then, ``officer`` who compared.
    """

    seconds: int
    compared_at: datetime
    officer: str

    def official(self, instant: datetime) -> datetime:
        """The official time at the device's ``instant``."""
        return instant + timedelta(seconds=self.seconds)

    def to_fields(self) -> Fields:
        """Journal fields of subject ``device/<id>``."""
        return {
            "clock.offset_s": self.seconds,
            "clock.compared_at": to_wire(self.compared_at),
            "clock.officer": self.officer,
        }


def offset_from_fields(fields: Fields) -> ClockOffset | None:
    """The comparison on ``device/<id>``; None before the first."""
    compared = text(fields, "clock.compared_at")
    if not compared:
        return None
    return ClockOffset(
        number(fields, "clock.offset_s"), from_wire(compared), text(fields, "clock.officer")
    )


def read_official(typed: str, device: datetime) -> datetime | None:
    """The official time as typed, a time of day or a day and a time; None when it can not be read.

    A time of day is the one nearest to the device's reading, also over midnight; whoever's PC has the wrong day types
    the day too.
    """
    found = read_time(typed, device)
    if found is None:
        return None
    if len(typed.strip()) > len("10:31:20"):
        return found
    return min((found - _DAY, found, found + _DAY), key=lambda instant: abs(instant - device))
