"""Which form of an entry knows a kind first. A program that knows an older one lets the entry wait for its upgrade."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.journal.kinds import ORDER_CONFIRMED, ORDER_ISSUED_ALONE

FIRST: Final = 1
SINCE: Final[Mapping[str, int]] = MappingProxyType({ORDER_ISSUED_ALONE: 2, ORDER_CONFIRMED: 2})
"""Kind → the schema that knows it first; the others are of the first."""
SCHEMA: Final = max(SINCE.values())
"""The newest that this program knows; older ones are read for ever, newer ones are held."""


def schema_mark(schema: int) -> str:
    """What a receipt lists among the contents held to say that its writer reads ``schema``; no content has such a name,
    and programs that know no marks take it for one they never ask for."""
    return f"schema:{schema}"


SCHEMA_MARKS: Final = tuple(schema_mark(number) for number in range(FIRST + 1, SCHEMA + 1))
"""Of every schema this program reads but the first, which all programs read."""


SEATS_MARK: Final = "reads:seats"
"""Says in the same way that the writer takes what a PC of its centre signs for the centre's own word."""
MARKS: Final = (*SCHEMA_MARKS, SEATS_MARK)
"""What a receipt of this program lists of itself."""


def schema_of(kind: str) -> int:
    """Under which an entry of this kind is written: older programs are to wait for as little as can be."""
    return SINCE.get(kind, FIRST)
