"""How long a window leaves its thread's events waiting: the times between the beats of a timer of 10 ms."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

TIMER_MS: Final = 10
_P99: Final = 0.99
_NS: Final = 1e9


@dataclass(frozen=True, slots=True)
class Gap:
    """Seconds between two beats; ``queued``: how many of them this thread was ready and had no core."""

    length: float
    queued: float

    @property
    def own(self) -> float:
        """What is left of it on a machine nobody else uses."""
        return max(self.length - self.queued, 0.0)


class Gaps(QObject):
    """Watches from its making to :meth:`stop`. Make it on the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._core = _CoreQueue()
        self._queued = self._core.waited()
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TIMER_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """The last beat was."""
        self._beat()
        self._timer.stop()

    @property
    def largest(self) -> float:
        """Seconds."""
        return max((gap.length for gap in self.gaps), default=0.0)

    @property
    def largest_own(self) -> float:
        """Seconds, the wait for a core left out."""
        return max((gap.own for gap in self.gaps), default=0.0)

    @property
    def p99(self) -> float:
        """Seconds; of a hundred gaps the one longer than 98."""
        lengths = sorted(gap.length for gap in self.gaps)
        return lengths[ceil(len(lengths) * _P99) - 1] if lengths else 0.0

    def _beat(self) -> None:
        now, queued = time.perf_counter(), self._core.waited()
        self.gaps.append(Gap(now - self._last, queued - self._queued))
        self._last, self._queued = now, queued


class _CoreQueue:
    """How long the calling thread has waited for a core so far; nought where the system does not say."""

    def __init__(self) -> None:
        self._stat = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")

    def waited(self) -> float:
        """Seconds."""
        try:
            return int(self._stat.read_text("ascii").split()[1]) / _NS
        except (OSError, IndexError, ValueError):
            return 0.0


class OtherLoad:
    """How many cores everybody else used, from its making to :meth:`cores`."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._all, self._own = _busy(), _mine()

    def cores(self) -> float:
        """On average; nought where the system does not say."""
        others = (_busy() - self._all) - (_mine() - self._own)
        return max(others, 0.0) / max(time.perf_counter() - self._start, 1e-9)


def _mine() -> float:
    """Seconds of processor time of this program and its finished children."""
    return sum(os.times()[:4])


def _busy() -> float:
    """Seconds all cores were at work since the start of the machine."""
    try:
        fields = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:]
        user, nice, system, _idle, _wait, hard, soft = map(int, fields[:7])
        return (user + nice + system + hard + soft) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0
