"""New ids: UUIDs that grow within the process even when the clock steps back (RFC 9562)."""

from __future__ import annotations

import secrets
from threading import Lock
from typing import Final

from desktop.domain.ids import SERIAL_BITS, DeviceId, bound_id
from desktop.domain.time.clock import Clock

_RANDOM_BITS: Final = 74
_VERSION: Final = 7 << 76
_VARIANT: Final = 0b10 << 62
_LOW: Final = (1 << 62) - 1


class UuidSource:
    """UUIDv7, for what belongs to no device; implements :class:`desktop.domain.ids.IdSource`.

    Section 6.2, method 2 of the RFC: the random part is taken as one number and grows by a random
    step within the same millisecond. Safe to call from any thread.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._milliseconds = -1
        self._random = 0

    def new_id(self) -> str:
        """A fresh id, 32 lower-case hex digits, greater than every one before it."""
        now = int(self._clock.now().timestamp() * 1000)
        with self._lock:
            if now > self._milliseconds:
                self._milliseconds = now
                # The top bit starts at 0 so that steps within the millisecond have room to grow.
                self._random = secrets.randbits(_RANDOM_BITS - 1)
            else:
                self._step()
            high, low = self._random >> 62, self._random & _LOW
            value = (self._milliseconds << 80) | _VERSION | (high << 64) | _VARIANT | low
        return f"{value:032x}"

    def bound_to(self, device: DeviceId) -> DeviceIdSource:
        """A source of ids of ``device`` by the same clock."""
        return DeviceIdSource(self._clock, device)

    def _step(self) -> None:
        self._random += 1 + secrets.randbits(32)
        if self._random >> _RANDOM_BITS:
            self._milliseconds += 1
            self._random = secrets.randbits(_RANDOM_BITS - 1)


class DeviceIdSource:
    """Ids that name their maker (:func:`desktop.domain.ids.bound_id`). Safe to call from any thread.

    The serial starts at random in each millisecond, in the lower half of its range, and grows by one: two programs at
    one profile, or one whose clock was set back, meet the same pair once in 131,072 ids of the same millisecond.
    """

    def __init__(self, clock: Clock, device: DeviceId) -> None:
        self._clock = clock
        self._device = device
        self._lock = Lock()
        self._milliseconds = -1
        self._serial = 0

    def new_id(self) -> str:
        """A fresh id, 32 lower-case hex digits, greater than every one before it."""
        now = int(self._clock.now().timestamp() * 1000)
        with self._lock:
            if now > self._milliseconds:
                self._start(now)
            else:
                self._serial += 1
                if self._serial >> SERIAL_BITS:
                    self._start(self._milliseconds + 1)
            return bound_id(self._milliseconds, self._serial, self._device)

    def bound_to(self, device: DeviceId) -> DeviceIdSource:
        """A source of ids of another device by the same clock."""
        return DeviceIdSource(self._clock, device)

    def _start(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds
        self._serial = secrets.randbits(SERIAL_BITS - 1)
