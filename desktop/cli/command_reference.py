"""The chapter of the manual about commands, from the parsers that take them."""

from __future__ import annotations

import argparse

from desktop.cli.explain import argument_name, arguments, branches, examples, walk
from desktop.documents.manual.book import Book
from desktop.documents.manual.markdown_text import code, plain, table
from desktop.runtime.texts.catalogue import Catalogue


def command_reference(texts: Catalogue, program: argparse.ArgumentParser) -> Book:
    """Every command of ``program`` with its sentence, how it is typed, its arguments and an example; groups are
    chapters."""
    title, about = texts.text("manual.commands.title"), texts.text("manual.commands.about")
    parts = [f"# {title}\n", f"{about}\n", _arguments(program, texts)]
    for path, parser in walk(program):
        if path:
            parts += _command(path, parser, texts)
    return Book("commands", "\n".join(parts))


def _command(path: str, parser: argparse.ArgumentParser, texts: Catalogue) -> list[str]:
    level = "##" if " " not in path else "###"
    parts = [f"{level} fanzha {path}\n", f"{plain(parser.description or '')}\n"]
    if branches(parser):
        return parts
    parts += [f"```text\n{_usage(parser)}\n```\n", _arguments(parser, texts)]
    shown = "\n".join(examples(path, parser, texts))
    return [*parts, f"{texts.text('cli.help.examples')}\n\n```text\n{shown}\n```\n"]


def _usage(parser: argparse.ArgumentParser) -> str:
    """How it is typed, without the word before it and without ``-h``."""
    whole = " ".join(parser.format_usage().split())
    return parser.prog + whole.partition(parser.prog)[2].replace(" [-h]", "", 1)


def _arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> str:
    rows = [
        (code(_written(action)), _meaning(action, texts))
        for action in arguments(parser)
    ]  # fmt: skip
    head = (texts.text("manual.commands.argument"), texts.text("manual.settings.meaning"))
    return table(head, rows) if rows else ""


def _written(action: argparse.Action) -> str:
    name = action.metavar or argument_name(action)
    return ", ".join(action.option_strings) or (name if isinstance(name, str) else " ".join(name))


def _meaning(action: argparse.Action, texts: Catalogue) -> str:
    meaning = plain(action.help or "")
    if not action.choices:
        return meaning
    choices = ", ".join(code(str(choice)) for choice in action.choices)
    return f"{meaning} ({choices})" if texts.language == "en" else f"{meaning}（{choices}）"
