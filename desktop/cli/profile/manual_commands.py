"""``manual``: the books of the program's help as files, to be read or printed elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.app.windows.manual import write_manual
from desktop.cli.command_reference import command_reference
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.documents.manual.book import Book
from desktop.runtime.system_clock import SystemClock
from desktop.runtime.texts.catalogue import Catalogue


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the command."""
    parser = commands.add_parser("manual", help=texts.text("cli.help.manual"))
    parser.add_argument("--to", metavar="DIR", required=True)
    parser.set_defaults(run=write_books)


def write_books(context: CommandContext) -> CommandOutcome:
    """Both languages: one HTML file for all books, a PDF for each."""

    def commands(texts: Catalogue) -> Book:
        return command_reference(texts, context.args.build(texts))

    done = write_manual(Path(context.args.to), commands, SystemClock())
    lines = tuple(context.texts.text("manual.written", file=str(path)) for path in done)
    return CommandOutcome({"files": [str(path) for path in done]}, lines)
