"""A command in a process of its own, to be killed while it works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.support.forkery import Forkery

_TICK = 0.002
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Worked:
    """How a child ended. ``document``: what it acknowledged, None if it was killed before it could.

    ``worked``: seconds between taking the profile's lock and the end.
    """

    document: dict[str, Any] | None
    worked: float


class Child:
    """One command over the profile at ``root``."""

    def __init__(self, forkery: Forkery, root: Path, *words: str) -> None:
        self._lock = root / "instance.lock"
        self._command = forkery.begin(root, *words)

    def run(self) -> Worked:
        """Let it finish."""
        return self._ended(self._await_work())

    def kill_after(self, delay: float) -> Worked:
        """``SIGKILL``, ``delay`` seconds after it took the profile's lock, if it still runs then."""
        began = self._await_work()
        self._command.has_ended_within(delay)
        self._command.kill()
        return self._ended(began)

    def _await_work(self) -> float:
        started = perf_counter()
        while not (self._lock.exists() and self._lock.stat().st_size):
            if self._command.has_ended_within(_TICK) or perf_counter() - started > _PATIENCE:
                break
        return perf_counter()

    def _ended(self, began: float) -> Worked:
        ended = self._command.end()
        assert ended.status <= 0, ended.told
        return Worked(ended.document, perf_counter() - began)
