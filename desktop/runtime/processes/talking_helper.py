"""A helper that speaks unasked: a player, which tells how far it is and asks for the octets it needs.

Messages both ways are octets with their length before them; the first octet says what kind the rest is.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable
from typing import BinaryIO, Protocol

from desktop.domain.errors import WorldError
from desktop.runtime.processes.confinement import helper_environment
from desktop.runtime.processes.helper_process import helper_command, receive, send


class HelperListener(Protocol):
    """Called on a thread of the helper, never two calls at once."""

    def heard(self, kind: bytes, body: bytes) -> None:
        """A message."""
        ...

    def ended(self) -> None:
        """The helper is gone, by itself or by :meth:`TalkingHelper.close`."""
        ...


class TalkingHelper:
    """One helper process and the thread that listens to it."""

    def __init__(self, name: str, listener: HelperListener) -> None:
        """Start it. Raises ``WorldError("helper.missing")``."""
        self._listener = listener
        self._sending = threading.Lock()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                helper_command(name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=helper_environment(),
            )
        except OSError as error:
            raise WorldError("helper.missing") from error
        self._thread = threading.Thread(target=self._listen, name="player", daemon=True)
        self._thread.start()

    def say(self, kind: bytes, body: bytes) -> bool:
        """Send a message; False where nobody is there any more."""
        return _say(self._process.stdin, self._sending, kind, body)

    def close(self) -> None:
        """End it. The listener hears of it; not to be called from the listener."""
        self._process.kill()
        self._process.wait()
        if threading.current_thread() is not self._thread:
            self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _listen(self) -> None:
        pipe = self._process.stdout
        with contextlib.suppress(OSError, ValueError):
            while pipe is not None and (message := receive(pipe)):  # type: ignore[arg-type]  # IO[bytes]
                self._listener.heard(message[:1], message[1:])
        self._listener.ended()


class Talker:
    """The helper's side: speaks whenever it likes, and hears on a thread of its own."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._sending = threading.Lock()

    def say(self, kind: bytes, body: bytes) -> bool:
        """Send a message; False where nobody is there any more."""
        return _say(self._sink, self._sending, kind, body)

    def listen(
        self, heard: Callable[[bytes, bytes], object], ended: Callable[[], object]
    ) -> threading.Thread:
        """Pass every message on until the desk goes away."""

        def run() -> None:
            with contextlib.suppress(OSError, ValueError):
                while message := receive(self._source):
                    heard(message[:1], message[1:])
            ended()

        thread = threading.Thread(target=run, name="ear", daemon=True)
        thread.start()
        return thread


def _say(pipe: object, lock: threading.Lock, kind: bytes, body: bytes) -> bool:
    try:
        with lock:
            send(pipe, kind + body)  # type: ignore[arg-type]  # Popen types it IO[bytes]
    except (OSError, ValueError):
        return False
    return True
