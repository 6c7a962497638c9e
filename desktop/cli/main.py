"""``fanzha``: parse, run one command, print its outcome. The commands are fixed; each has a file here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from desktop import __version__
from desktop.app.installation import this_machine
from desktop.cli.context import CommandContext, CommandOutcome, WrongUsageError
from desktop.cli.explain import arguments as arguments_of
from desktop.cli.explain import branches, explain
from desktop.cli.profile import show_commands
from desktop.cli.upgrade_first import OPTION as UPGRADE_COPY
from desktop.domain.errors import AppError, WorldError
from desktop.runtime.processes.shared_library import missing_library
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.runtime.texts.log import describe

_KEYS: Final = {
    "usage: ": "usage",
    "%(prog)s: error: %(message)s\n": "error",
    "argument %(argument_name)s: %(message)s": "argument",
    "positional arguments": "positional",
    "options": "options",
    "show this help message and exit": "show_help",
    "unrecognized arguments: %s": "unrecognized",
    "the following arguments are required: %s": "required",
    "one of the arguments %s is required": "one_required",
    "not allowed with argument %s": "not_with",
    "expected one argument": "expected_one",
    "expected at least one argument": "expected_some",
    "ignored explicit argument %r": "takes_none",
    "invalid choice: %(value)r (choose from %(choices)s)": "choice",
    "invalid %(type)s value: %(value)r": "value",
}
"""Its sentence → the last part of the key below ``cli.usage``. What another Python words otherwise stays English."""


def speak(texts: Catalogue) -> None:
    """From now on it speaks the language of ``words``."""

    def translated(text: str) -> str:
        key = _KEYS.get(text)
        return texts.text(f"cli.usage.{key}") if key else text

    vars(argparse)["_"] = translated


if TYPE_CHECKING:
    from desktop.documents.manual.book import Book


def language_of(argv: Sequence[str]) -> str:
    """``--lang`` before the parser exists: its own help must already be in that language."""
    for index, word in enumerate(argv):
        if word == "--lang" and index + 1 < len(argv):
            return argv[index + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return os.environ.get("FANZHA_LANG", "zh_CN")


class ExactParser(argparse.ArgumentParser):
    """Takes no abbreviations: ``--password`` must not pass for ``--password-file`` and put a password on the
    command line, where every process can read it. Parsers of subcommands are of the same class."""

    def __init__(self, **options: Any) -> None:
        shape = argparse.RawDescriptionHelpFormatter
        super().__init__(**{"formatter_class": shape, **options, "allow_abbrev": False})


def build_parser(texts: Catalogue) -> argparse.ArgumentParser:
    """Every command with its help. It takes global options before the command; see :func:`globals_first`."""
    from desktop.cli.commands import GROUPS  # noqa: PLC0415 - half of the time until the window is there

    parser = _with_options(ExactParser(prog="fanzha", description=texts.text("cli.about")), texts)
    parser.add_argument(
        "--version",
        action="version",
        version=f"fanzha {__version__}",
        help=texts.text("cli.help.version"),
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for group in GROUPS:
        group.add(commands, texts)
    explain(parser, texts)
    parser.set_defaults(build=build_parser)  # for the command that writes about all commands
    return parser


def _options_only(arguments: Sequence[str], texts: Catalogue) -> argparse.Namespace | None:
    """What is said where nothing but options is said, or None: then it is for the whole parser. It does nothing that it
    finds, as ``--version`` of the program would: a command may have an option of that name."""
    parser = _with_options(ExactParser(prog="fanzha", add_help=False, exit_on_error=False), texts)
    try:
        args, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return None if rest else args


def _with_options(parser: ExactParser, texts: Catalogue) -> ExactParser:
    parser.add_argument("--profile", metavar="DIR", help=texts.text("cli.help.profile"))
    parser.add_argument("--officer", metavar="N", help=texts.text("cli.help.officer"))
    parser.add_argument(
        "--password-file", metavar="FILE", help=texts.text("cli.help.password_file")
    )
    parser.add_argument(UPGRADE_COPY, metavar="DIR", help=texts.text("cli.help.upgrade_copy_to"))
    parser.add_argument("--json", action="store_true", help=texts.text("cli.help.json"))
    parser.add_argument("--lang", choices=LANGUAGES, default="", help=texts.text("cli.help.lang"))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``fanzha argv``; returns the exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = language_of(arguments)
    texts = Catalogue.load(language if language in LANGUAGES else "zh_CN")
    speak(texts)
    alone = _options_only(arguments, texts)
    if alone is not None:
        return _open_window(CommandContext(alone, texts))
    parser = build_parser(texts)
    args = parser.parse_args(globals_first(arguments, parser))
    run = getattr(args, "run", None)
    if run is None:
        if args.command is None:
            return _open_window(CommandContext(args, texts))
        parser.error(texts.text("cli.subcommand_missing"))
    context = CommandContext(args, texts)
    return _run(context, lambda: _say(context, run(context)))


def _open_window(context: CommandContext) -> int:
    return _run(context, lambda: show_commands.open_window(context, _commands))


def _commands(texts: Catalogue) -> Book:
    """For whoever opens the manual; no window waits for it."""
    from desktop.cli.command_reference import command_reference  # noqa: PLC0415

    return command_reference(texts, build_parser(texts))


_VALUED: Final = ("--profile", "--officer", "--password-file", "--lang", UPGRADE_COPY)
_JSON: Final = "--json"


def globals_first(arguments: Sequence[str], parser: argparse.ArgumentParser) -> list[str]:
    """Global options count wherever they stand before a ``--``, except where the command has one of that name itself:
    ``init --officer``."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    own = _own_options(arguments[:end], parser)
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments[:end])
    for word in words:
        name, given, _ = word.partition("=")
        if word == _JSON:
            front.append(word)
        elif name not in _VALUED or name in own:
            rest.append(word)
        else:
            front += [word] if given else [word, *islice(words, 1)]
    return [*front, *rest, *arguments[end:]]


def _own_options(arguments: Sequence[str], parser: argparse.ArgumentParser) -> frozenset[str]:
    """The options of the command that ``arguments`` name."""
    words = iter(arguments)
    found = parser
    for word in words:
        if word in _VALUED:
            next(words, None)
        found = branches(found).get(word, found)
    taken = {name for action in arguments_of(found) for name in action.option_strings}
    return frozenset() if found is parser else frozenset(taken)


def _run(context: CommandContext, work: Callable[[], int]) -> int:
    try:
        return _outcome(context, work)
    except KeyboardInterrupt:
        sys.stderr.write(context.text("interrupted") + "\n")
        return 1
    except BrokenPipeError:
        # Whoever read us went away; the interpreter must not complain about it when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _outcome(context: CommandContext, work: Callable[[], int]) -> int:
    try:
        return work()
    except AppError as error:
        return _refuse(context, error)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last net; texts of strangers may quote what somebody typed
        library = missing_library(error)
        if library:
            return _refuse(context, show_commands.library_error(library))
        number = this_machine().ids.new_id()[-6:].upper()
        sys.stderr.write(f"{number} {describe(error)}\n")
        return _refuse(context, AppError("unexpected", report=number))


def _say(context: CommandContext, outcome: CommandOutcome) -> int:
    """What was done is done whether or not it can be told."""
    try:
        _print(context, outcome)
    except BrokenPipeError:
        raise
    except OSError as error:
        context.tell(WorldError("output.unwritten", errno=error.errno or 0))
        return 1
    return 0 if outcome.ok else 1


def _print(context: CommandContext, outcome: CommandOutcome) -> None:
    if context.args.json:
        print(json.dumps(outcome.document, ensure_ascii=False))
    else:
        for line in outcome.lines:
            print(line)
    sys.stdout.flush()


def _refuse(context: CommandContext, error: AppError) -> int:
    context.tell(error)
    status = 2 if isinstance(error, WrongUsageError) else 1
    if context.args.json:
        words = context.texts.error_text(error)
        document = {
            "ok": False,
            "error": error.code,
            "what": words.what,
            "safe": words.safe,
            "do": words.do,
        }
        try:
            _print(context, CommandOutcome(document))
        except BrokenPipeError:
            raise
        except OSError:  # a full disk; standard error has told what there is to tell
            return status
    return status
