"""The process beside the program that leads to fcitx 4: begun before the window, again when it dies, ended with us."""

from __future__ import annotations

import threading
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.talking_helper import TalkingHelper

_NAME: Final = "input"
_SECONDS: Final = 5.0
"""How long the window waits for it."""
_STARTS: Final = 4
"""After so many it is left: typing is by letters then."""


class InputBridge:
    """Begun at once. It ends by itself when this process does, however that ends."""

    def __init__(self) -> None:
        self._settled = threading.Event()
        self.ready = False
        """Whether it could be asked once."""
        self._closed = False
        self._starts = 0
        self._helper: TalkingHelper | None = None
        self._start()

    def wait(self) -> bool:
        """Until it can be asked, for a while; whether it can."""
        return self._settled.wait(_SECONDS) and self.ready

    def close(self) -> None:
        """End it."""
        self._closed = True
        if self._helper is not None:
            self._helper.close()

    def heard(self, _kind: bytes, _body: bytes) -> None:
        """It says one thing: that it is ready."""
        self.ready = True
        self._settled.set()

    def ended(self) -> None:
        """Begin it again: Qt finds the new one by its name."""
        if self._helper is not None:
            self._helper.close()
        self._start()

    def _start(self) -> None:
        if self._closed or self._starts == _STARTS:
            self._settled.set()
            return
        self._starts += 1
        try:
            self._helper = TalkingHelper(_NAME, self)
        except WorldError:
            self._settled.set()
