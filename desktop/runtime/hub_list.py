"""Reads the list of values that link no cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.series.hub_list import HubList

FILE: Final = "hubs.toml"
_KEYS: Final = frozenset({"article", "checked", "values", "hosts"})


def load_hub_list(*folders: Path) -> HubList:
    """Of the first folder that holds the file; raises ``WorldError("rules.damaged", file=…)``."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    try:
        if path is None:
            raise FileNotFoundError(FILE)
        tables = list(tomllib.loads(path.read_text("utf-8")).values())
        return HubList(_all(tables, "values"), _all(tables, "hosts"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("rules.damaged", file=FILE) from error


def _all(tables: list[Any], name: str) -> frozenset[str]:
    found: set[str] = set()
    for table in tables:
        if set(table) != _KEYS or not all(isinstance(item, str) and item for item in table[name]):
            raise ValueError("a table of hubs has keys missing, unknown or empty")
        found |= {item.casefold() for item in table[name]}
    return frozenset(found)
