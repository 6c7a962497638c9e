"""The merge rule: every value nobody replaced is current, and one of them is shown.

The rule looks at the set of entries only, never at the order they came in and never at a wall clock, so every
replica that holds the same entries shows the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical


class Value(NamedTuple):
    """One value of one field and the entry that set it. There is one for each field of everything that is read, and a
    tuple is made three times as fast as a record."""

    stream: str
    seq: int
    lamport: int
    value: Json

    @property
    def ref(self) -> str:
        """``stream:seq`` of the entry."""
        return f"{self.stream}:{self.seq}"


def order_of(value: Value) -> tuple[int, str, int]:
    """The total order among values that do not know each other."""
    return (value.lamport, value.stream, value.seq)


def shown(heads: Sequence[Value]) -> Value:
    """The value to show: greatest by (lamport, stream, seq). ``heads`` must not be empty."""
    return heads[0] if len(heads) == 1 else max(heads, key=order_of)


def differ(values: Iterable[Json]) -> bool:
    """Whether they say different things; what two people wrote alike leaves nothing to decide."""
    return len({canonical(value) for value in values}) > 1
