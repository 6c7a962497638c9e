"""Reads what anybody may have written as TOML."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

_MOST_PARTS: Final = 200
"""Dots in a line outside of texts. The parser takes the square of a key's parts, and half a million of them take it
hours."""
_TEXT: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')


def parse_toml(text: str) -> dict[str, Any]:
    """The document; ``ValueError`` for what is none, brackets or keys without end among it."""
    if any(_dots(line) > _MOST_PARTS for line in text.split("\n")):
        raise ValueError("a key of too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _dots(line: str) -> int:
    """Those that can part a key. A text of several lines may end here, so nothing is left out beside its quotes."""
    whole = '"""' in line or "'''" in line
    return (line if whole else _TEXT.sub("", line)).count(".")
