"""How long work tells of itself and hears that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Handed to every long service. Calls are cheap; the receiver thins them out."""

    def advance(self, done: int, total: int) -> None:
        """``done`` of ``total`` units (bytes or items) are finished; ``total`` 0 means unknown."""
        ...

    def check(self) -> None:
        """Raise :class:`desktop.domain.errors.Cancelled` if the person asked to stop."""
        ...


class Silent:
    """Progress nobody watches."""

    def advance(self, done: int, total: int) -> None:
        """Ignore."""

    def check(self) -> None:
        """Never cancelled."""


SILENT = Silent()
