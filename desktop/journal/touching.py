"""What entries of others will touch, told before they come in: who touches nothing of it need not wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from desktop.domain.records.fields import text
from desktop.journal.entry import Entry
from desktop.journal.kinds import CASE_MERGED, CASE_UNMERGED

_MOST: Final = 800
"""Names beyond which a transaction is better alone: a server has room for some thousand locks in all."""
_FAR: Final = frozenset({CASE_MERGED, CASE_UNMERGED})
"""They reach into other cases."""


@dataclass(frozen=True, slots=True)
class Touching:
    """Streams that are written, subjects that are spoken of, and the cases these belong to."""

    streams: frozenset[str]
    subjects: frozenset[str]
    cases: frozenset[str]

    @property
    def names(self) -> list[str]:
        """All of them, told apart from each other."""
        cases = {f"case/{case}" for case in self.cases}
        return sorted({f"stream {name}" for name in self.streams} | self.subjects | cases)


@dataclass(slots=True)
class Touched:
    """Notes entry by entry what they touch."""

    _streams: set[str] = field(default_factory=set)
    _subjects: set[str] = field(default_factory=set)
    _cases: set[str] = field(default_factory=set)
    _bounded: bool = True

    def note(self, entry: Entry) -> None:
        """``entry`` is among them."""
        if not self._bounded:
            return
        self._streams.add(entry.stream)
        self._subjects.add(entry.subject)
        kind, _, key = entry.subject.partition("/")
        case = key if kind == "case" else text(entry.fields, "case")
        if case:
            self._cases.add(case)
        if len(self._subjects) + len(self._cases) > _MOST or entry.kind in _FAR:
            self._bounded = False

    def with_own(self, streams: frozenset[str], subject: str) -> Touching | None:
        """All that was noted, and what is written about it in one's own streams; None for anything at all."""
        if not self._bounded:
            return None
        return Touching(
            frozenset(self._streams) | streams,
            frozenset(self._subjects) | {subject},
            frozenset(self._cases),
        )
