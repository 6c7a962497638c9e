"""What lies in one account while money is followed: traced money of several origins, and other money (``None``)."""

from __future__ import annotations

from collections import deque
from typing import Final, Protocol

from desktop.domain.money.money_flow import TracingMethod, share_out

Parts = list[tuple[str | None, int]]
"""(origin, fen); None for money nobody follows."""
_OTHER: Final = ""


class Holdings(Protocol):
    """``take`` never fails: what is not there came from where no paper shows, and counts as other money."""

    balance: int

    def put(self, parts: Parts) -> None:
        """Money comes in."""

    def take(self, fen: int) -> Parts:
        """Money leaves."""

    def rest(self) -> dict[str, int]:
        """Traced money that is left, by origin."""


class _Lots:
    """Money in the order it came; ``last_first`` for LIFO."""

    __slots__ = ("_last_first", "_lots", "balance")

    def __init__(self, *, last_first: bool) -> None:
        self._lots: deque[tuple[str | None, int]] = deque()
        self._last_first = last_first
        self.balance = 0

    def put(self, parts: Parts) -> None:
        for part in parts:
            self._lots.append(part)
            self.balance += part[1]

    def take(self, fen: int) -> Parts:
        taken: Parts = []
        left = fen
        while left and self._lots:
            origin, here = self._lots.pop() if self._last_first else self._lots.popleft()
            used = min(here, left)
            taken.append((origin, used))
            left -= used
            if here > used:
                self._push_back((origin, here - used))
        self.balance -= fen - left
        if left:
            taken.append((None, left))
        return taken

    def _push_back(self, lot: tuple[str | None, int]) -> None:
        if self._last_first:
            self._lots.append(lot)
        else:
            self._lots.appendleft(lot)

    def rest(self) -> dict[str, int]:
        left: dict[str, int] = {}
        for origin, fen in self._lots:
            if origin is not None:
                left[origin] = left.get(origin, 0) + fen
        return left


class _Mixed:
    """Money that cannot be told apart; ``other_first`` for the lowest intermediate balance."""

    __slots__ = ("_other_first", "_sums", "balance")

    def __init__(self, *, other_first: bool) -> None:
        self._sums: dict[str, int] = {}
        self._other_first = other_first
        self.balance = 0

    def put(self, parts: Parts) -> None:
        for origin, fen in parts:
            name = _OTHER if origin is None else origin
            self._sums[name] = self._sums.get(name, 0) + fen
            self.balance += fen

    def take(self, fen: int) -> Parts:
        taken: Parts = []
        left = min(fen, self.balance)
        missing = fen - left
        self.balance -= left
        if self._other_first:
            other = min(left, self._sums.get(_OTHER, 0))
            self._reduce(_OTHER, other)
            left -= other
            missing += other
        for name, share in share_out(left, self._sorted()).items():
            self._reduce(name, share)
            if share:
                taken.append((name or None, share))
        if missing:
            taken.append((None, missing))
        return taken

    def _sorted(self) -> dict[str, int]:
        """By name, so that the odd fen never depends on the order of a file."""
        return {name: self._sums[name] for name in sorted(self._sums)}

    def _reduce(self, name: str, fen: int) -> None:
        if fen:
            self._sums[name] -= fen
            if not self._sums[name]:
                del self._sums[name]

    def rest(self) -> dict[str, int]:
        return {name: fen for name, fen in self._sums.items() if name and fen}


def holdings(method: TracingMethod) -> Holdings:
    """An empty account that gives money away by ``method``."""
    if method in {TracingMethod.FIFO, TracingMethod.LIFO}:
        return _Lots(last_first=method is TracingMethod.LIFO)
    return _Mixed(other_first=method is TracingMethod.LOWEST)
