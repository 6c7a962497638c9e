"""The words by which a type of fraud is known: data, so that a centre can ship them with a new type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.suggestion import Feature

FILE: Final = "cues.toml"
_MOST_WEIGHT: Final = 20
_LONGEST_PATTERN: Final = 200


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and shapes that say the same; however many of them stand in a text, ``weight`` counts once."""

    weight: int
    words: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class TypeCues:
    """What speaks for one type."""

    code: str
    cues: tuple[Cue, ...]
    features: Mapping[Feature, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CueBook:
    """``other`` speaks against any telecom fraud: quarrels, debts, things lost."""

    version: str = ""
    types: tuple[TypeCues, ...] = ()
    other: tuple[Cue, ...] = ()


def load_cues(folder: Path, own: Path | None = None) -> CueBook:
    """The program's cues, and over them those a unit's own type files carry (``cues`` in a ``[[type]]``).

    Raises ``WorldError("scripts.damaged", file=…)`` when the program's file is missing or not what it must be; a
    file of ``own`` that cannot be read is left to :func:`~desktop.runtime.scripts.load_scripts`, which names it.
    """
    try:
        document = tomllib.loads((folder / FILE).read_text("utf-8"))
        types = {table["code"]: _type(table) for table in document["type"]}
        other = tuple(_cue(table) for table in document.get("other", ()))
        version = str(document["version"])
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise WorldError("scripts.damaged", file=FILE) from error
    types |= {item.code: item for item in _own(own)}
    return CueBook(version, tuple(types.values()), other)


def _own(folder: Path | None) -> Iterator[TypeCues]:
    for file in sorted(folder.glob("*.toml")) if folder is not None and folder.is_dir() else ():
        try:
            tables = tomllib.loads(file.read_text("utf-8"))["type"]
            yield from [_type(table) for table in tables if "cues" in table]
        except (OSError, ValueError, KeyError, TypeError, re.error):
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
