"""How long work tells of itself and hears that it should stop."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, Protocol, TypeVar

T = TypeVar("T")


WHOLE: Final = 1000
"""What a :class:`Part` counts in."""


class Progress(Protocol):
    """Handed to every long service. Calls are cheap; the receiver thins them out."""

    def advance(self, done: int, total: int) -> None:
        """``done`` of ``total`` units (bytes or items) are finished; ``total`` 0 means unknown."""
        ...

    def check(self) -> None:
        """Raise :class:`desktop.domain.errors.Cancelled` if the person asked to stop."""
        ...


class PartialProgress:
    """A stretch of longer work, from ``start`` to ``end`` thousandths of the whole."""

    def __init__(self, whole: Progress, start: int, end: int) -> None:
        self._whole = whole
        self._start = start
        self._span = end - start

    def advance(self, done: int, total: int) -> None:
        """Tell it as thousandths of the whole; a stretch of unknown length has only begun."""
        share = self._span * min(done, total) // total if total else 0
        self._whole.advance(self._start + share, WHOLE)

    def check(self) -> None:
        """Pass it on."""
        self._whole.check()


class Tally:
    """What is done bit by bit, told as a sum of ``total``; each bit is an occasion to stop."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, amount: int) -> None:
        """So much more is done."""
        self._progress.check()
        self._done += amount
        self._progress.advance(self._done, self._total)


class Untold:
    """Long work that is no part of what is told: a wish to stop is heard in it all the same."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def advance(self, done: int, total: int) -> None:
        """Ignore."""

    def check(self) -> None:
        """Pass it on."""
        self._progress.check()


class Silent:
    """Progress nobody watches."""

    def advance(self, done: int, total: int) -> None:
        """Ignore."""

    def check(self) -> None:
        """Never cancelled."""


SILENT = Silent()


def counted(items: Collection[T], progress: Progress, at_once: int = 1000) -> Iterator[T]:
    """The items, each thousand of them told and an occasion to stop."""
    for place, item in enumerate(items):
        if place % at_once == 0:
            progress.check()
            progress.advance(place, len(items))
        yield item
    progress.advance(len(items), len(items))
