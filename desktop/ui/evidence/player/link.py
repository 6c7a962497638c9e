"""The desk's side of the player: starts it, gives it octets, tells what it shows; and whether it works on this PC."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, BinaryIO, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.domain.errors import AppError, WorldError
from desktop.runtime.processes.talking_helper import HelperListener, TalkingHelper
from desktop.ui.evidence.player.messages import (
    COMMAND,
    FRAME,
    FRAME_HEAD,
    MOST_FRAME,
    MOST_WANTED,
    NAME,
    OCTETS,
    OCTETS_HEAD,
    STATE,
    WANT,
    WANT_HEAD,
    WAVE,
)

_SILENT_SECONDS = 20.0
_WATCH_MS = 1000


class Helper(Protocol):
    """A started player."""

    def say(self, kind: bytes, body: bytes) -> bool:
        """Send a message."""
        ...

    def close(self) -> None:
        """End it."""
        ...


StartHelper = Callable[[HelperListener], Helper]


def start_player(listener: HelperListener) -> Helper:
    """The player as a process beside the desk. Raises ``WorldError("helper.missing")``."""
    return TalkingHelper(NAME, listener)


@dataclass(frozen=True, slots=True)
class PlayState:
    """Moments in milliseconds; ``rate`` in pictures a thousand seconds, 0 if unknown."""

    position: int = 0
    duration: int = 0
    playing: bool = False
    video: bool = False
    audio: bool = False
    rate: int = 0


@dataclass(frozen=True, slots=True)
class Wave:
    """Loudness, 0 to 100, of each step."""

    step_ms: int
    peaks: tuple[int, ...]


class PlayerLink(QObject):
    """One recording. ``lost(code)``: it can not be played (any more), ``evidence.unshown.<code>`` says why."""

    state_changed = Signal(object)
    """:class:`PlayState`."""
    pictured = Signal(object, int)
    """QImage and its moment."""
    waved = Signal(object)
    """:class:`Wave`."""
    lost = Signal(str)

    def __init__(self, stream: BinaryIO, size: int, parent: QObject, start: StartHelper) -> None:
        super().__init__(parent)
        self._stream = stream
        self._size = size
        self._closed = False
        self._heard_at = monotonic()
        self._helper: Helper | None = None
        self._start = start
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._check)

    def open(self) -> None:
        """Start the player with the recording."""
        try:
            self._helper = self._start(self)
        except WorldError:
            self.lost.emit("no_player")
            return
        # A pane that is thrown away takes its player along, without a word to anybody.
        self.destroyed.connect(partial(_end, self._helper, self._stream))
        self._watch.start()
        self.command("open", size=self._size)

    def command(self, do: str, **values: int) -> None:
        """Tell the player what to do."""
        if self._helper is not None:
            self._helper.say(COMMAND, json.dumps({"do": do, **values}).encode())

    def close(self) -> None:
        """End the player and let go of the content."""
        self._closed = True
        self._watch.stop()
        if self._helper is not None:
            self._helper.close()
            self._helper = None
        self._stream.close()

    def heard(self, kind: bytes, body: bytes) -> None:
        """On the listening thread. What is not understood is a broken player."""
        self._heard_at = monotonic()
        try:
            if kind == WANT:
                self._give(*WANT_HEAD.unpack(body))
            elif kind == FRAME:
                self._picture(body)
            elif kind == STATE:
                self._state(json.loads(body))
            elif kind == WAVE:
                found = json.loads(body)
                self._emit(self.waved, Wave(int(found["step_ms"]), tuple(found["peaks"])))
        except (ValueError, KeyError, TypeError, AttributeError, struct.error, AppError):
            self._emit(self.lost, "damaged")

    def ended(self) -> None:
        """On the listening thread: the player is gone."""
        if not self._closed:
            self._emit(self.lost, "player_gone")

    def _give(self, number: int, place: int, count: int) -> None:
        data = b""
        if count <= MOST_WANTED and not self._closed:
            with contextlib.suppress(ValueError):  # closed meanwhile
                self._stream.seek(place)
                data = self._stream.read(count)
        helper = self._helper
        if helper is not None:
            helper.say(OCTETS, OCTETS_HEAD.pack(number) + data)

    def _picture(self, body: bytes) -> None:
        width, height, moment = FRAME_HEAD.unpack_from(body)
        pixels = body[FRAME_HEAD.size :]
        if not 0 < width * height <= MOST_FRAME or len(pixels) != width * height * 4:
            raise ValueError("frame")
        image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()
        self._emit(self.pictured, image, moment)

    def _state(self, found: dict[str, Any]) -> None:
        if found.get("error"):
            self._emit(self.lost, str(found["error"]))
            return
        self._emit(
            self.state_changed,
            PlayState(
                int(found["position"]),
                int(found["duration"]),
                bool(found["playing"]),
                bool(found["video"]),
                bool(found["audio"]),
                int(found["rate"]),
            ),
        )

    def _emit(self, signal: Any, *values: object) -> None:
        if not self._closed:
            with contextlib.suppress(RuntimeError):  # the window went away meanwhile
                signal.emit(*values)

    def _check(self) -> None:
        if monotonic() - self._heard_at > _SILENT_SECONDS:
            self.close()
            self.lost.emit("too_slow")


def _end(helper: Helper, stream: BinaryIO) -> None:
    """Once more does no harm."""
    helper.close()
    stream.close()


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
