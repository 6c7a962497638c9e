"""Hotlines of banks and payment institutions, and official numbers nobody may have shut down."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from desktop.domain.errors import WorldError
from desktop.domain.reference.directories import Hotline

_PAYMENT: Final = "payment_institutions.toml"
_FILES: Final = ("hotlines.toml", _PAYMENT)
_PROTECTED: Final = "protected_numbers.toml"
_INSIDE: Final = 4
"""Shorter names (``中行``, ``CCB``) only count alone: they hide inside other words."""

_FOREIGN: Final = re.compile(r"村镇|香港|澳门|亚洲|国际|海外|新加坡|伦敦|纽约|USA|Russia")
"""Names that contain a bank's name without being that bank: village banks, and branches under other law."""

_NOISE: Final = re.compile(r"[\s()（）·]|股份|有限|责任|公司")

_Shape: TypeAlias = tuple[re.Pattern[str], str]
"""Numbers and their owner."""


class Hotlines:
    """The hand-written tables, each of the first folder that holds it; without a folder, empty ones.

    Raises ``WorldError("directory.damaged", name=…)`` when a file is missing or is not what it must be.
    """

    def __init__(self, *folders: Path) -> None:
        self.all: tuple[Hotline, ...] = ()
        self._by_name: dict[str, Hotline] = {}
        self._owners: dict[str, str] = {}
        self._protected: list[_Shape] = []
        self._ranges: list[_Shape] = []
        if folders:
            self._load(folders)

    def find(self, name: str) -> Hotline | None:
        """By name, else by the longest known name inside the name of a branch."""
        key = _key(name)
        if key in self._by_name:
            return self._by_name[key]
        if _FOREIGN.search(key):
            return None
        inside = [known for known in self._by_name if len(known) >= _INSIDE and known in key]
        return self._by_name[max(inside, key=len)] if inside else None

    def owner(self, number: str) -> str | None:
        """The owner of a protected number: of itself, else of the range it lies in."""
        return (
            _first(self._protected, number)
            or self._owners.get(number)
            or _first(self._ranges, number)
        )

    def _load(self, folders: tuple[Path, ...]) -> None:
        for file in _FILES:
            for entry in _entries(folders, file, "institution"):
                hotline = Hotline(
                    entry["name"],
                    tuple(entry["numbers"]),
                    entry["verified"],
                    entry.get("note", ""),
                    tuple(entry.get("aliases", ())),
                    payment=file == _PAYMENT,
                )
                self.all = (*self.all, hotline)
                for name in (hotline.name, *hotline.aliases):
                    self._by_name[_key(name)] = hotline
                for number in hotline.numbers:
                    self._owners[re.sub(r"\D", "", number)] = hotline.name
        for entry in _entries(folders, _PROTECTED, "number"):
            shapes = self._ranges if entry.get("range") else self._protected
            shapes.append((re.compile(entry["shape"]), entry["owner"]))


def _first(shapes: Iterable[_Shape], number: str) -> str | None:
    return next((owner for shape, owner in shapes if shape.fullmatch(number)), None)


def _key(name: str) -> str:
    return _NOISE.sub("", name)


def _entries(folders: tuple[Path, ...], file: str, table: str) -> Iterator[Mapping[str, Any]]:
    root = next((folder for folder in folders if (folder / file).exists()), folders[-1])
    try:
        document = tomllib.loads((root / file).read_text("utf-8"))
        for entry in document[table]:
            _check_entry(entry)
            yield entry
    except (OSError, ValueError, KeyError) as error:
        raise WorldError("directory.damaged", name=file.removesuffix(".toml")) from error


def _check_entry(entry: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` or ``KeyError`` for a row no reader could take."""
    if "shape" in entry:
        sound = isinstance(entry["owner"], str) and _compiles(entry["shape"])
    else:
        lists = (entry["numbers"], entry.get("aliases", []))
        sound = isinstance(entry["name"], str) and isinstance(entry["verified"], bool)
        sound = sound and all(isinstance(item, list) for item in lists)
        sound = sound and all(isinstance(text, str) for item in lists for text in item)
    if not sound:
        raise ValueError("a row is not what it must be")


def _compiles(shape: str) -> bool:
    try:
        re.compile(shape)
    except (re.error, TypeError):
        return False
    return True
