"""What a command gets: its arguments, the words of the chosen language, and a way to sign in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from desktop.app.installation import Installation, Machine
from desktop.cli.upgrade_first import copy_first
from desktop.domain.errors import AppError, RuleError, UserInputError, WorldError
from desktop.domain.progress import SILENT, Progress
from desktop.runtime.files.paths import default_profile_folder
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.officers.trust_changes import unseen_changes
from desktop.services.session import Session

SECOND_VARIABLE: Final = "FANZHA_SECOND_PASSWORD"  # a name


class WrongUsageError(UserInputError):
    """An argument lacks that only the others make necessary. Exits with 2, as what the parser itself refuses does."""


@dataclass(frozen=True, slots=True)
class CommandOutcome:
    """What a command says: one JSON document, and lines for people. ``ok`` False exits with 1."""

    document: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    ok: bool = True


class TerminalProgress:
    """A percentage on standard error, only where a person watches."""

    def __init__(self) -> None:
        self._shown = -1

    def advance(self, done: int, total: int) -> None:
        """Rewrite the percentage when it changes."""
        percent = done * 100 // total if total else 0
        if percent != self._shown:
            self._shown = percent
            end = "\n" if percent >= 100 else ""
            sys.stderr.write(f"\r{percent:3d} %{end}")
            sys.stderr.flush()

    def check(self) -> None:
        """Ctrl+C stops a command; there is no other way to ask."""


@dataclass(frozen=True, slots=True)
class CommandContext:
    """One invocation."""

    args: argparse.Namespace
    texts: Catalogue
    machine: Machine | None = field(default=None)

    def text(self, key: str, **params: str | int) -> str:
        """Words of the ``cli`` area."""
        return self.texts.text(f"cli.{key}", **params)

    def tell(self, error: AppError) -> None:
        """What happened, what is safe and what to do, for the person at the terminal."""
        words = self.texts.error_text(error)
        for part in (words.what, words.safe, words.do):
            # Words that nobody can read any more are no reason to leave a report unregistered.
            with suppress(OSError):
                sys.stderr.write(f"{part}\n" if part else "")

    @property
    def progress(self) -> Progress:
        """Progress for long work."""
        return TerminalProgress() if sys.stderr.isatty() and not self.args.json else SILENT

    @property
    def profile_folder(self) -> Path:
        """``--profile``, else ``FANZHA_PROFILE``, else the user's own."""
        chosen = self.args.profile or os.environ.get("FANZHA_PROFILE", "")
        return Path(chosen).expanduser().absolute() if chosen else default_profile_folder()

    def installation(self) -> Installation:
        """The installation at the profile folder."""
        return Installation(self.profile_folder, self.machine)

    def password(self) -> str:
        """From ``--password-file`` or ``FANZHA_PASSWORD``; never from an argument."""
        return secret(self.args.password_file, "FANZHA_PASSWORD", "password.not_given")

    def officer(self) -> str:
        """``--officer``, else ``FANZHA_OFFICER``, else the only one there is."""
        number: str = self.args.officer or os.environ.get("FANZHA_OFFICER", "")
        if not number:
            installation = self.installation()
            if not installation.exists():
                raise WorldError("profile.missing")
            officers = installation.key_file().officers()
            if len(officers) != 1:
                raise UserInputError("officer.not_given")
            number = officers[0]
        return number

    def second(self, session: Session) -> SecondOfficer | None:
        """The officer named by ``--second``, by their own password from ``--second-password-file`` or
        ``FANZHA_SECOND_PASSWORD``; None where nobody is named."""
        number: str = self.args.second
        return prove_second(session, number, self.second_password()) if number else None

    def second_password(self) -> str:
        """The password of a second officer; never from an argument."""
        file: str | None = self.args.second_password_file
        return secret(file, SECOND_VARIABLE, "second.password_not_given")

    def copy_first(self, installation: Installation) -> None:
        """Before anything is opened by a program that is another version."""
        copy_first(installation, self.args.upgrade_copy_to, self.texts, self.progress)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Sign in, work, close."""
        with self.signed_in() as installation:
            yield installation.session

    @contextmanager
    def signed_in(self) -> Iterator[Installation]:
        """The installation itself, signed in to; for what concerns its keys."""
        installation, number, password = self.installation(), self.officer(), self.password()
        self.copy_first(installation)
        installation.sign_in(number, password)
        for warning in (*installation.warnings, *installation.files.warnings):
            self.tell(warning)
        unseen = unseen_changes(installation.session)
        if unseen and getattr(self.args, "verb", "") != "changes":
            self.tell(RuleError("trust.changed", count=len(unseen)))
        try:
            yield installation
        finally:
            installation.close()


def add_second(parser: Any, texts: Catalogue) -> None:
    """Declare ``--second`` of a command that takes two officers."""
    parser.add_argument(
        "--second", metavar="OFFICER", default="", help=texts.text("cli.help.second")
    )
    parser.add_argument("--second-password-file", metavar="FILE")


def secret(file: str | None, variable: str, missing: str) -> str:
    """A secret from a file's first line or an environment variable."""
    if file:
        try:
            return Path(file).read_text("utf-8-sig").splitlines()[0]
        except (OSError, IndexError, UnicodeDecodeError) as error:
            raise UserInputError("password.file_unreadable") from error
    value = os.environ.get(variable, "")
    if not value:
        raise UserInputError(missing)
    return value
