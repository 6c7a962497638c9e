"""What every ``--help`` says beside its arguments: a sentence, an example, and the meaning of each argument."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from typing import Final

from desktop.runtime.texts.catalogue import Catalogue

_MOST_EXAMPLES: Final = 3
"""Of a group of commands."""


def walk(
    parser: argparse.ArgumentParser, path: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every parser with the words that lead to it; ``""`` for the program itself."""
    yield path, parser
    for name, inner in branches(parser).items():
        yield from walk(inner, f"{path} {name}".strip())


def branches(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below ``parser``, by name."""
    return {
        name: inner
        for action in parser._actions  # noqa: SLF001 - argparse has no other way to its own actions
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        for name, inner in action.choices.items()
    }


def arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What can be given to one command, without help and the commands below it."""
    for action in parser._actions:  # noqa: SLF001
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction):  # noqa: SLF001
            yield action


def argument_name(action: argparse.Action) -> str:
    """``to`` of ``--to``, ``case`` of the positional."""
    return (action.option_strings[-1:] or [action.dest])[0].lstrip("-").replace("-", "_")


def explain(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Give ``parser`` and every one below it a sentence, an example and words for arguments that have none."""
    for path, found in walk(parser):
        for name, short in _short(found).items():
            inner = f"{path} {name}".strip()
            branches(found)[name].description = _sentence(inner, short, texts)
        found.epilog = _after(path, found, texts)
        for action in arguments(found):
            if action.help is None:
                action.help = _meaning(path, argument_name(action), texts)


def _short(parser: argparse.ArgumentParser) -> dict[str, str]:
    """The words each command below ``parser`` has in its list."""
    return {
        choice.dest: choice.help or ""
        for action in parser._actions  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        for choice in action._choices_actions  # noqa: SLF001
    }


def _sentence(path: str, short: str, texts: Catalogue) -> str:
    key = f"cli_about.{command_key(path)}"
    return texts.text(key) if key in texts else short


def command_key(path: str) -> str:
    """The part of a key that stands for a command."""
    return path.replace(" ", "_").replace("-", "_")


def examples(path: str, parser: argparse.ArgumentParser, texts: Catalogue) -> tuple[str, ...]:
    """Of one command, or of some below it."""
    key = f"cli_examples.{command_key(path)}"
    if path and key in texts:
        return (texts.text(key),)
    below = (
        line
        for name, inner in branches(parser).items()
        for line in examples(f"{path} {name}".strip(), inner, texts)
    )
    return tuple(islice(below, _MOST_EXAMPLES))


def _after(path: str, parser: argparse.ArgumentParser, texts: Catalogue) -> str:
    shown = examples(path, parser, texts)
    lines = [texts.text("cli.help.examples"), *(f"  {line}" for line in shown)]
    if path:
        lines += ["", texts.text("cli.help.global_options")]
    return "\n".join(lines)


def _meaning(path: str, name: str, texts: Catalogue) -> str | None:
    """Of the argument of this command, else of every argument of that name."""
    own = f"cli_options.{command_key(path)}.{name}"
    shared = f"cli_options.any.{name}"
    for key in (own, shared):
        if key in texts:
            return texts.text(key)
    return None
