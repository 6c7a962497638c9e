"""Reads what anybody may have written as TOML."""

from __future__ import annotations

import tomllib
from typing import Any, Final

_MOST_PARTS: Final = 200
"""Dots in a line. The parser takes the square of a key's parts, and half a million of them take it hours."""


def parse_toml(text: str) -> dict[str, Any]:
    """The document; ``ValueError`` for what is none, brackets or keys without end among it."""
    if any(line.count(".") > _MOST_PARTS for line in text.splitlines()):
        raise ValueError("a key of too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
