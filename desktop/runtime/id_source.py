"""New ids: UUIDv7 (RFC 9562 5.7), growing within the process even when the clock steps back."""

from __future__ import annotations

import secrets
from threading import Lock
from typing import Final

from desktop.domain.clock import Clock

_RANDOM_BITS: Final = 74
_VERSION: Final = 7 << 76
_VARIANT: Final = 0b10 << 62
_LOW: Final = (1 << 62) - 1


class UuidSource:
    """The real :class:`desktop.domain.ids.IdSource`.

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

    def _step(self) -> None:
        self._random += 1 + secrets.randbits(32)
        if self._random >> _RANDOM_BITS:
            self._milliseconds += 1
            self._random = secrets.randbits(_RANDOM_BITS - 1)
