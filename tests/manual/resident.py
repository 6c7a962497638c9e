"""``fanzha`` for commands of the manual: the program itself, with a key derivation that does not take its time.

Most of what a command takes is loading the program. So it is loaded once, by a process that waits at a socket and forks
for each command; the ``fanzha`` of the shell (``ask``) hands over its words, folder, variables and streams.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_STREAMS = 3
_BROKEN = 120


@contextlib.contextmanager
def resident(place: Path) -> Iterator[Path]:
    """The waiting process; yields a script that stands for ``fanzha``. ``place``: an empty folder for both."""
    listening = place / "socket"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(place)}
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, listening],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline(), "the program could not be loaded"
        script = place / "fanzha"
        words = f'"{sys.executable}" -ISE "{__file__}" "{listening}" "$@"'
        script.write_text(f"#!/bin/sh\nexec {words}\n", "utf-8")
        script.chmod(0o755)
        yield script
    finally:
        process.kill()
        process.communicate()


def ask(listening: str, words: list[str]) -> int:
    """Have a command run there; its exit status."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.connect(listening)
        mask = os.umask(0)
        wish = {"argv": words, "cwd": os.getcwd(), "umask": mask, "environ": dict(os.environ)}  # noqa: PTH109
        message = json.dumps(wish).encode()
        socket.send_fds(server, [len(message).to_bytes(4, "big")], list(range(_STREAMS)))
        server.sendall(message)
        answer = server.recv(1)
    return answer[0] if answer else _BROKEN


def _serve(listening: str) -> None:
    from desktop.app import installation  # noqa: PLC0415 - the one who asks loads nothing of ours
    from desktop.app.installation import Machine  # noqa: PLC0415
    from desktop.runtime.id_source import UuidSource  # noqa: PLC0415
    from desktop.runtime.system_clock import SystemClock  # noqa: PLC0415
    from tests.support.installations import CHEAP  # noqa: PLC0415
    from tests.support.loaded_program import load_program  # noqa: PLC0415

    load_program()
    clock = SystemClock()
    machine = Machine(clock, UuidSource(clock), CHEAP)
    installation.this_machine = lambda: machine
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(listening)
        server.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            asking, _ = server.accept()
            if os.fork() == 0:
                server.close()
                _become(asking)
            asking.close()


def _become(asking: socket.socket) -> None:
    """Never returns: the command's outcome is that of the process."""
    status = _BROKEN
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        head, streams, _, _ = socket.recv_fds(asking, 4, _STREAMS)
        with asking.makefile("rb") as source:
            wish = json.loads(source.read(int.from_bytes(head, "big")))
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(wish["cwd"])
        os.umask(wish["umask"])
        os.environ.clear()
        os.environ.update(wish["environ"])
        status = _run(wish["argv"])
    finally:
        asking.sendall(bytes([status]))
        os._exit(status)


def _run(argv: list[str]) -> int:
    from desktop.cli.main import main  # noqa: PLC0415

    sys.argv = ["fanzha", *argv]
    try:
        return main()
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    if __package__:
        _serve(sys.argv[1])
    else:
        sys.exit(ask(sys.argv[1], sys.argv[2:]))
