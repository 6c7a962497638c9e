"""Reads the words by which a type of fraud is known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.interview.cues import Cue, CueBook, TypeCues
from desktop.domain.interview.suggestion import Feature
from desktop.runtime.files.toml_text import parse_toml

FILE: Final = "cues.toml"
TYPES: Final = "types.toml"
_BAD: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, re.error)
"""What a file that is not what it must be raises while it is read."""
NO_FILES: Final[Mapping[str, str]] = MappingProxyType({})
"""A unit without files of its own."""
_MOST_WEIGHT: Final = 20
_LONGEST_PATTERN: Final = 200


def load_cues(
    folder: Path, own: Mapping[str, str] = NO_FILES, package: Path | None = None
) -> CueBook:
    """The program's cues, over them a centre's package, over both those in a unit's own type files (name → text).

    A package replaces ``cues.toml`` whole where it holds one; cues in the ``[[type]]`` tables of its ``types.toml`` (as
    of a file of ``own``) add a type, or replace what is said of the one of the same code.

    Raises ``WorldError("scripts.damaged", file=…)`` when a file of the program or of the package is missing or not what
    it must be; a file of ``own`` that cannot be read is left to :func:`~desktop.runtime.packages.scripts.load_scripts`,
    which names it.
    """
    found = package if package is not None and (package / FILE).is_file() else folder
    book = _book(found / FILE)
    types = {item.code: item for item in book.types}
    if package is not None and (package / TYPES).is_file():
        try:
            types |= {item.code: item for item in cues_in(_read(package / TYPES))}
        except _BAD as error:
            raise WorldError("scripts.damaged", file=TYPES) from error
    types |= {item.code: item for item in _own(own)}
    return CueBook(book.version, tuple(types.values()), book.other)


def cues_in(document: Mapping[str, Any]) -> Iterator[TypeCues]:
    """Cues that stand in the ``[[type]]`` tables of a file of types; raises as a careless document does."""
    return (_type(table) for table in document["type"] if "cues" in table)


def _book(file: Path) -> CueBook:
    try:
        document = _read(file)
        types = tuple(_type(table) for table in document["type"])
        other = tuple(_cue(table) for table in document.get("other", ()))
        return CueBook(str(document["version"]), types, other)
    except _BAD as error:
        raise WorldError("scripts.damaged", file=file.name) from error


def _read(file: Path) -> Mapping[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _own(files: Mapping[str, str]) -> Iterator[TypeCues]:
    for _, content in sorted(files.items()):
        try:
            yield from tuple(cues_in(parse_toml(content)))
        except _BAD:
            continue


def _type(table: Mapping[str, Any]) -> TypeCues:
    features = {
        Feature(name): _weight(weight) for name, weight in table.get("features", {}).items()
    }
    return TypeCues(str(table["code"]), tuple(_cue(cue) for cue in table["cues"]), features)


def _cue(table: Mapping[str, Any]) -> Cue:
    words = tuple(str(word).lower() for word in table.get("words", ()))
    patterns = tuple(_pattern(str(shape)) for shape in table.get("patterns", ()))
    if not (words or patterns) or not all(words):
        raise ValueError("a cue has words")
    return Cue(_weight(table["weight"]), tuple(sorted(words, key=len, reverse=True)), patterns)


def _pattern(shape: str) -> re.Pattern[str]:
    """Shapes without an end could hold up the window while somebody types."""
    if len(shape) > _LONGEST_PATTERN or re.search(r"(?<!\\)[*+]|,\}", shape):
        raise ValueError("a pattern repeats at most a given number of times")
    return re.compile(shape)


def _weight(value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= _MOST_WEIGHT:
        raise ValueError("a weight is a whole number from 1 to 20")
    return value
