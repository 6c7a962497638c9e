"""The patterns of pasted texts, read from ``resources/readers/pasted_text.toml``, which says what each is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NoReturn

from desktop.domain.errors import WorldError
from desktop.domain.statements.proposal import Confidence
from desktop.readers.pasted.quick_search import QuickSearch
from desktop.readers.pasted.token import Token
from desktop.runtime.files.resources import resource_path

FILE: Final = "readers/pasted_text.toml"
_PIECE: Final = re.compile(r"\{([a-z][a-z0-9_]{0,40})\}")
"""No count of a repeat begins with a letter."""


@dataclass(frozen=True, slots=True)
class TextPattern:
    """``kind`` is what is proposed, "" for a part of something; ``role`` is whose a name is.

    In each of ``examples`` exactly what stands between « and » is matched; in ``counterexamples`` nothing is, or not
    what stands there.
    """

    name: str
    shape: re.Pattern[str]
    search: QuickSearch
    kind: str
    role: str
    confidence: Confidence
    meaning: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    def token(self, value: str, start: int, end: int, sure: Confidence | None = None) -> Token:
        """What was found by it; as sure as it is by itself where nothing else is said."""
        return Token(self.kind, value, start, end, sure or self.confidence, self.role, self.name)


def pattern(name: str) -> TextPattern:
    """The pattern of that name."""
    return pattern_table()[name]


@cache
def patterns(finder: str) -> tuple[TextPattern, ...]:
    """The patterns of one list of the file, in its order."""
    return tuple(pattern(entry["name"]) for entry in _document()[finder])


@cache
def pattern_table() -> Mapping[str, TextPattern]:
    """All by their names. Raises ``WorldError("install.incomplete")``, also for a file that cannot be read."""
    try:
        table: dict[str, TextPattern] = {}
        for made in _patterns(_document()):
            if table.setdefault(made.name, made) is not made:
                _refuse_second(made.name)
    except (ValueError, KeyError, TypeError, re.error) as error:
        raise WorldError("install.incomplete", file=FILE) from error
    return table


def _refuse_second(name: str) -> NoReturn:
    raise ValueError(name)


@cache
def _document() -> Mapping[str, Any]:
    try:
        return tomllib.loads(resource_path(FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorldError("install.incomplete", file=FILE) from error


def _patterns(document: Mapping[str, Any]) -> Iterator[TextPattern]:
    pieces: dict[str, str] = {}
    for name, text in document["pieces"].items():
        pieces[name] = _whole(text, pieces)
    for finder in document.values():
        for entry in finder if isinstance(finder, list) else ():
            try:
                yield _pattern(entry, pieces)
            except (ValueError, KeyError, TypeError, re.error) as error:
                error.add_note(f"pattern {entry.get('name')}")
                raise


def _whole(text: str, pieces: Mapping[str, str]) -> str:
    return _PIECE.sub(lambda match: pieces[match[1]], text)


def _pattern(entry: Mapping[str, Any], pieces: Mapping[str, str]) -> TextPattern:
    shape = re.compile(_whole(entry["pattern"], pieces))
    return TextPattern(
        name=entry["name"],
        shape=shape,
        search=QuickSearch(shape, near=entry.get("near", ""), reach=entry.get("reach", 0)),
        kind=entry.get("kind", ""),
        role=entry.get("role", ""),
        confidence=Confidence(entry.get("confidence", Confidence.LIKELY)),
        meaning=entry["meaning"],
        examples=tuple(entry["examples"]),
        counterexamples=tuple(entry["counterexamples"]),
    )
