"""Reads the shot lists of guided phone filming."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.filming import Shot, ShotList

SHOTS: Final = "shots.toml"
_LANGUAGES: Final = ("zh_CN", "en")


def load_shot_lists(folder: Path) -> tuple[ShotList, ...]:
    """The lists in ``folder``, in the order of the file.

    Raises ``WorldError("scripts.damaged", file=…)`` when the file is missing or not what it must be.
    """
    try:
        document = tomllib.loads((folder / SHOTS).read_text("utf-8"))
        lists = tuple(_list(table) for table in document["list"])
        _unique([item.id for item in lists])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorldError("scripts.damaged", file=SHOTS) from error
    return lists


def _list(table: Mapping[str, Any]) -> ShotList:
    name = _text(table, "id")
    shots = tuple(_shot(name, line) for line in table["shots"])
    _unique([shot.id for shot in shots])
    if not shots:
        raise ValueError("a list without shots")
    return ShotList(name, _texts(table["name"]), shots, tuple(map(str, table["types"])))


def _shot(owner: str, line: Mapping[str, Any]) -> Shot:
    needed = line.get("needed", False)
    if not isinstance(needed, bool):
        raise TypeError("needed is true or false")
    hints = _texts(line["hint"]) if "hint" in line else {}
    return Shot(f"{owner}.{_text(line, 'id')}", _texts(line), hints, needed)


def _texts(table: Mapping[str, Any]) -> Mapping[str, str]:
    return {language: _text(table, language) for language in _LANGUAGES}


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is a text")
    return value


def _unique(names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise ValueError("an id stands twice")
