"""The keys that fcitx was asked about: answered in their order, and in time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 2.0
"""Seconds that a key waits for fcitx. Then it is the program's, as is every further one until fcitx speaks again."""


class Key:
    """``answer`` tells whoever pressed it whether fcitx took it."""

    def __init__(self, answer: Callable[[bool], None]) -> None:
        self._answer = answer
        self.answered = False

    def settle(self, *, taken: bool) -> None:
        """Answer once."""
        if not self.answered:
            self.answered = True
            self._answer(taken)


class KeyQueue:
    """Keys between question and answer. ``stalled`` is called when fcitx let one wait too long."""

    def __init__(self, stalled: Callable[[], None]) -> None:
        self._keys: deque[Key] = deque()
        self._when_stalled = stalled
        self._timer: asyncio.TimerHandle | None = None
        self.stalled = False
        """Whether fcitx is waited for no more; whoever hears of it again says that it is not so any longer."""

    def add(self, key: Key) -> None:
        """From now on it waits."""
        self._keys.append(key)
        if self._timer is None:
            self._wind()

    def settle(self, key: Key, *, taken: bool) -> None:
        """fcitx answered; it does so in the order of its questions."""
        if key.answered:
            return
        while self._keys[0] is not key:
            self._keys.popleft().settle(taken=False)
        self._keys.popleft().settle(taken=taken)
        self._wind()

    def give_up(self) -> None:
        """Nobody will answer: all are the program's."""
        while self._keys:
            self._keys.popleft().settle(taken=False)
        self._wind()

    def _wind(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._keys:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._stall)

    def _stall(self) -> None:
        self._timer = None
        self.stalled = True
        self.give_up()
        self._when_stalled()
