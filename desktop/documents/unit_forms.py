"""What a unit adapts: phrases and templates in the folder ``forms`` of the profile, checked before they are used.

``phrases.toml`` holds a table a form with the wording that stands in its free places at first; ``<template>.typ``
takes the place of the shipped template of that name. What is not as it must be is left out and named; the shipped
wording is used instead, so that a slip of the pen never keeps a paper from being printed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from desktop.documents.form_specs import FormEntry, all_forms
from desktop.domain.errors import UserInputError
from desktop.domain.papers.paper import MAX_TEXT
from desktop.runtime.atomic_file import make_private, write_atomic
from desktop.runtime.toml_text import toml_text

PHRASES: Final = "phrases.toml"
_MOST_BYTES: Final = 1_000_000
_MOST_WORDS: Final = 200

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class UnitForms:
    """``phrases``: form → place → wording. ``templates``: name → text. ``faults``: file name → what is wrong."""

    phrases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


class UnitFolder:
    """The folder, read anew whenever a file in it changed. ``folder`` None: nothing is adapted."""

    def __init__(self, folder: Path | None, shipped: Path) -> None:
        self._folder = folder
        self._shipped = shipped
        self._stamp: Stamp = ()
        self._read = UnitForms()
        self._broken: dict[bytes, str] = {}

    def forms(self) -> UnitForms:
        """What is there now."""
        if self._folder is None:
            return self._read
        stamp = _stamp(self._folder)
        if stamp != self._stamp:
            self._stamp, self._read = stamp, read_unit_forms(self._folder, self._shipped)
        return self._read

    def adapted(self, entry: FormEntry) -> FormEntry:
        """The form with the unit's phrases in the place of the shipped ones."""
        own = self.forms().phrases.get(entry.id)
        return replace(entry, phrases={**entry.phrases, **own}) if own else entry

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
            f"{name}.typ": self._broken[_digest(source)]
            for name, source in unit.templates.items()
            if _digest(source) in self._broken
        }
        return tuple(sorted({**unit.faults, **broken}.items()))

    def keep_phrase(self, form: str, place: str, words: str) -> None:
        """Put a wording into ``phrases.toml``.

        Raises:
            UserInputError: ``forms.phrases_damaged``: the file is not what it must be, and is not overwritten.
            WorldError: from the disk.
        """
        if self._folder is None:
            return
        unit = self.forms()
        if PHRASES in unit.faults:
            raise UserInputError("forms.phrases_damaged")
        phrases = {name: dict(table) for name, table in unit.phrases.items()}
        phrases.setdefault(form, {})[place] = words.replace("{", "｛").replace("}", "｝")
        make_private(self._folder)
        write_atomic(self._folder / PHRASES, toml_text(phrases).encode())


def read_unit_forms(folder: Path, shipped: Path) -> UnitForms:
    """Phrases and templates of a folder; one that is missing holds nothing."""
    faults: dict[str, str] = {}
    templates: dict[str, bytes] = {}
    phrases: Mapping[str, Mapping[str, str]] = {}
    for file in sorted(folder.glob("*.typ")) if folder.is_dir() else ():
        try:
            templates[file.stem] = _template(file, shipped)
        except (OSError, ValueError) as error:
            faults[file.name] = str(error)[:_MOST_WORDS]
    if (folder / PHRASES).is_file():
        try:
            phrases = _phrases(folder / PHRASES)
        except (OSError, ValueError) as error:
            faults[PHRASES] = str(error)[:_MOST_WORDS]
    return UnitForms(phrases, templates, faults)


def _template(file: Path, shipped: Path) -> bytes:
    """Raises ``ValueError`` for a template of no form, or one that would leave out what was written or signed."""
    source = _bytes(file)
    text = source.decode("utf-8")
    if not any(entry.template == file.stem for entry in all_forms()):
        raise ValueError(f"no form has the template {file.stem}")
    original = (shipped / file.name).read_text("utf-8")
    wanted = _places(file.stem)
    missing = [key for key in wanted if f'"{key}"' in original and f'"{key}"' not in text]
    if missing:
        raise ValueError(f"leaves out {', '.join(missing)}")
    return source


def _places(template: str) -> list[str]:
    own = (entry for entry in all_forms() if entry.template == template)
    return sorted({key for entry in own for key in (*entry.editable, *entry.signed_by)})


def _phrases(file: Path) -> Mapping[str, Mapping[str, str]]:
    document: Mapping[str, Any] = tomllib.loads(_bytes(file).decode("utf-8"))
    known = {entry.id: frozenset(entry.editable) for entry in all_forms()}
    for form, table in document.items():
        if form not in known or not isinstance(table, dict):
            raise ValueError(f"no form {form}")
        for place, words in table.items():
            if place not in known[form]:
                raise ValueError(f"{form} has no place {place}")
            if not isinstance(words, str) or len(words) > MAX_TEXT:
                raise ValueError(f"{form}.{place} is no text of at most {MAX_TEXT} characters")
    return document


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > _MOST_BYTES:
        raise ValueError("the file is too large")
    return file.read_bytes()


def _stamp(folder: Path) -> Stamp:
    if not folder.is_dir():
        return ()
    files: Iterable[Path] = (item for item in folder.iterdir() if item.suffix in {".typ", ".toml"})
    found = ((item.name, item.stat()) for item in files)
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))


def _digest(source: bytes) -> bytes:
    return hashlib.sha256(source).digest()
