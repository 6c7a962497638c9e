"""Clocks and ids that a test holds in its hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from desktop.domain.ids import DeviceId, bound_id

START = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
"""10:31:07 on 24 November 2026 in Lanzhou."""


class HandClock:
    """A clock that moves only when told, and may be told anything."""

    def __init__(self, start: datetime = START) -> None:
        self.instant = start

    def now(self) -> datetime:
        return self.instant

    def advance(self, **amount: float) -> None:
        self.instant += timedelta(**amount)


class CountingIds:
    """Ids 1, 2, 3 … with a prefix, 32 characters like the real ones."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._count = 0

    def new_id(self) -> str:
        self._count += 1
        tail = f"{self._count:08x}"
        return (self._prefix + "0" * 32)[: 32 - len(tail)] + tail

    def bound_to(self, device: DeviceId) -> BoundCountingIds:
        return BoundCountingIds(device)


_COUNTS: Final[dict[DeviceId, int]] = {}
"""How many ids were made for each device: a device that is opened anew makes none twice."""


class BoundCountingIds:
    """Ids of one device, a millisecond apart."""

    def __init__(self, device: DeviceId) -> None:
        self._device = device

    def new_id(self) -> str:
        count = _COUNTS[self._device] = _COUNTS.get(self._device, 0) + 1
        return bound_id(int(START.timestamp()) * 1000 + count, 0, self._device)

    def bound_to(self, device: DeviceId) -> BoundCountingIds:
        return BoundCountingIds(device)
