"""What an assertion means by "all": all of at least one. Of nothing, everything is true."""

from __future__ import annotations

from collections.abc import Iterable


def all_of(values: Iterable[object]) -> bool:
    """Whether there are any, and all are true."""
    listed = list(values)
    return bool(listed) and all(listed)
