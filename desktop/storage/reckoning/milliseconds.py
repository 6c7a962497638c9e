"""Times as numbers a database compares quickest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)


def milliseconds(at: datetime) -> int:
    """Since 1970."""
    return (at - _EPOCH) // MILLISECOND


def instant(value: int) -> datetime:
    """What :func:`milliseconds` counted."""
    return _EPOCH + value * MILLISECOND
