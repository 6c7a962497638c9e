"""Reads the words by which exits of money are known."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.money.exits import ExitWords, folded_words
from desktop.domain.money.money_flow import ExitKind

FILE: Final = "exits.toml"
_KEYS: Final = frozenset({"article", "checked", "words"})


def load_exit_words(*folders: Path) -> ExitWords:
    """Of the first folder that holds the file; raises ``WorldError("rules.damaged", file=…)``."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    try:
        if path is None:
            raise FileNotFoundError(FILE)
        document = tomllib.loads(path.read_text("utf-8"))
        return ExitWords({ExitKind(kind): _words(table) for kind, table in document.items()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("rules.damaged", file=FILE) from error


def _words(table: Any) -> tuple[str, ...]:
    if set(table) != _KEYS:
        raise ValueError("a kind of exit has keys missing or unknown")
    words = table["words"]
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise TypeError("words are texts")
    return tuple(folded_words(word) for word in words)
