"""Payments and leads that were recorded by mistake: the journal keeps them, and nothing shows or counts them.

Whoever amends one, or orders something about it, says with it that it stands. So when one desk takes it out and
another, which has not heard of that, amends it, both words stand beside each other like any two values of a field: it
stays until a person decides.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from desktop.domain.records.fields import Fields, Json

KINDS: Final = frozenset({"transfer", "identifier"})
FIELD: Final = "taken_out"


def amended(kind: str, changed: Fields) -> Fields:
    """What an amendment of a part of this kind records."""
    return {FIELD: "", **changed} if kind in KINDS else changed


def is_taken_out(kind: str, values: Collection[Json]) -> bool:
    """Whether this part of a case, about which these values of :data:`FIELD` stand, was taken out: nobody who did not
    know of it amended it meanwhile."""
    return (
        kind in KINDS and bool(values) and all(isinstance(value, str) and value for value in values)
    )


def is_contested(values: Collection[Json]) -> bool:
    """Whether somebody took it out while somebody else, who did not know of it, amended it."""
    return any(values) and not all(values)
