"""Times as numbers a database compares quickest: milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from desktop.domain.law.urgency import MISSED_FOR
from desktop.storage.columns import GREATEST

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)
FAR: Final = GREATEST
"""In the place of what never comes; with the sign turned, of what never was."""


def milliseconds(at: datetime) -> int:
    """Since 1970."""
    return (at - _EPOCH) // MILLISECOND


def instant(value: int) -> datetime:
    """What :func:`milliseconds` counted."""
    return _EPOCH + value * MILLISECOND


def or_far(at: datetime | None) -> int:
    """The same of an end there may not be: then it never comes."""
    return FAR if at is None else milliseconds(at)


def or_long_ago(at: datetime | None) -> int:
    """The same of an end there may not be: then it was long ago."""
    return -FAR if at is None else milliseconds(at)


def instants(now: datetime) -> dict[str, int]:
    """``now``, since when an end was just ``missed``, and the same turned round, as questions name them."""
    at, missed = milliseconds(now), milliseconds(now - MISSED_FOR)
    return {"now": at, "missed": missed, "past": -missed}
