"""Progress of what is written and then read back from the medium."""

from __future__ import annotations

from desktop.domain.progress import Progress


class WriteThenReadProgress:
    """Shows writing as the first half of the work and, after :meth:`turn`, reading back as the second."""

    def __init__(self, progress: Progress, size: int) -> None:
        """``size``: octets to be written."""
        self._progress = progress
        self._size = max(size, 1)
        self._before = 0

    def wrote(self, done: int) -> None:
        """``done`` octets of all."""
        self.advance(done, self._size)

    def turn(self) -> None:
        """Everything is written."""
        self._before = self._size

    def advance(self, done: int, total: int) -> None:
        """See :class:`Progress`; ``total`` may count more than the octets that were written."""
        part = self._size * min(done, total) // max(total, 1)
        self._progress.advance(self._before + part, 2 * self._size)

    def check(self) -> None:
        """See :class:`Progress`."""
        self._progress.check()
