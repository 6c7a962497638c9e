"""A second officer who stands for an order that one officer alone issued; later, for an order never waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.records.fields import Fields, text
from desktop.domain.time.clock import from_wire

CONFIRMATION: Final = "confirmation."
"""What the fields of an order begin with that say who confirmed it; the officer's number follows."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed an order, and when."""

    officer: str
    at: datetime


def confirmations_of(fields: Fields) -> tuple[Confirmation, ...]:
    """The confirmations of an order, the earliest first."""
    return tuple(sorted(_found(fields), key=lambda item: (item.at, item.officer)))


def _found(fields: Fields) -> Iterator[Confirmation]:
    for name in fields:
        if name.startswith(CONFIRMATION) and text(fields, name):
            yield Confirmation(name.removeprefix(CONFIRMATION), from_wire(text(fields, name)))
