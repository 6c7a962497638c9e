"""The command line, run inside the test process with a clock in hand and a cheap key derivation."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop.cli import main as program
from desktop.runtime.texts.catalogue import Catalogue

CODE, NAME = "620102540000", "张掖路派出所"


_build_parser = program.build_parser


@cache
def _parser_in(language: str) -> ArgumentParser:
    texts = Catalogue.load(language)
    program.speak(texts)
    return _build_parser(texts)


def _parser(texts: Catalogue) -> ArgumentParser:
    """Parsers of all commands are made once; nothing that a command is asked changes one."""
    return _parser_in(texts.language)


program.build_parser = _parser


@dataclass(frozen=True, slots=True)
class TerminalOutput:
    """What a command left on the terminal and its exit status."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document; there must be nothing else on standard output."""
        assert self.out.count("\n") == 1, self.out
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True, slots=True)
class Terminal:
    """Commands over the profile at ``profile``."""

    profile: Path

    def say(self, *words: object, typed: str | bytes = "", lang: str = "") -> TerminalOutput:
        """``fanzha --profile … words``, with ``typed`` on standard input."""
        argv = ["--profile", str(self.profile), *(["--lang", lang] if lang else [])]
        return run(*argv, *words, typed=typed)

    def json(self, *words: object, typed: str | bytes = "") -> dict[str, Any]:
        """The document of a command that must go well; nothing may be on standard error."""
        said = self.say("--json", *words, typed=typed)
        assert said.status == 0, said.err
        assert said.err == ""
        return said.document

    def refused(self, code: str, *words: object, typed: str | bytes = "", status: int = 1) -> None:
        """The command must fail with ``code``, in both languages, with nothing on standard output but JSON."""
        said = self.say("--json", *words, typed=typed)
        assert said.status == status
        assert set(said.document) == {"ok", "error", "what", "safe", "do"}
        assert (said.document["ok"], said.document["error"]) == (False, code), said.document
        shown = said.err.splitlines()
        assert shown == [said.document[part] for part in ("what", "safe", "do")]
        english = self.say(*words, typed=typed, lang="en")
        assert (english.status, english.out) == (status, "")
        assert english.err != said.err
        assert sum(letter.isascii() for letter in english.err) > len(english.err) // 2


def with_second(session: Terminal, folder: Path, roles: str = "custodian") -> tuple[str, ...]:
    """Enrol a second officer, who chooses a password of their own; the words by which they take part in a command.
    From then on ``FANZHA_OFFICER`` or ``--officer`` has to say who signs in."""
    number, given, own = "620178", folder / "second.given", folder / "second.own"
    given.write_text("Kx-given-7-word!", "utf-8")
    own.write_text("Kx-own-8-word!", "utf-8")
    session.json(
        "officer", "add", number, "--name", "孙立", "--roles", roles,
        "--new-password-file", given,
    )  # fmt: skip
    signed = ("--officer", number, "--password-file", given)
    session.json(*signed, "officer", "password", "--new-password-file", own)
    return "--second", number, "--second-password-file", str(own)


def run(*words: object, typed: str | bytes = "") -> TerminalOutput:
    """``fanzha words`` on a computer whose own encoding is not that of our files."""
    octets = typed.encode() if isinstance(typed, str) else typed
    out, err, former = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(octets), encoding="gb18030")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            try:
                status = program.main([str(word) for word in words])
            except SystemExit as ended:
                status = int(ended.code or 0)
    finally:
        sys.stdin = former
    return TerminalOutput(status, out.getvalue(), err.getvalue())
