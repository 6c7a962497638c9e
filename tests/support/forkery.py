"""``fanzha`` in a process of its own for each command, forked from one that has loaded it: to be killed, or to have
system calls that fail, by strace.

A command of the real program starts in a second or more, most of which is loading; with hundreds of failures to try,
that would be all they take.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

from desktop.app.installation import Machine
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.support.installations import CHEAP, PASSWORD
from tests.support.loaded_program import load_program

ROOT = Path(__file__).resolve().parents[2]
_HIT = "(INJECTED)"
_PATIENCE_S = 60
_CHEAP = "cheap"
_NEVER = 65_535
"""As many as strace counts."""
_CALL = re.compile(r'(\w+)\((?:\d+<([^>]*)>|"([^"]*)")')
_NAMED = re.compile(r"[0-9a-f]{6,}|[0-9]+")
"""What tells one file of a kind from another."""


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
    """Runs commands over profiles, one at a time. ``surroundings``: variables that they find beside those of the test;
    ``cheap``: what they make of passwords costs little, and opening it again does."""

    def __init__(
        self, folder: Path, surroundings: Mapping[str, str] | None = None, *, cheap: bool = False
    ) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, *([_CHEAP] if cheap else [])],
            cwd=ROOT,
            env={**os.environ, "FANZHA_PASSWORD": PASSWORD, **(surroundings or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def kinds(self, root: Path, calls: str, *words: str) -> list[tuple[str, ...]]:
        """What a command asks of these calls, the first of each of its threads first: the call and the kind of file."""
        ended = self.run(root, Fault(calls, "EIO", _NEVER), *words)
        assert ended.status == 0, ended
        threads: dict[str, list[str]] = {}
        for line in (self._folder / "calls").read_text("utf-8", "replace").splitlines():
            thread, _, call = line.partition(" ")
            if found := _CALL.match(call.strip()):
                kind = _NAMED.sub("#", f"{found[1]} {found[2] or found[3]}")
                threads.setdefault(thread, []).append(kind)
        return [tuple(sorted(set(filter(None, row)))) for row in zip_longest(*threads.values())]

    def run(self, root: Path, fault: Fault, *words: str) -> Ended:
        """One command over the profile at ``root``."""
        child = self._child(root, words)
        log = self._folder / "calls"
        with _failing(child, fault, log):
            self._say("go")
            status = self._answer()
        hits = [line for line in log.read_text("utf-8", "replace").splitlines() if _HIT in line]
        return self._ended(status, tuple(hits))

    def begin(self, root: Path, *words: str) -> Begun:
        """One command over the profile at ``root``, at which it works already."""
        process = os.pidfd_open(self._child(root, words))
        self._say("go")
        return Begun(self, process)

    def has_answered_within(self, seconds: float) -> bool:
        """Whether the command that was begun has ended."""
        source = self._process.stdout
        assert source is not None
        return bool(select.select([source], [], [], seconds)[0])

    def end(self, patience_s: float = _PATIENCE_S) -> Ended:
        """Of the command that was begun."""
        assert self.has_answered_within(patience_s), "it hangs"
        return self._ended(self._answer(), ())

    def close(self) -> None:
        """No more commands."""
        self._process.communicate(timeout=_PATIENCE_S)

    def _child(self, root: Path, words: tuple[str, ...]) -> int:
        """A process that waits for its "go"."""
        argv = ["--profile", str(root), "--json", *words]
        out, err = str(self._folder / "out"), str(self._folder / "err")
        self._say({"argv": argv, "out": out, "err": err})
        return self._answer()

    def _ended(self, status: int, hits: tuple[str, ...]) -> Ended:
        content, told = (self._folder / "out").read_bytes(), self._folder / "err"
        return Ended(status, _document(content), told.read_text("utf-8", "replace"), hits)

    def _say(self, wish: object) -> None:
        sink = self._process.stdin
        assert sink is not None
        sink.write(json.dumps(wish) + "\n")
        sink.flush()

    def _answer(self) -> int:
        source = self._process.stdout
        assert source is not None
        return int(source.readline())


class Begun:
    """A command that works, to be killed."""

    def __init__(self, forkery: Forkery, process: int) -> None:
        self._forkery, self._process = forkery, process

    def has_ended_within(self, seconds: float) -> bool:
        """Waits so long for it."""
        return self._forkery.has_answered_within(seconds)

    def kill(self) -> None:
        """``SIGKILL``, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def end(self, patience_s: float = _PATIENCE_S) -> Ended:
        """Waits for it."""
        os.close(self._process)
        return self._forkery.end(patience_s)


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
    load_program()
    if _CHEAP in sys.argv[1:]:
        _derive_cheaply()
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


def _derive_cheaply() -> None:
    """Of passwords little is made, and the parser of all commands is made here for all of them."""
    program = vars(import_module("desktop.cli.main"))
    parser = program["build_parser"](Catalogue.load(LANGUAGES[0]))
    program["build_parser"] = lambda _texts: parser
    installation = import_module("desktop.app.installation")
    machine: Callable[[], Machine] = vars(installation)["this_machine"]
    vars(installation)["this_machine"] = lambda: replace(machine(), cost=CHEAP)


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
