"""Reads the types of fraud and the questions of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.cases.case import Visit
from desktop.domain.cases.scam_types import (
    AnswerChoice,
    DecidingQuestion,
    ScamType,
    ScriptQuestion,
    Section,
    TypeName,
)
from desktop.domain.cases.visits import NEEDS, STEPS, VisitScript
from desktop.domain.errors import WorldError
from desktop.domain.evidence.photographing import Shot, ShotList
from desktop.domain.interview.scripts import Scripts
from desktop.runtime.files.toml_text import parse_toml
from desktop.runtime.packages.cues import NO_FILES, cues_in
from desktop.runtime.packages.evidence_guide import GUIDE, load_guide
from desktop.runtime.packages.script_tables import exactly, text, texts, unique, yes
from desktop.runtime.texts.catalogue import LANGUAGES

TYPES: Final = "types.toml"
CORE: Final = "core.toml"
VISITS: Final = "visits.toml"
LAW: Final = "law.toml"

_CODE: Final = re.compile(r"T[0-9]{2}")
_ID: Final = re.compile(r"[a-z]+(?:_[a-z]+)*")
_TYPE_SECTIONS: Final = (Section.ASK, Section.EVIDENCE, Section.FUNDS, Section.CHANNEL)
_MORE_SECTIONS: Final = (*_TYPE_SECTIONS, Section.SIGNS)
_CORE_SECTIONS: Final = (Section.ASK, Section.EVIDENCE, Section.DELIVERY, Section.STATEMENT)
_LAW_SECTIONS: Final = (Section.BRANCH, Section.CIRCUMSTANCE)
_VISIT_SECTIONS: Final = (Section.ASK, Section.ADVICE)
_LINE_MAY_HAVE: Final = frozenset(
    {"name", "details", "urgent", "choices", "required", "cues", "hint", "noted"}
)


SHOTS: Final = "shots.toml"
DECIDING: Final = "deciding.toml"


def load_deciding(folder: Path) -> tuple[DecidingQuestion, ...]:
    """The questions that tell types apart, in the order of the file; errors as for :func:`load_types`."""
    try:
        document = _read(folder, DECIDING, {"question"})
        found = tuple(_deciding(table) for table in document["question"])
        unique(" ".join(sorted(item.labels)) for item in found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=DECIDING) from error
    return found


def _deciding(table: Mapping[str, Any]) -> DecidingQuestion:
    exactly(table, {"labels", *LANGUAGES})
    labels = _names(table, "labels")
    if not 1 <= len(labels) <= 2:
        raise ValueError("a question tells one label, or two apart")
    return DecidingQuestion(frozenset(labels), texts(table))


def load_shot_lists(folder: Path) -> tuple[ShotList, ...]:
    """The lists in ``folder``, in the order of the file.

    Raises ``WorldError("scripts.damaged", file=…)`` when the file is missing or not what it must be.
    """
    try:
        document = tomllib.loads((folder / SHOTS).read_text("utf-8"))
        lists = tuple(_list(table) for table in document["list"])
        unique(item.id for item in lists)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorldError("scripts.damaged", file=SHOTS) from error
    return lists


def _list(table: Mapping[str, Any]) -> ShotList:
    name = text(table, "id")
    shots = tuple(_shot(name, line) for line in table["shots"])
    unique(shot.id for shot in shots)
    if not shots:
        raise ValueError("a list without shots")
    return ShotList(name, texts(table["name"]), shots, tuple(map(str, table["types"])))


def _shot(owner: str, line: Mapping[str, Any]) -> Shot:
    hints = texts(line["hint"]) if "hint" in line else {}
    return Shot(f"{owner}.{text(line, 'id')}", texts(line), hints, yes(line, "needed"))


def load_scripts(
    folder: Path, own: Mapping[str, str] = NO_FILES, package: Path | None = None
) -> Scripts:
    """All questions: those of the program, over them a centre's package, over both the files of a unit's own.

    A file the ``package`` holds replaces the program's file of that name whole. A file of ``own`` (name → text, each
    with a ``version`` and its ``[[type]]`` tables) adds types, or replaces the one of the same code. Questions that
    were replaced stay known, for answers given under them. A file of ``own`` that is not what it must be is left out
    whole and named in ``faults``. Raises as :func:`load_types` for the others.
    """
    if package == folder:
        package = None  # no package was taken in, and nothing of the program's is replaced
    found = _files(folder, package)
    core, types = load_core(found[CORE]), {item.code: item for item in load_types(found[TYPES])}
    visits, law = load_visits(found[VISITS]), load_law(found[LAW])
    versions, faults, retired = [types_version(found[TYPES])], [], _lines(folder) if package else []
    for name, content in sorted(own.items()):
        try:
            version, added = own_types(content)
        except ValueError as error:
            faults.append((name, str(error)[:200]))
            continue
        retired += [
            line for item in added if item.code in types for line in types[item.code].questions
        ]
        types |= {item.code: item for item in added}
        versions.append(f"{name.removesuffix('.toml')} {version}")
    return Scripts(
        " + ".join(versions),
        _with_wordings(core, folder) if package else core,
        tuple(types.values()),
        visits,
        law,
        tuple(retired),
        tuple(faults),
        load_guide(found[GUIDE]),
        load_shot_lists(found[SHOTS]),
        load_deciding(found[DECIDING]),
    )


def _with_wordings(core: tuple[ScriptQuestion, ...], folder: Path) -> tuple[ScriptQuestion, ...]:
    """``core`` of a package with the program's own wordings of the record of interview that it does not have: a package
    made for an earlier program knows fewer of them."""
    known = {line.id for line in core}
    own = (line for line in load_core(folder) if line.section is Section.STATEMENT)
    return (*core, *(line for line in own if line.id not in known))


def _files(folder: Path, package: Path | None) -> Mapping[str, Path]:
    """File → the folder it is read from."""
    return {
        name: package if package is not None and (package / name).is_file() else folder
        for name in (CORE, TYPES, VISITS, LAW, GUIDE, SHOTS, DECIDING)
    }


def _lines(folder: Path) -> list[ScriptQuestion]:
    """Every line of the program's own files."""
    found = [*load_core(folder), *load_law(folder)]
    for kind in load_types(folder):
        found += kind.questions
    for visit in load_visits(folder):
        found += visit.questions
    return found


def own_types(content: str) -> tuple[str, tuple[ScamType, ...]]:
    """Version and types of a unit's own file. Raises ``ValueError`` for what is none."""
    try:
        document = parse_toml(content)
        exactly(document, {"type", "version"})
        types = tuple(_type(table) for table in document["type"])
        unique(item.code for item in types)
        tuple(cues_in(document))
        return text(document, "version"), types
    except re.error as error:
        raise ValueError("a cue's pattern") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def types_version(folder: Path) -> str:
    """What the types in ``folder`` call themselves, "" when it holds none; errors as for :func:`load_types`."""
    if not (folder / TYPES).is_file():
        return ""
    try:
        return text(_read(folder, TYPES, {"type"}), "version")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=TYPES) from error


def load_types(folder: Path) -> tuple[ScamType, ...]:
    """Every type, in the order of the file.

    Raises ``WorldError("scripts.damaged", file=…)`` when the file is missing or not what it must be.
    """
    try:
        document = _read(folder, TYPES, {"type"})
        types = tuple(_type(table) for table in document["type"])
        unique(item.code for item in types)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=TYPES) from error
    return types


def load_core(folder: Path) -> tuple[ScriptQuestion, ...]:
    """What is asked and collected for every type, most urgent first; errors as for :func:`load_types`."""
    return _sections(folder, CORE, _CORE_SECTIONS)


def load_law(folder: Path) -> tuple[ScriptQuestion, ...]:
    """The branches of the law a case may go, and what aggravates it; errors as for :func:`load_types`."""
    return _sections(folder, LAW, _LAW_SECTIONS)


def _sections(folder: Path, file: str, sections: tuple[Section, ...]) -> tuple[ScriptQuestion, ...]:
    try:
        document = _read(folder, file, {section.value for section in sections})
        return _questions(file.removesuffix(".toml"), document, sections)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=file) from error


def load_visits(folder: Path) -> tuple[VisitScript, ...]:
    """What each kind of visit takes; errors as for :func:`load_types`."""
    try:
        document = _read(folder, VISITS, {"visit"})
        visits = tuple(_visit(table) for table in document["visit"])
        unique(item.kind.value for item in visits)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("scripts.damaged", file=VISITS) from error
    return visits


def _visit(table: Mapping[str, Any]) -> VisitScript:
    sections = {section.value for section in _VISIT_SECTIONS}
    exactly(table, {"kind", "steps", *sections}, {"needs", "papers", "without"})
    kind = Visit(text(table, "kind"))
    steps = _names(table, "steps", STEPS)
    if "papers" not in steps:
        raise ValueError("every visit ends with its papers")
    return VisitScript(
        kind,
        steps,
        _names(table, "needs", NEEDS),
        _questions(kind.value, table, _VISIT_SECTIONS),
        _names(table, "papers"),
        _names(table, "without"),
    )


def _names(
    table: Mapping[str, Any], name: str, known: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    values = table.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{name} is a list of words")
    if known is not None and not set(values) <= set(known):
        raise ValueError(f"{name} holds an unknown word")
    unique(values)
    return tuple(values)


def _read(folder: Path, file: str, keys: set[str]) -> Mapping[str, Any]:
    document = tomllib.loads((folder / file).read_text("utf-8"))
    exactly(document, keys, {"version"})
    return document


def _type(table: Mapping[str, Any]) -> ScamType:
    sections = {section.value for section in _TYPE_SECTIONS}
    exactly(table, {"code", "names", *sections}, {"branch", "cues", Section.SIGNS.value})
    code = text(table, "code")
    if not _CODE.fullmatch(code):
        raise ValueError("a code is T and two digits")
    exactly(table["names"], set(LANGUAGES))
    names = {
        language: TypeName(text(name, "short"), text(name, "official"))
        for language, name in table["names"].items()
    }
    given = {Section.SIGNS.value: [], **table}
    questions = _questions(code, given, _MORE_SECTIONS)
    return ScamType(code, names, questions, text(table, "branch") if "branch" in table else "")


def _questions(
    owner: str, table: Mapping[str, Any], sections: tuple[Section, ...]
) -> tuple[ScriptQuestion, ...]:
    found = []
    for section in sections:
        found += [
            _question(f"{owner}.{section.value}", section, line) for line in table[section.value]
        ]
    unique(question.id for question in found)
    return tuple(found)


def _question(owner: str, section: Section, line: Mapping[str, Any]) -> ScriptQuestion:
    exactly(line, {"id", *LANGUAGES}, _LINE_MAY_HAVE)
    if not _ID.fullmatch(text(line, "id")):
        raise ValueError("an id is a lower-case word")
    name = f"{owner}.{line['id']}"
    details = tuple(_question(name, section, detail) for detail in line.get("details", ()))
    unique(detail.id for detail in details)
    return ScriptQuestion(
        name,
        section,
        texts(line),
        names=texts(line["name"]) if "name" in line else {},
        details=details,
        urgent=texts(line["urgent"]) if "urgent" in line else {},
        choices=_choices(line),
        required=yes(line, "required"),
        cues=_names(line, "cues"),
        hints=texts(line["hint"]) if "hint" in line else {},
        noted=yes(line, "noted"),
    )


def _choices(line: Mapping[str, Any]) -> tuple[AnswerChoice, ...]:
    found = []
    for item in line.get("choices", ()):
        exactly(item, {"id", *LANGUAGES}, {"urgent"})
        if not _ID.fullmatch(text(item, "id")):
            raise ValueError("an id is a lower-case word")
        urgent = texts(item["urgent"]) if "urgent" in item else {}
        found.append(AnswerChoice(item["id"], texts(item), urgent))
    unique(item.id for item in found)
    return tuple(found)
