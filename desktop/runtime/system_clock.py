"""The computer's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The one real :class:`desktop.domain.time.clock.Clock`."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC, to the microsecond the system gives."""
        return datetime.now(UTC)  # noqa: TID251 - here the port meets the system
