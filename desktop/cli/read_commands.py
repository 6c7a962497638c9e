"""``read FILE`` and ``read -``: no profile, no password of ours, nothing stored."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from desktop.cli.context import Context, Outcome
from desktop.cli.pasted_text import read_standard_input
from desktop.cli.read_picture import read_picture
from desktop.cli.read_shapes import statement_outcome
from desktop.domain.errors import UserInputError
from desktop.readers.statements.open_statement import open_statement
from desktop.runtime.catalogue import Catalogue
from desktop.runtime.gray_pictures import MOST_OCTETS

_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def add(commands: Any, words: Catalogue) -> None:
    """Declare the command."""
    parser = commands.add_parser("read", help=words.text("cli.help.read"))
    parser.add_argument("file", metavar="FILE")
    parser.set_defaults(run=read)


def read(context: Context) -> Outcome:
    """Whatever the file is by its content; ``-`` is text on standard input."""
    if context.args.file == "-":
        return read_standard_input()
    try:
        source = Path(context.args.file).open("rb")  # noqa: SIM115 - closed below; opening alone may fail
    except OSError as error:
        raise UserInputError("read.file") from error
    with source:
        return _reader(source)(context, source)


def _reader(source: BinaryIO) -> Callable[[Context, BinaryIO], Outcome]:
    head = source.read(16)
    source.seek(0)
    return _picture if head.startswith(_PICTURES) else _statement


def _picture(context: Context, source: BinaryIO) -> Outcome:
    return read_picture(context, source.read(MOST_OCTETS + 1))


def _statement(context: Context, source: BinaryIO) -> Outcome:
    """A bill or statement. The password of an archive comes from ``FANZHA_FILE_PASSWORD``."""
    found = open_statement(source, os.environ.get("FANZHA_FILE_PASSWORD", "")).whole()
    return statement_outcome(context.words, found)
