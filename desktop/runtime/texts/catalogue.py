"""The texts people read, by key: one catalogue for windows, command line and papers.

Files are ``resources/translations/<language>/<area>.toml``; the file's stem is the first part of
the key, nested tables give the rest. Every ``errors*.toml`` belongs to the area ``errors``, so
that each package keeps the texts of its own errors. Placeholders are ``{name}``; a word that follows a count is
``{name|case|cases}``: its first form for one, its second for every other count.
"""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from desktop.domain.errors import AppError
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.pseudo import PSEUDO_LANGUAGE, pseudo_text

LANGUAGES: Final = ("zh_CN", "en")
"""Complete languages, the default one first."""

STRICT_VARIABLE: Final = "FANZHA_STRICT_TEXTS"
"""Set in the environment of tests: a missing text or placeholder is then an error at once."""

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
COUNTED: Final = re.compile(r"\{([a-z][a-z0-9_]*)\|([^|{}]+)\|([^|{}]+)\}")
"""A word in the number of its count. Chinese needs none, English has two forms."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """An error as a person reads it: what happened, what is safe, what to do now."""

    what: str
    safe: str
    do: str


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            yield from _flat(key, value)
        elif isinstance(value, str):
            yield key, value
        else:
            raise TypeError(f"{key} is not a text")


def area_of(file: Path) -> str:
    """The first part of the keys in ``file``."""
    return "errors" if file.stem.startswith("errors") else file.stem


def file_texts(file: Path) -> dict[str, str]:
    """Key to text of one catalogue file."""
    return dict(_flat(area_of(file), tomllib.loads(file.read_text("utf-8"))))


@cache
def _texts(language: str) -> Mapping[str, str]:
    if language == PSEUDO_LANGUAGE:
        return MappingProxyType({key: pseudo_text(text) for key, text in _texts("en").items()})
    merged: dict[str, str] = {}
    for file in sorted(resource_path(f"translations/{language}").glob("*.toml")):
        merged.update(file_texts(file))
    return MappingProxyType(merged)


class Catalogue:
    """The texts of one language. Immutable; a change of language takes another catalogue."""

    def __init__(self, language: str, texts: Mapping[str, str], *, strict: bool) -> None:
        self.language = language
        self._texts = texts
        self._strict = strict

    @classmethod
    def load(cls, language: str, *, strict: bool | None = None) -> Self:
        """The catalogue of ``language``: one of ``LANGUAGES`` or the pseudo-locale ``en_XA``.

        An unknown language gives the default one, because a mistyped setting must not keep the
        desk closed. ``strict``: raise for missing texts; by default only where
        ``FANZHA_STRICT_TEXTS`` is set.
        """
        if language not in (*LANGUAGES, PSEUDO_LANGUAGE):
            _log.warning("unknown language, using the default one")
            language = LANGUAGES[0]
        if strict is None:
            strict = bool(os.environ.get(STRICT_VARIABLE))
        return cls(language, _texts(language), strict=strict)

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def keys(self) -> frozenset[str]:
        """Every key of the language."""
        return frozenset(self._texts)

    def text(self, key: str, **params: str | int) -> str:
        """The text of ``key``, placeholders filled; parameters it does not use are ignored.

        A missing text falls back to the default language, then to the key itself, with a log line:
        a window with one odd label is still of use to a person whose money is leaving. Raises
        ``KeyError`` if strict.
        """
        template = self._texts.get(key)
        if template is None:
            template = self._missing(key)
        if "{" not in template:
            return template
        counted = COUNTED.sub(lambda match: _in_number(match, params), template)
        return PLACEHOLDER.sub(lambda match: self._fill(key, match, params), counted)

    def template(self, key: str) -> str:
        """The text of ``key`` as it is kept, for whoever writes about texts; ``KeyError`` if there is none."""
        return self._texts[key]

    def error_text(self, error: AppError) -> ErrorText:
        """What to tell the person about ``error``."""
        what, safe, do = (
            self.text(f"errors.{error.code}.{part}", **error.params)
            for part in ("what", "safe", "do")
        )
        return ErrorText(what, safe, do)

    def _missing(self, key: str) -> str:
        if self._strict:
            raise KeyError(f"{self.language} has no text {key}")
        _log.warning("no text for %s in %s", key, self.language)
        return _texts(LANGUAGES[0]).get(key, key)

    def _fill(self, key: str, match: re.Match[str], params: Mapping[str, str | int]) -> str:
        name = match.group(1)
        if name in params:
            return str(params[name])
        if self._strict:
            raise KeyError(f"{key} needs {name}")
        _log.warning("%s was shown without its %s", key, name)
        return "…"


def _in_number(match: re.Match[str], params: Mapping[str, str | int]) -> str:
    name, one, many = match.groups()
    return one if str(params.get(name)) == "1" else many
