"""One shared second hand for every clock on screen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.time.clock import Clock

_PERIOD_MS = 1000


class TickSource(QObject):
    """Emits ``ticked(now)`` once a second, with the instant read anew each time.

    Receivers compute from ``now`` and an absolute deadline, never by counting ticks: after sleep
    or a change of the system clock the very next tick is right.
    """

    ticked = Signal(object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def clock(self) -> Clock:
        """The clock behind the ticks."""
        return self._clock

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return self._clock.now()

    def start(self) -> None:
        """Begin ticking."""
        self._timer.start()

    def stop(self) -> None:
        """Stop ticking."""
        self._timer.stop()

    def tick(self) -> None:
        """Emit ``ticked`` now: on the timer, and when the window wakes."""
        self.ticked.emit(self._clock.now())
