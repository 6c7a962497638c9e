"""Whether the player works on this computer: it is given a second of silence and asked how long it is."""

from __future__ import annotations

import io
import json
import threading
import wave

from desktop.domain.errors import WorldError
from desktop.runtime.processes.talking_helper import TalkingHelper
from desktop.ui.evidence.player.messages import (
    COMMAND,
    NAME,
    OCTETS,
    OCTETS_HEAD,
    STATE,
    WANT,
    WANT_HEAD,
)

_RATE = 8000


def opens(seconds: float) -> bool:
    """Whether the player says the length of the silence within ``seconds``."""
    trial = _Trial(_silence())
    try:
        helper = TalkingHelper(NAME, trial)
    except WorldError:
        return False
    try:
        trial.begin(helper)
        return trial.over.wait(seconds) and trial.duration == 1000
    finally:
        helper.close()


class _Trial:
    """Gives the octets and listens for the length."""

    def __init__(self, data: bytes) -> None:
        self.over = threading.Event()
        self.duration = 0
        self._data = data
        self._helper: TalkingHelper | None = None

    def begin(self, helper: TalkingHelper) -> None:
        """Ask for the recording to be opened."""
        self._helper = helper
        helper.say(COMMAND, json.dumps({"do": "open", "size": len(self._data)}).encode())

    def heard(self, kind: bytes, body: bytes) -> None:
        """On the listening thread."""
        if kind == WANT and self._helper is not None:
            number, place, count = WANT_HEAD.unpack(body)
            part = self._data[place : place + count]
            self._helper.say(OCTETS, OCTETS_HEAD.pack(number) + part)
        elif kind == STATE:
            state = json.loads(body)
            self.duration = state.get("duration", 0)
            if self.duration or state.get("error"):
                self.over.set()

    def ended(self) -> None:
        """The player is gone."""
        self.over.set()


def _silence() -> bytes:
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(bytes(2 * _RATE))
    return whole.getvalue()
