"""Which page is in front, and which one a person comes back to from a page under another."""

from __future__ import annotations


class WayBack:
    """Pages by their keys. ``current``: the one in front, "" before any was."""

    def __init__(self) -> None:
        self.current = ""
        self._parents: dict[str, str] = {}
        self._came_from: dict[str, str] = {}
        """Page under another → the one it was opened from."""

    def add(self, key: str, under: str = "") -> None:
        """A page; ``under``: the one that has the item in the rail for both."""
        self._parents[key] = under or key

    def head(self, key: str) -> str:
        """Whose item in the rail is marked while that page is in front; ``KeyError`` if it does not exist."""
        return self._parents[key]

    def go_to(self, key: str) -> None:
        """That page is in front now. Who comes back to it from one that was opened from it comes from nowhere new."""
        came = self.current
        if key not in (came, self._parents[key]) and self._came_from.get(came) != key:
            self._came_from[key] = came
        self.current = key

    def back(self) -> str:
        """The page that the one in front was opened from, "" where that one is under no other."""
        parent = self._parents.get(self.current, self.current)
        return "" if parent == self.current else self._came_from[self.current] or parent
