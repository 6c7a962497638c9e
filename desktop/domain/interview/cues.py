"""The words by which a type of fraud is known: data, so that a centre can ship them with a new type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.interview.suggestion import Feature


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and shapes that say the same; however many of them stand in a text, ``weight`` counts once."""

    weight: int
    words: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class TypeCues:
    """What speaks for one type."""

    code: str
    cues: tuple[Cue, ...]
    features: Mapping[Feature, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CueBook:
    """``other`` speaks against any telecom fraud: quarrels, debts, things lost."""

    version: str = ""
    types: tuple[TypeCues, ...] = ()
    other: tuple[Cue, ...] = ()
