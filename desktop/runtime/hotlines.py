"""Hotlines of banks and payment institutions, and official numbers nobody may have shut down."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from desktop.domain.directories import Hotline
from desktop.domain.errors import WorldError

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
    """The hand-written tables of ``root``; without a root, empty ones.

    Raises ``WorldError("directory.damaged", name=…)`` when a file is missing or is not what it must be.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.all: tuple[Hotline, ...] = ()
        self._by_name: dict[str, Hotline] = {}
        self._owners: dict[str, str] = {}
        self._protected: list[_Shape] = []
        self._ranges: list[_Shape] = []
        if root is not None:
            self._load(root)

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

    def _load(self, root: Path) -> None:
        for file in _FILES:
            for entry in _entries(root, file, "institution"):
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
        for entry in _entries(root, _PROTECTED, "number"):
            shapes = self._ranges if entry.get("range") else self._protected
            shapes.append((re.compile(entry["shape"]), entry["owner"]))


def _first(shapes: Iterable[_Shape], number: str) -> str | None:
    return next((owner for shape, owner in shapes if shape.fullmatch(number)), None)


def _key(name: str) -> str:
    return _NOISE.sub("", name)


def _entries(root: Path, file: str, table: str) -> Iterator[Mapping[str, Any]]:
    try:
        document = tomllib.loads((root / file).read_text("utf-8"))
        yield from document[table]
    except (OSError, ValueError, KeyError) as error:
        raise WorldError("directory.damaged", name=file.removesuffix(".toml")) from error
