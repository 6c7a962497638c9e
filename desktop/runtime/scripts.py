"""Reads the types of fraud and the questions of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.scam_types import Question, ScamType, Section, TypeName

TYPES: Final = "types.toml"
CORE: Final = "core.toml"
LANGUAGES: Final = ("zh_CN", "en")

_CODE: Final = re.compile(r"T[0-9]{2}")
_ID: Final = re.compile(r"[a-z]+(?:_[a-z]+)*")
_TYPE_SECTIONS: Final = (Section.ASK, Section.EVIDENCE, Section.FUNDS, Section.CHANNEL)
_CORE_SECTIONS: Final = (Section.ASK, Section.EVIDENCE, Section.DELIVERY)


def load_types(folder: Path) -> tuple[ScamType, ...]:
    """Every type, in the order of the file.

    Raises ``WorldError("scripts.damaged", file=…)`` when the file is missing or not what it must be.
    """
    try:
        document = _read(folder, TYPES, {"type"})
        types = tuple(_type(table) for table in document["type"])
        _unique(item.code for item in types)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=TYPES) from error
    return types


def load_core(folder: Path) -> tuple[Question, ...]:
    """What is asked and collected for every type, most urgent first; errors as for :func:`load_types`."""
    try:
        document = _read(folder, CORE, {section.value for section in _CORE_SECTIONS})
        return _questions("core", document, _CORE_SECTIONS)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=CORE) from error


def _read(folder: Path, file: str, keys: set[str]) -> Mapping[str, Any]:
    document = tomllib.loads((folder / file).read_text("utf-8"))
    _exactly(document, keys)
    return document


def _type(table: Mapping[str, Any]) -> ScamType:
    sections = {section.value for section in _TYPE_SECTIONS}
    _exactly(table, {"code", "names", *sections}, {"branch"})
    code = _text(table, "code")
    if not _CODE.fullmatch(code):
        raise ValueError("a code is T and two digits")
    _exactly(table["names"], set(LANGUAGES))
    names = {
        language: TypeName(_text(name, "short"), _text(name, "official"))
        for language, name in table["names"].items()
    }
    questions = _questions(code, table, _TYPE_SECTIONS)
    return ScamType(code, names, questions, _text(table, "branch") if "branch" in table else "")


def _questions(
    owner: str, table: Mapping[str, Any], sections: tuple[Section, ...]
) -> tuple[Question, ...]:
    found = []
    for section in sections:
        for line in table[section.value]:
            _exactly(line, {"id", *LANGUAGES})
            if not _ID.fullmatch(_text(line, "id")):
                raise ValueError("an id is a lower-case word")
            texts = {language: _text(line, language) for language in LANGUAGES}
            found.append(Question(f"{owner}.{section.value}.{line['id']}", section, texts))
    _unique(question.id for question in found)
    return tuple(found)


def _exactly(
    table: Mapping[str, Any], needed: AbstractSet[str], allowed: AbstractSet[str] = frozenset()
) -> None:
    if not needed <= set(table) <= needed | allowed:
        raise ValueError("keys missing or unknown")


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is a text")
    return value


def _unique(names: Iterator[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} stands twice")
        seen.add(name)
