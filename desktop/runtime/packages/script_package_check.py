"""Whether the program can work with the questions of a package."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Final

from desktop.domain.cases.scam_types import ScriptQuestion, Section
from desktop.domain.errors import WorldError
from desktop.domain.interview.scripts import Scripts
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.scripts import load_scripts
from desktop.runtime.texts.catalogue import LANGUAGES

_NEEDED: Final = (Section.STATEMENT, Section.BRANCH)
"""Sections whose lines the program asks for by name."""


def check_script_package(folder: Path) -> None:
    """Every type with its cues, visit, branch and wording of the program must still be there: reports name them. Cues
    of a type nobody can choose are refused.

    Raises ``WorldError`` for what can not be read (``scripts.damaged``) or is missing (``pack.unfit``).
    """
    program = resource_path("scripts")
    own, new = load_scripts(program), load_scripts(program, package=folder)
    _same("type", {item.code for item in own.types}, {item.code for item in new.types})
    _same("visit", {item.kind for item in own.visits}, {item.kind for item in new.visits})
    _same("line", set(_named(own)), set(_named(new)))
    book, named = load_cues(program, package=folder), {item.code for item in new.types}
    _same(
        "cues of type",
        {item.code for item in load_cues(program).types},
        {item.code for item in book.types},
    )
    _same("type", {item.code for item in book.types}, named)
    for name, line in _named(own).items():
        for language in LANGUAGES:
            if _places(line, language) != _places(_named(new)[name], language):
                raise WorldError("pack.unfit", reason=f"{name}: places")


def _named(scripts: Scripts) -> dict[str, ScriptQuestion]:
    lines = (*scripts.core, *scripts.law)
    return {line.id: line for line in lines if line.section in _NEEDED}


def _places(line: ScriptQuestion, language: str) -> set[str]:
    """The names in braces."""
    if line.section is not Section.STATEMENT:
        return set()
    return {name for _, name, _, _ in Formatter().parse(line.text(language)) if name is not None}


def _same(what: str, own: set[str], new: set[str]) -> None:
    missing = sorted(own - new)
    if missing:
        raise WorldError("pack.unfit", reason=f"{what} {missing[0]}: missing")
