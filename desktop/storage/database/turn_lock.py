"""A lock that goes to whoever asked first: who takes it again and again lets others in between."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class TurnLock:
    """A context manager for several threads; not to be nested. One of ``threading`` goes to whoever happens to run,
    which is who just gave it back."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    @property
    def is_taken(self) -> bool:
        """Whether somebody has the turn: right after one gave it back, whether somebody waited for it."""
        return self._held

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()
        except (
            BaseException
        ):  # somebody pressed Ctrl+C: the turn goes on, or is no longer waited for
            self._give_up(turn)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False

    def _give_up(self, turn: threading.Lock) -> None:
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        self._pass_on()
