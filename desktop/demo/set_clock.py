"""The clock of the demonstration's PCs: set back while the weeks before are told, right afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.clock import Clock


class SetClock:
    """Runs like ``real``, behind it by as much as it was set back. It never goes backwards."""

    def __init__(self, real: Clock, behind: timedelta) -> None:
        self._real = real
        self._behind = behind

    def now(self) -> datetime:
        """See :class:`desktop.domain.clock.Clock`."""
        return self._real.now() - self._behind

    def real(self) -> datetime:
        """The time it will show once it is set right."""
        return self._real.now()

    def set(self, now: datetime) -> None:
        """Put it forward to ``now``; an earlier time changes nothing."""
        self._behind = min(self._behind, self._real.now() - now)

    def set_right(self) -> None:
        """The real time from here on."""
        self._behind = timedelta()
