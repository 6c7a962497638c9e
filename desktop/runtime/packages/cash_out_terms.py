"""Reads the words by which exits of money are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.money.cash_out import CashOutTerms, folded_words
from desktop.domain.money.money_flow import CashOutKind
from desktop.runtime.files.toml_text import parse_toml

FILE: Final = "exits.toml"
_KEYS: Final = frozenset({"article", "checked", "words"})


def load_cash_out_terms(folder: Path) -> CashOutTerms:
    """The program's own; raises ``WorldError("rules.damaged", file=…)``."""
    try:
        return cash_out_terms_of((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorldError("rules.damaged", file=FILE) from error


def cash_out_terms_of(text: str) -> CashOutTerms:
    """The words a text says. Raises ``ValueError`` for what are none."""
    try:
        document = parse_toml(text)
        return CashOutTerms({CashOutKind(kind): _words(table) for kind, table in document.items()})
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _words(table: Any) -> tuple[str, ...]:
    if set(table) != _KEYS:
        raise ValueError("a kind of exit has keys missing or unknown")
    words = table["words"]
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise TypeError("words are texts")
    return tuple(folded_words(word) for word in words)
