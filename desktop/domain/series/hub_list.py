"""Values that everybody holds and that therefore link nobody: gateways, hotlines, hosts of short links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.]*://")


@dataclass(frozen=True, slots=True)
class HubList:
    """``values``: exact ones; ``hosts``: names of sites, which as a whole say nothing (a page below them may)."""

    values: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()

    def holds(self, normal: str) -> bool:
        """Whether a value is on the list."""
        plain = normal.casefold()
        if plain in self.values:
            return True
        host, _, page = _SCHEME.sub("", plain).partition("/")
        return not page and host.removeprefix("www.") in self.hosts
