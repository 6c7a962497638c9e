"""What the files of scripts and rules have in common: texts, in every language too, ids that stand once, known keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from desktop.runtime.texts.catalogue import LANGUAGES


def texts(table: Mapping[str, Any]) -> Mapping[str, str]:
    """Language → text. Raises as :func:`text`."""
    return {language: text(table, language) for language in LANGUAGES}


def text(table: Mapping[str, Any], name: str) -> str:
    """Raises ``KeyError`` or ``TypeError`` where there is none."""
    value = table[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is a text")
    return value


def yes(table: Mapping[str, Any], name: str) -> bool:
    """False where it is not said. Raises ``TypeError``."""
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise TypeError(f"{name} is true or false")
    return value


def unique(names: Iterable[str]) -> frozenset[str]:
    """The names. Raises ``ValueError`` where one stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} stands twice")
        seen.add(name)
    return frozenset(seen)


def exactly(
    table: Mapping[str, Any], needed: AbstractSet[str], allowed: AbstractSet[str] = frozenset()
) -> None:
    """Raise ``ValueError`` unless the keys are those ``needed`` and of those ``allowed``."""
    if not needed <= set(table) <= needed | allowed:
        raise ValueError("keys missing or unknown")
