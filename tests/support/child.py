"""``python -m desktop`` as a process of its own, to be killed while it works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.support.installations import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
_TICK = 0.002
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended. ``document``: what it acknowledged, None if it was killed before it could.

    ``worked``: seconds between taking the profile's lock and the end.
    """

    status: int
    document: dict[str, Any] | None
    worked: float


class Child:
    """One command over the profile at ``root``."""

    def __init__(self, root: Path, *words: str) -> None:
        self._lock = root / "instance.lock"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "--profile", str(root), "--json", *words],
            cwd=ROOT,
            env={**os.environ, "FANZHA_PASSWORD": PASSWORD},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self) -> Ended:
        """Let it finish."""
        return self._ended(self._await_work())

    def kill_after(self, delay: float) -> Ended:
        """``SIGKILL``, ``delay`` seconds after it took the profile's lock, if it still runs then."""
        began = self._await_work()
        self._has_ended_within(delay)
        self._process.kill()
        return self._ended(began)

    def _await_work(self) -> float:
        started = perf_counter()
        while not (self._lock.exists() and self._lock.stat().st_size):
            if self._has_ended_within(_TICK) or perf_counter() - started > _PATIENCE:
                break
        return perf_counter()

    def _has_ended_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _ended(self, began: float) -> Ended:
        out, err = self._process.communicate(timeout=_PATIENCE)
        status = self._process.returncode
        assert status <= 0, err.decode()
        document = json.loads(out) if out.endswith(b"\n") else None
        return Ended(status, document, perf_counter() - began)
