"""What a centre tells its desks beforehand: how many cases of the city hold a value, so that the next victim of an
account that several were paid into is known at the counter, without a network.

The list holds digests, not values: whoever finds a lost stick learns no account from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.series.series import lead_key, link_key

_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Watched:
    """In how many cases of how many units a value stands."""

    cases: int
    units: int


def watch_digest(key: str) -> str:
    """The first half of SHA-256 over the form in which values are compared, in hex."""
    return hashlib.sha256(key.encode()).hexdigest()[:_LENGTH]


@dataclass(frozen=True, slots=True)
class WatchList:
    """Digest → where the value stands. ``version`` is a day."""

    version: str = ""
    entries: Mapping[str, Watched] = field(default_factory=dict)

    def find(self, text: str) -> Watched | None:
        """What is known of an account or of the normal form of a lead."""
        if not self.entries or not text.strip() or "*" in text:
            return None
        for key in (link_key(text), lead_key(text.strip())):
            found = self.entries.get(watch_digest(key))
            if found is not None:
                return found
        return None
