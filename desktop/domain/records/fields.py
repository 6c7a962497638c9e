"""What a journal field may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from desktop.domain.records.numbers import serial_in

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""JSON without floats: money is integer fen, and digests must not depend on a float's spelling."""

Fields: TypeAlias = Mapping[str, Json]
"""The flat fields of one subject: dotted names to values."""


def text(fields: Fields, name: str) -> str:
    """The text in ``fields[name]``; empty when absent or not text."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def number(fields: Fields, name: str) -> int:
    """The integer in ``fields[name]``; 0 when absent or not an integer."""
    value = fields.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def texts(fields: Fields, name: str) -> tuple[str, ...]:
    """The list of texts in ``fields[name]``; empty when absent."""
    value = fields.get(name)
    if isinstance(value, (list, tuple)):
        return tuple(item for item in value if isinstance(item, str))
    return ()


def mapping(fields: Fields, name: str) -> Mapping[str, Json]:
    """The object in ``fields[name]``; empty when absent."""
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def numbered(fields: Fields, beginning: str) -> dict[int, Json]:
    """The values behind ``beginning`` by the number that follows it; what is no plain number is left out."""
    found: dict[int, Json] = {}
    for name, value in fields.items():
        digits = name.removeprefix(beginning) if name.startswith(beginning) else ""
        if digits and str(serial_in(digits)) == digits:
            found[serial_in(digits)] = value
    return found
