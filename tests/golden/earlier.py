"""An earlier program, taken from the history of this repository and run beside this one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.terminal import TerminalOutput
from tests.golden.posts import Post
from tests.support.clocks import HandClock

ROOT: Final = Path(__file__).resolve().parents[2]
WRONG_USAGE: Final = 2
_VARIABLES: Final = ("FANZHA_PASSWORD", "FANZHA_NEW_PASSWORD", "FANZHA_SECOND_PASSWORD")


class EarlierProgram:
    """Commands of an earlier program, one at a time, under our clock."""

    def __init__(self, code: Path, clock: HandClock) -> None:
        self._clock = clock
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("served.py"))],
            cwd=code,
            env={**os.environ, "PYTHONPATH": str(code)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, argv: list[str], typed: str) -> TerminalOutput:
        """One command."""
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None
        assert sink is not None
        environment = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
        instant = self._clock.now().isoformat()
        wish = {"argv": argv, "typed": typed, "instant": instant, "environment": environment}
        sink.write(json.dumps(wish) + "\n")
        sink.flush()
        return TerminalOutput(**json.loads(source.readline()))

    def close(self) -> None:
        """No more commands."""
        self._process.communicate(timeout=60)


@dataclass(frozen=True, slots=True)
class EarlierPost(Post):
    """A profile at which an earlier program is used."""

    program: EarlierProgram | None = None

    def say(self, *words: object, typed: str | bytes = "", lang: str = "") -> TerminalOutput:
        """The same, by that program."""
        assert self.program is not None
        assert isinstance(typed, str)
        argv = ["--profile", str(self.profile), *(["--lang", lang] if lang else [])]
        return self.program.run([*argv, "--officer", self.officer, *map(str, words)], typed)

    def two(self, *words: object) -> dict[str, Any]:
        """The same; alone where that program asks for nobody else."""
        said = self.say("--json", *words, "--second", self.second)
        assert said.status in {0, WRONG_USAGE}, said.err
        return self.json(*words) if said.status else said.document

    def whole(self, *words: object) -> dict[str, Any]:
        """The same; that program may hide nothing."""
        said = self.say("--json", *words, "--reveal")
        assert said.status in {0, WRONG_USAGE}, said.err
        return self.json(*words) if said.status else said.document

    def shown(self, case: str) -> dict[str, Any]:
        """The same; that program may hide nothing."""
        said = self.say("--json", "report", "show", case, "--reveal")
        return self.json("report", "show", case) if said.status == WRONG_USAGE else said.document


@contextmanager
def earlier_program(commit: str, folder: Path, clock: HandClock) -> Iterator[EarlierProgram]:
    """The program of a commit, unpacked below ``folder``; the test is skipped where the clone has no such commit."""
    git = ["git", "-C", str(ROOT)]
    there = subprocess.run(
        [*git, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True, check=False
    )
    if there.returncode:
        pytest.skip(f"this clone does not reach back to commit {commit}")
    code = folder / f"program-{commit}"
    if not code.exists():
        packed = subprocess.run(
            [*git, "archive", commit, "desktop", "resources"], capture_output=True, check=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(code, filter="data")
    program = EarlierProgram(code, clock)
    try:
        yield program
    finally:
        program.close()
