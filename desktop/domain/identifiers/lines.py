"""Many leads at once: a list from a chat or a table, one a line, as victims and colleagues send them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from desktop.domain.identifiers.guess import guess_kind
from desktop.domain.identifiers.labels import naming_labels
from desktop.domain.identifiers.plain import plain

MOST_LINES: Final = 500
LONGEST: Final = 200
"""Characters of the longest line that is taken for a lead; stories are longer."""
_BULLET: Final = re.compile(r"^\s*(?:(?:[-*•·●]|[0-9]{1,3}[.)])\s+|[0-9]{1,3}[、）]\s*)")
"""A Chinese list has no space behind its number; behind a point one is asked for, as sums and addresses have points."""


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A line as it came, less its bullet and its label; ``kind`` by the label, else the likeliest, else empty."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class LeadLines:
    """What was found. ``left_out``: how many lines were too long, or beyond the first 500."""

    leads: tuple[LeadLine, ...]
    left_out: int = 0


def read_lines(text: str) -> LeadLines:
    """Every line that is not empty, each text once."""
    found: dict[str, LeadLine] = {}
    left_out = 0
    for line in text.splitlines():
        value = _BULLET.sub("", line).strip()
        if not plain(value[: LONGEST + 1]):
            continue
        if len(value) > LONGEST or len(found) >= MOST_LINES:
            left_out += 1
            continue
        lead = _lead(value)
        found.setdefault(lead.value, lead)
    return LeadLines(tuple(found.values()), left_out)


def _lead(value: str) -> LeadLine:
    for kind, label in naming_labels():
        match = label.match(value.replace("：", ":"))
        rest = value[match.end() :].strip() if match else ""
        if rest:
            guesses = guess_kind(rest)
            return LeadLine(kind if kind in guesses or not guesses else guesses[0], rest)
    return LeadLine(next(iter(guess_kind(value)), ""), value)
