"""Reads the shot lists of guided phone filming."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.evidence.photographing import Shot, ShotList
from desktop.runtime.script_tables import text, texts, unique, yes

SHOTS: Final = "shots.toml"


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
