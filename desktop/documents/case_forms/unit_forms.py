"""What a unit adapts: phrases and templates that are bound for this profile, checked before they are used.

``phrases.toml`` holds a table a form with the wording that stands in its free places at first; ``<template>.typ``
takes the place of the shipped template of that name. What is not as it must be is left out and named; the shipped
wording is used instead, so that a slip of the pen never keeps a paper from being printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import tomli_w

from desktop.documents.case_forms.form_specs import FormEntry, all_forms
from desktop.domain.errors import UserInputError
from desktop.domain.papers.paper import MAX_TEXT
from desktop.runtime.files.toml_text import parse_toml

PHRASES: Final = "phrases.toml"
TEMPLATE: Final = ".typ"
_MOST_WORDS: Final = 200
_CHANGED: Final = "changed outside the program; what is bound is used"


@dataclass(frozen=True, slots=True)
class UnitTexts:
    """``texts``: file name → the text the unit prints by. ``changed``: names of files that say something else on the
    disk, which nobody approved. ``originals``: file name → the shipped text it was made from, where that is known."""

    texts: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    originals: Mapping[str, str] = field(default_factory=dict)


def no_texts() -> UnitTexts:
    """Nothing is adapted."""
    return UnitTexts()


@dataclass(frozen=True, slots=True)
class UnitForms:
    """``phrases``: form → place → wording; ``idle`` those of forms and places there are none of, as another version of
    the program had them. ``templates``: name → text. ``faults``: file name → what is wrong. ``damaged``: the file of
    phrases can not be read at all."""

    phrases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    idle: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    damaged: bool = False


class UnitPapers:
    """What the unit adapted, asked for anew each time: another window may have approved a file meanwhile."""

    def __init__(self, unit: Callable[[], UnitTexts], shipped: Path) -> None:
        self._unit = unit
        self._shipped = shipped
        self._texts: UnitTexts | None = None
        self._read = UnitForms()
        self._broken: dict[bytes, str] = {}

    def forms(self) -> UnitForms:
        """What holds now."""
        texts = self._unit()
        if texts != self._texts:
            self._texts, self._read = texts, read_unit_forms(texts, self._shipped)
        return self._read

    def adapted_file(self, name: str) -> tuple[str, str] | None:
        """What the unit made of a file, and the original of that; None where it made nothing."""
        unit = self._unit()
        text = unit.texts.get(name)
        return None if text is None else (text, unit.originals.get(name, ""))

    def adapted(self, entry: FormEntry) -> FormEntry:
        """The form with the unit's phrases in the place of the shipped ones."""
        return with_phrases(entry, self.forms())

    def template(self, name: str) -> bytes | None:
        """The unit's template, unless there is none or it proved broken."""
        source = self.forms().templates.get(name)
        return None if source is None or _digest(source) in self._broken else source

    def reject(self, source: bytes, reason: str) -> None:
        """The typesetter could not use it."""
        self._broken[_digest(source)] = reason[:_MOST_WORDS]

    def faults(self) -> tuple[tuple[str, str], ...]:
        """File name and what is wrong, of everything that is left out."""
        unit = self.forms()
        broken = {
            f"{name}{TEMPLATE}": self._broken[_digest(source)]
            for name, source in unit.templates.items()
            if _digest(source) in self._broken
        }
        return tuple(sorted({**unit.faults, **broken}.items()))

    def with_phrase(self, form: str, place: str, words: str) -> str:
        """The text of ``phrases.toml`` with a wording put into it.

        Raises ``UserInputError("forms.phrases_damaged")``: what is bound is not what it must be, and is not replaced.
        """
        unit = self.forms()
        if unit.damaged:
            raise UserInputError("forms.phrases_damaged")
        phrases = {name: dict(table) for name, table in unit.phrases.items()}
        for name, table in unit.idle.items():
            phrases.setdefault(name, {}).update(table)
        phrases.setdefault(form, {})[place] = words.replace("{", "｛").replace("}", "｝")
        return tomli_w.dumps(phrases)


def with_phrases(entry: FormEntry, unit: UnitForms) -> FormEntry:
    """A form with a unit's phrases in the place of the shipped ones."""
    own = unit.phrases.get(entry.id)
    return replace(entry, phrases={**entry.phrases, **own}) if own else entry


def read_unit_forms(unit: UnitTexts, shipped: Path) -> UnitForms:
    """Phrases and templates of a unit, with what is wrong with them."""
    faults = dict.fromkeys(unit.changed, _CHANGED)
    templates: dict[str, bytes] = {}
    phrases = _Phrases({}, {})
    damaged = False
    for name, text in sorted(unit.texts.items()):
        try:
            if name == PHRASES:
                phrases = _parted(read_phrases(text))
                if phrases.idle:
                    faults[name] = _unplaced(phrases.idle)
            elif name.endswith(TEMPLATE):
                templates[name.removesuffix(TEMPLATE)] = _template(name, text, shipped)
        except (OSError, ValueError) as error:
            faults[name] = str(error)[:_MOST_WORDS]
            damaged = damaged or name == PHRASES
    return UnitForms(phrases.used, templates, faults, phrases.idle, damaged)


def _template(name: str, text: str, shipped: Path) -> bytes:
    """Raises ``ValueError`` for a template of no form, or one that would leave out what was written or signed."""
    stem = name.removesuffix(TEMPLATE)
    if not any(entry.template == stem for entry in all_forms()):
        raise ValueError(f"no form has the template {stem}")
    original = (shipped / name).read_text("utf-8")
    wanted = _places(stem)
    missing = [key for key in wanted if f'"{key}"' in original and f'"{key}"' not in text]
    if missing:
        raise ValueError(f"leaves out {', '.join(missing)}")
    return text.encode()


def _places(template: str) -> list[str]:
    own = (entry for entry in all_forms() if entry.template == template)
    return sorted({key for entry in own for key in (*entry.editable, *entry.signed_by)})


Wordings = Mapping[str, Mapping[str, str]]
"""Form → place → wording."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    used: Wordings
    idle: Wordings


def read_phrases(text: str) -> Wordings:
    """The file of phrases. Raises ``ValueError`` for one that holds anything else than short texts."""
    document: Mapping[str, Any] = parse_toml(text)
    for form, table in document.items():
        if not isinstance(table, dict):
            raise ValueError(f"no form {form}")  # noqa: TRY004 - told like all that is wrong with the file
        for place, words in table.items():
            if not isinstance(words, str) or len(words) > MAX_TEXT:
                raise ValueError(f"{form}.{place} is no text of at most {MAX_TEXT} characters")
    return document


def _parted(document: Wordings) -> _Phrases:
    """The wordings of today's places, and the others: a form that lost a place takes no other wording with it."""
    known = {entry.id: frozenset(entry.editable) for entry in all_forms()}
    used: dict[str, dict[str, str]] = {}
    idle: dict[str, dict[str, str]] = {}
    for form, table in document.items():
        for place, words in table.items():
            side = used if place in known.get(form, ()) else idle
            side.setdefault(form, {})[place] = words
        if form not in known:
            idle.setdefault(form, {})
    return _Phrases(used, idle)


def _unplaced(idle: Wordings) -> str:
    """What a form or place of an earlier or later version is told by."""
    forms = {entry.id for entry in all_forms()}
    named = [
        f"{form} has no place {place}" if form in forms else f"no form {form}"
        for form, table in idle.items()
        for place in table or ("",)
    ]
    return "; ".join(dict.fromkeys(named))[:_MOST_WORDS]


def _digest(source: bytes) -> bytes:
    return hashlib.sha256(source).digest()
