"""The current values of a subject that one entry alone speaks of, as most are.

Nobody disagrees there, so what is shown is what the entry says; a list of values for each of its fields is made only
for whoever asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.records.fields import Json
from desktop.journal.merge import Value

Heads = Mapping[str, list[Value]]
"""Field → its current values; of a field nobody speaks of, none."""


class UncontestedValues(Mapping[str, list[Value]]):
    """``fields``: what the entry still says."""

    __slots__ = ("_lamport", "_seq", "_stream", "fields")

    def __init__(self, stream: str, seq: int, lamport: int, fields: Mapping[str, Json]) -> None:
        self._stream = stream
        self._seq = seq
        self._lamport = lamport
        self.fields = fields

    def __getitem__(self, field: str) -> list[Value]:
        if field not in self.fields:
            return []
        return [Value(self._stream, self._seq, self._lamport, self.fields[field])]

    def __contains__(self, field: object) -> bool:
        return field in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)


def is_disputed(heads: Heads) -> bool:
    """Whether any field has several values."""
    return not isinstance(heads, UncontestedValues) and any(
        len(values) > 1 for values in heads.values()
    )
