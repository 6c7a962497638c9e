"""A process beside ours for work with hostile or heavy content: started at the first question, killed when it hangs.

Questions and answers are octets with their length before them, over its standard input and output. What the process may
not do stands in ``confinement``; whatever happens in it, this program goes on.
"""

from __future__ import annotations

import contextlib
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

from desktop.domain.errors import WorldError
from desktop.runtime.processes.confinement import helper_environment

OPTION: Final = "--helper"
"""The first argument of the program when it is to be a helper; the second is the helper's name."""
_LENGTH: Final = struct.Struct(">I")
_MOST: Final = 1 << 30


class HelperProcess:
    """One helper, one question at a time; safe to ask from several threads."""

    def __init__(self, name: str, seconds: float) -> None:
        """``seconds`` is how long an answer may take."""
        self._name = name
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def ask(self, question: bytes) -> bytes:
        """The answer.

        Raises ``WorldError``: ``helper.missing`` (it cannot be started), ``helper.failed`` (it ended without an
        answer), ``helper.too_long``. The next question starts it anew.
        """
        return self.ask_with(question, (), 0)

    def ask_with(self, question: bytes, pieces: Iterable[bytes], size: int) -> bytes:
        """The answer to ``question`` followed by ``size`` octets in ``pieces``, which need never be together in memory.

        Raises as :meth:`ask`, and whatever giving the pieces raises.
        """
        with self._lock:
            process = self._running() or self._start()
            try:
                _send(_pipe(process.stdin), question, pieces, size)
                return self._answer()
            except BaseException as error:
                self._stop()  # it failed, hangs, or waits for octets that will not come
                if isinstance(error, OSError):
                    raise WorldError("helper.failed") from error
                raise

    def _answer(self) -> bytes:
        try:
            answer = self._answers.get(timeout=self._seconds)
        except queue.Empty:
            raise WorldError("helper.too_long", seconds=int(self._seconds)) from None
        if answer is None:
            raise WorldError("helper.failed")
        return answer

    def interrupt(self) -> None:
        """End it under whoever asks, who gets ``helper.failed`` at once."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the helper, if it runs."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes] | None:
        process = self._process
        return process if process is not None and process.poll() is None else None

    def _start(self) -> subprocess.Popen[bytes]:
        self._stop()
        try:
            process = subprocess.Popen(  # noqa: S603 - ourselves
                helper_command(self._name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=helper_environment(),
            )
        except OSError as error:
            raise WorldError("helper.missing") from error
        self._process = process
        self._answers = queue.SimpleQueue()
        self._listener = threading.Thread(
            target=_listen, args=(_pipe(process.stdout), self._answers), name="helper", daemon=True
        )
        self._listener.start()
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._listener is not None:
            self._listener.join()  # it holds the pipe until it has seen the end
            self._listener = None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def helper_command(name: str) -> list[str]:
    """How this program is started as a helper, from a checkout, a wheel or a frozen build."""
    program = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    )
    return [*program, OPTION, name]


def desk_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The helper's side: where questions come from and where answers go.

    What libraries print from now on does not get among the answers.
    """
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    return sys.stdin.buffer, out


def serve(answer: Callable[[bytes], bytes], source: BinaryIO, sink: BinaryIO) -> None:
    """The helper's side: answer until nobody asks any more."""
    while (question := receive(source)) is not None:
        send(sink, answer(question))


def send(pipe: BinaryIO, data: bytes) -> None:
    """One message."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """The next message; None when the other side is gone, also in the midst of one."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _MOST:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None


def _send(pipe: BinaryIO, question: bytes, pieces: Iterable[bytes], size: int) -> None:
    pipe.write(_LENGTH.pack(len(question) + size))
    pipe.write(question)
    pipe.writelines(pieces)
    pipe.flush()


def _listen(pipe: BinaryIO, answers: queue.SimpleQueue[bytes | None]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while (answer := receive(pipe)) is not None:
            answers.put(answer)
    answers.put(None)


def _pipe(pipe: object) -> BinaryIO:
    if pipe is None:
        raise OSError("the helper has no pipe")
    return pipe  # type: ignore[return-value]  # Popen types them IO[bytes]
