"""Looks at all clocks when one of them may have reached a stage, never every second."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from heapq import nsmallest

from PySide6.QtCore import QObject

from desktop.app.notices.rereading import Rereading
from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.urgency import Pressure
from desktop.domain.progress import Progress
from desktop.domain.records.numbers import short_case_number
from desktop.services.orders.shift.list_clocks import ClockWatch, watch_clocks
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.thread_runner import YieldingProgress
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, deadline_span
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.window_host import LockClock

_ON_LOCK = 6
"""Clocks that find room on the lock screen."""


_RETRY = timedelta(minutes=1)
"""After a look that failed."""


class ClockWatcher(QObject):
    """Reads at sign-in, after something was recorded, when the next stage is reached, and when the machine's clock was
    set back. Between two looks the tick compares one instant."""

    def __init__(self, kit: Kit, session: Session, limits: ClockLimits) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._limits = limits
        self._window: MainWindow | None = None
        self._next: datetime | None = None
        self._last = kit.ticks.now()
        self._clocks: tuple[RunningClock, ...] = ()
        look = partial(_watch, session)
        self._reading = Rereading(kit.runner, look, self, kit.catching_up.advance)
        self._reading.read.connect(self._show)
        self._reading.failed.connect(self._give_up)

    def join(self, window: MainWindow) -> None:
        """Alarms go to this window from now on; the first look follows."""
        self._window = window
        self.setParent(window)
        if self._session.officer.may(Permission.READ_CASES):
            self._kit.ticks.ticked.connect(self._ticked)
            self.refresh()

    def refresh(self) -> None:
        """Something was recorded; several calls in one turn look once."""
        if self._window is not None and self._session.officer.may(Permission.READ_CASES):
            self._reading.refresh()

    def lock_clocks(self) -> tuple[LockClock, ...]:
        """What stays in sight while the desk is locked: no names, the most pressing first; a chance that was missed
        within the hour is red among them."""
        now = self._kit.ticks.now()
        pressing = (c for c in self._clocks if c.pressing.pressure(now) is not Pressure.REST)
        first = nsmallest(_ON_LOCK, pressing, key=lambda clock: clock.pressing.urgency(now))
        return tuple(LockClock(self._label(clock), self._span(clock)) for clock in first)

    def _label(self, clock: RunningClock) -> str:
        name = self._kit.texts.text(f"deadlines.{clock.deadline.name}")
        return f"{name} {short_case_number(clock.case_number)}"

    def _span(self, clock: RunningClock) -> ClockSpan:
        return deadline_span(clock.deadline, self._limits.red_under, self._limits.amber_under)

    def _ticked(self, now: datetime) -> None:
        if (self._next is not None and now >= self._next) or now < self._last:
            self.refresh()
        self._last = now

    def _show(self, watch: ClockWatch) -> None:
        self._clocks, self._next = watch.pressing, watch.next_at
        if self._window is not None:
            self._window.show_clocks(watch.ends, watch.new, watch.late)

    def _give_up(self, _error: Exception) -> None:
        """Screens show errors. A full disk or a busy database may be over soon, and alarms must not end with it."""
        self._next = self._kit.ticks.now() + _RETRY


def _watch(session: Session, progress: Progress) -> ClockWatch:
    return watch_clocks(session, YieldingProgress(progress))
