"""``suggest``: a narrative on standard input, or one a line; no profile, nothing stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.analysis.suggest import TypeSuggester
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.standard_input import standard_input
from desktop.domain.errors import WorldError
from desktop.domain.interview.scripts import Scripts
from desktop.domain.interview.suggestion import StoryReading, Suggestion
from desktop.domain.records.fields import Fields
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.script_package_check import check_script_package
from desktop.runtime.packages.scripts import load_scripts
from desktop.runtime.texts.catalogue import Catalogue


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the command."""
    parser = commands.add_parser("suggest", help=texts.text("cli.help.suggest"))
    parser.add_argument("--lines", action="store_true", help=texts.text("cli.help.suggest_lines"))
    parser.add_argument("--pack", metavar="DIR", help=texts.text("cli.help.suggest_pack"))
    parser.set_defaults(run=suggest)


def suggest(context: CommandContext) -> CommandOutcome:
    """What a narrative sounds like, with two types, best first, the words that speak for each and what to ask;
    ``--pack`` tries the files of a package of scripts before it is signed.

    Raises:
        WorldError: ``file.missing``; ``scripts.damaged``, ``pack.unfit`` for files no desk would take.
    """
    folder = resource_path("scripts")
    package = Path(context.args.pack) if context.args.pack else None
    if package is not None:
        if not package.is_dir():  # else nothing of it is read, and the answer is the program's own
            raise WorldError("file.missing")
        check_script_package(package)
    scripts = load_scripts(folder, package=package)
    suggester = TypeSuggester(load_cues(folder, package=package))
    typed = standard_input()
    stories = typed.splitlines() if context.args.lines else [typed]
    found = [suggester.suggest(story, frozenset()) for story in stories]
    documents = [_document(item, scripts, context.texts.language) for item in found]
    lines = [_line(item, context) for item in documents]
    if context.args.lines:
        return CommandOutcome({"results": documents}, tuple(lines))
    return CommandOutcome(documents[0], tuple(lines))


def _document(found: StoryReading, scripts: Scripts, language: str) -> Fields:
    return {
        "verdict": found.verdict.value,
        "candidates": [_candidate(item, scripts, language) for item in found.candidates],
        "likeliest": list(found.likeliest),
        "close": found.close,
        "ask": scripts.deciding_question(found.asked, language),
        "model": found.version,
    }


def _candidate(found: Suggestion, scripts: Scripts, language: str) -> Fields:
    kind = scripts.type(found.code)
    return {
        "type": found.code,
        "name": kind.short(language) if kind else found.code,
        "score": found.score,
        "words": [reason.word for reason in found.reasons if not reason.feature],
        "reasons": [
            {
                "word": reason.word,
                "start": reason.start,
                "end": reason.end,
                "weight": reason.weight,
            }
            for reason in found.reasons
        ],
    }


def _line(document: Fields, context: CommandContext) -> str:
    candidates = document["candidates"]
    assert isinstance(candidates, list)  # noqa: S101 - made above
    shown = [
        f"{item['type']} {item['name']} {item['score']}% ({' '.join(map(str, item['words']))})"
        for item in candidates
    ]
    verdict = context.texts.text(f"suggestion.verdict.{document['verdict']}")
    return "; ".join((verdict, *shown))
