"""The player's side: a file that lies in the desk's vault, read through the pipe."""

from __future__ import annotations

import threading
from collections import OrderedDict
from itertools import count
from typing import Final

from PySide6.QtCore import QIODevice

from desktop.runtime.processes.talking_helper import Talker
from desktop.ui.evidence.player.messages import OCTETS_HEAD, WANT, WANT_HEAD

_BLOCK: Final = 512 * 1024
_KEPT: Final = 8
_SECONDS: Final = 20.0


class OctetSource:
    """Asks the desk for octets, from any thread, and waits for them."""

    def __init__(self, talker: Talker) -> None:
        self._talker = talker
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._waiting: dict[int, threading.Event] = {}
        self._answers: dict[int, bytes] = {}

    def read(self, place: int, size: int) -> bytes:
        """Octets from ``place`` on; none where the desk cannot give them."""
        with self._lock:
            number = next(self._numbers)
            here = self._waiting[number] = threading.Event()
        self._talker.say(WANT, WANT_HEAD.pack(number, place, size))
        here.wait(_SECONDS)
        with self._lock:
            self._waiting.pop(number, None)
            return self._answers.pop(number, b"")

    def answered(self, body: bytes) -> None:
        """An answer came."""
        (number,) = OCTETS_HEAD.unpack_from(body)
        with self._lock:
            here = self._waiting.get(number)
            if here is not None:
                self._answers[number] = body[OCTETS_HEAD.size :]
                here.set()


class RemoteDevice(QIODevice):
    """Read by the decoder's threads, each device by one of them."""

    def __init__(self, desk: OctetSource, size: int) -> None:
        super().__init__()
        self._desk = desk
        self._size = size
        self._received: OrderedDict[int, bytes] = OrderedDict()
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def isSequential(self) -> bool:
        """A file is read at any place."""
        return False

    def size(self) -> int:
        """Octets of the whole."""
        return self._size

    def readData(self, wanted: int) -> bytes:
        """What follows the place; the base class moves it on."""
        place = self.pos()
        if wanted <= 0 or place >= self._size:
            return b""
        number, skip = divmod(place, _BLOCK)
        return self._block(number)[skip : skip + wanted]

    def writeData(self, _data: bytes | bytearray | memoryview, _size: int) -> int:
        """Never."""
        return -1

    def _block(self, number: int) -> bytes:
        if number in self._received:
            self._received.move_to_end(number)
            return self._received[number]
        data = self._desk.read(number * _BLOCK, min(_BLOCK, self._size - number * _BLOCK))
        if data:
            self._received[number] = data
            if len(self._received) > _KEPT:
                self._received.popitem(last=False)
        return data
