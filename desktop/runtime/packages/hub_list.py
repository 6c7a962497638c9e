"""Reads the list of values that link no cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.series.hub_list import HubList
from desktop.runtime.files.toml_text import parse_toml

FILE: Final = "hubs.toml"
_KEYS: Final = frozenset({"article", "checked", "values", "hosts"})


def load_hub_list(folder: Path) -> HubList:
    """The program's own; raises ``WorldError("rules.damaged", file=…)``."""
    try:
        return hub_list_of((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorldError("rules.damaged", file=FILE) from error


def hub_list_of(text: str) -> HubList:
    """The list a text says. Raises ``ValueError`` for what is none."""
    try:
        tables = list(parse_toml(text).values())
        return HubList(_all(tables, "values"), _all(tables, "hosts"))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _all(tables: list[Any], name: str) -> frozenset[str]:
    found: set[str] = set()
    for table in tables:
        if set(table) != _KEYS or not all(isinstance(item, str) and item for item in table[name]):
            raise ValueError("a table of hubs has keys missing, unknown or empty")
        found |= {item.casefold() for item in table[name]}
    return frozenset(found)
