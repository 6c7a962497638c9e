"""``fanzha`` in a process of its own for each command, forked from one that has loaded it; and system calls of such a
process that fail, by strace.

A command of the real program starts in a second or more, most of which is loading; with hundreds of failures to try,
that would be all they take.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from tests.support.installations import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
_LOADED = ("desktop.cli.main", "desktop.app.adapters")
_HIT = "(INJECTED)"
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """The ``nth`` of these calls of a thread fails with ``error``; ``calls`` as strace names them."""

    calls: str
    error: str
    nth: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended. ``document``: what it said, None if that is no JSON. ``hits``: the calls that failed."""

    status: int
    document: dict[str, Any] | None
    told: str
    hits: tuple[str, ...]


class Forkery:
    """Runs commands over profiles, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            env={**os.environ, "FANZHA_PASSWORD": PASSWORD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, root: Path, fault: Fault, *words: str) -> Ended:
        """One command over the profile at ``root``."""
        argv = ["--profile", str(root), "--json", *words]
        wish = {"argv": argv, "out": str(self._folder / "out"), "err": str(self._folder / "err")}
        child = int(self._ask(wish))
        log = self._folder / "calls"
        with _failing(child, fault, log):
            status = int(self._ask("go"))
        hits = [line for line in log.read_text("utf-8", "replace").splitlines() if _HIT in line]
        content = (self._folder / "out").read_bytes()
        return Ended(
            status, _document(content), (self._folder / "err").read_text("utf-8"), tuple(hits)
        )

    def close(self) -> None:
        """No more commands."""
        self._process.communicate(timeout=_PATIENCE_S)

    def _ask(self, wish: object) -> str:
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None
        assert sink is not None
        sink.write(json.dumps(wish) + "\n")
        sink.flush()
        return source.readline()


def why_not_traced() -> str:
    """Why no process may be traced here; "" if it may."""
    trial = subprocess.run(
        ["strace", "-o", os.devnull, "-e", "trace=fsync", "true"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return trial.stderr if trial.returncode else ""


@contextmanager
def _failing(child: int, fault: Fault, log: Path) -> Iterator[None]:
    """strace holds on to the process ``child`` and all it starts until they end."""
    inject = f"inject={fault.calls}:error={fault.error}:when={fault.nth}"
    words = ["-f", "-y", "-e", f"trace={fault.calls}", "-e", "signal=none", "-e", inject]
    tracer = subprocess.Popen(
        ["strace", *words, "-o", str(log), "-p", str(child)], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    first = tracer.stderr.readline()
    assert "attached" in first, first
    yield
    tracer.communicate(timeout=_PATIENCE_S)


def _document(content: bytes) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(content)
    except ValueError:
        return None
    return found


def _serve(wishes: IO[str]) -> None:
    for name in _LOADED:
        import_module(name)
    for line in wishes:
        wish = json.loads(line)
        wait, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(wait, 1)
            _become(wish)
        os.close(wait)
        _answer(child)
        wishes.readline()
        os.close(go)
        _answer(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _become(wish: dict[str, Any]) -> None:
    """Never returns: the command's outcome is that of the process."""
    for number, path in ((0, os.devnull), (1, wish["out"]), (2, wish["err"])):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["fanzha", *wish["argv"]]
    status = 1
    try:
        status = import_module("desktop.__main__").main()
        sys.stdout.flush()
    except OSError:
        status = 120  # as the interpreter ends that can not flush
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.stdin)
