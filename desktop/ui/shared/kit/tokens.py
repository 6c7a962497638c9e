"""The design tokens: colours, sizes and type roles as read from ``resources/theme/tokens.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TypeRole:
    """How one kind of text looks. ``size`` and ``spacing`` in logical pixels, ``weight`` 400 or
    700."""

    size: int
    weight: int = 400
    spacing: float = 0.0
    tabular: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of both themes."""

    colours: Mapping[str, Mapping[str, str]]
    """Theme name (``light``, ``dark``) to colour name to ``#rrggbb`` or ``#aarrggbb``."""
    sizes: Mapping[str, int]
    roles: Mapping[str, TypeRole]
    pairs: tuple[tuple[str, str], ...]
    """(text colour, ground colour) names that must reach a contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""


def load_tokens(path: Path) -> Tokens:
    """Read the token file; raises ``KeyError`` or ``TypeError`` if a part is missing."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = tuple(
        (text, ground)
        for group in data["pairs"]
        for text in group["text"]
        for ground in group["ground"]
    )
    return Tokens(
        colours={"light": data["light"], "dark": data["dark"]},
        sizes=data["size"],
        roles={name: TypeRole(**role) for name, role in data["font"].items()},
        pairs=pairs,
    )
