"""The shape of a sound: how loud it is, step by step, in a bounded number of steps."""

from __future__ import annotations

from array import array
from typing import Final

RATE: Final = 8000
"""Samples a second that are looked at: enough for a shape."""
_FIRST_STEP: Final = RATE // 50  # 20 ms
_MOST: Final = 4000
_LOUDEST: Final = 32768


class Peaks:
    """Takes samples (mono, 16 bits, :data:`RATE`) and keeps the loudest of each step.

    Steps double when there are many.
    """

    def __init__(self) -> None:
        self._step = _FIRST_STEP
        self._peaks: list[int] = []
        self._open = 0
        self._filled = 0

    @property
    def step_ms(self) -> int:
        """Milliseconds of a step."""
        return self._step * 1000 // RATE

    @property
    def percents(self) -> list[int]:
        """The loudest of each step, 0 to 100."""
        return [peak * 100 // _LOUDEST for peak in self._peaks]

    def take(self, samples: array[int]) -> None:
        """The samples that follow."""
        at = 0
        while at < len(samples):
            part = samples[at : at + self._step - self._filled]
            loudest, lowest = max(part), min(part)
            self._open = max(self._open, loudest, -lowest)
            self._filled += len(part)
            at += len(part)
            if self._filled >= self._step:
                self._close()

    def _close(self) -> None:
        self._peaks.append(self._open)
        self._open = self._filled = 0
        if len(self._peaks) >= _MOST:
            pairs = zip(self._peaks[::2], self._peaks[1::2], strict=False)
            self._peaks = [max(pair) for pair in pairs]
            self._step *= 2
