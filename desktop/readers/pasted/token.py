"""What a finder found, in places of the folded text, and which places are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.statements.proposal import Confidence
from desktop.readers.pasted.quick_search import QuickSearch


@dataclass(frozen=True, slots=True)
class Token:
    """One reading of ``text[start:end]``. ``role``: whose it is by its own words. ``pattern``: what matched.
    ``because``: where the words stand that weighed most in what was learned."""

    kind: str
    value: str
    start: int
    end: int
    confidence: Confidence = Confidence.LIKELY
    role: str = ""
    pattern: str = ""
    because: tuple[tuple[int, int], ...] = ()


class Claims:
    """A folded text of which each sign is read as one thing at most; who comes first has it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._taken = bytearray(len(text))

    def free(self, start: int, end: int) -> bool:
        """Whether nobody has any of it."""
        return self._taken.find(1, start, end) < 0

    def free_until(self, start: int, end: int) -> int:
        """Where the first of ``start`` to ``end`` is that somebody has; ``end`` where all is free."""
        found = self._taken.find(1, start, end)
        return end if found < 0 else found

    def take(self, start: int, end: int) -> bool:
        """Claim it; False when somebody has some of it."""
        if start >= end or not self.free(start, end):
            return False
        self._taken[start:end] = b"\1" * (end - start)
        return True

    def matches(
        self, search: QuickSearch, group: int | str = 0, *, outside: bool = False
    ) -> Iterator[re.Match[str]]:
        """Matches of ``search`` whose ``group`` is free; the caller takes what it keeps. ``outside``: none that begins
        with a sign that somebody has, which the whole match as ``group`` implies."""
        taken = self._taken if outside or not group else None
        for match in search.matches(self.text, taken):
            if match.start(group) >= 0 and self.free(match.start(group), match.end(group)):
                yield match

    def before(self, place: int, reach: int) -> str:
        """At most ``reach`` signs before ``place``, of the same line."""
        found = self.text[max(0, place - reach) : place]
        return found.rpartition("\n")[2]

    def label_before(self, place: int, reach: int = 20) -> str:
        """What names the thing at ``place``: the line so far, else the short line above it."""
        line = self.before(place, reach).rstrip(" ")
        if line.strip(" :"):
            return line
        start = self.text.rfind("\n", max(0, place - 200), place)
        above = self.text[max(0, start - reach) : max(start, 0)].rpartition("\n")[2]
        return above if len(above) < reach else ""

    def after(self, place: int, reach: int) -> str:
        """At most ``reach`` signs from ``place``, of the same line."""
        return self.text[place : place + reach].partition("\n")[0]
