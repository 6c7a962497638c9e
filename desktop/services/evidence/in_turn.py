"""The order in which evidence is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.evidence.item import StoredBlob

Stored = tuple[Path, StoredBlob]
"""A file whose content is in the vault."""


class InTurn:
    """Files that are durable and not recorded yet. They are recorded as they were given, not as the pool finished them:
    photos of a chat tell a story."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._places = {path: place for place, path in enumerate(files)}
        self._held: dict[int, list[Stored]] = {}
        self._first = self._end = 0

    def add(self, done: Stored) -> None:
        """It is durable now."""
        self._held.setdefault(self._places[done[0]], []).append(done)
        while self._end in self._held:
            self._end += 1

    @property
    def in_turn(self) -> int:
        """How many places there are before the first that is not durable."""
        return self._end - self._first

    def take(self) -> list[Stored]:
        """What is in turn."""
        places, self._first = range(self._first, self._end), self._end
        return [done for place in places for done in self._held.pop(place)]

    def take_all(self) -> list[Stored]:
        """The rest, without those that never came."""
        return [done for place in sorted(self._held) for done in self._held.pop(place)]
