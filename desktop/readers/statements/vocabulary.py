"""The words by which statements are recognised, read from ``resources/readers/statements.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.statements.statement import Effect, MoneyDirection, StatementColumn
from desktop.readers.statements.cells import name_of
from desktop.runtime.files.resources import resource_path

FILE: Final = "readers/statements.toml"
_GAPS: Final = ("", " ", "  ", "\u3000")
"""How the signs of a short word are spread over a cell."""


@dataclass(frozen=True, slots=True)
class StatementLayout:
    """One institution's statement. ``title`` words stand above the header (any of them), all of ``header`` in it.

    ``unit`` is yuan or fen; ``positive`` tells what a number without a sign means; ``direction_from`` where the
    direction is to be found when no column names it; ``summary_in`` are words of money coming in; ``day_order`` reads
    ``05/01/2023``; ``year_from`` completes days without a year; ``currency`` and ``currency_from`` name the unit;
    ``counterparty_from`` the column of remarks in which a bank names the other side, where no column of its own does.
    """

    id: str
    source: str
    header: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    unit: str = "yuan"
    positive: str = "in"
    direction_from: str = ""
    summary_in: tuple[str, ...] = ()
    day_order: str = "mdy"
    year_from: str = ""
    currency: str = ""
    currency_from: str = ""
    counterparty_from: str = ""


UNKNOWN: Final = StatementLayout("", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``names`` gives what a column's name means and how much it is preferred among those of its meaning."""

    version: str
    names: Mapping[str, tuple[StatementColumn, int]]
    directions: Mapping[str, MoneyDirection]
    effects: Mapping[str, Effect]
    """By the status, where it says that the money did not move or came back."""
    undone_within: tuple[str, ...]
    undone_unless: tuple[str, ...]
    sums: frozenset[str]
    """What stands in a line of sums or balances, however its signs are spaced."""
    layouts: tuple[StatementLayout, ...]

    def effect(self, status: str) -> Effect:
        """Whether the money moved, by the status of a line."""
        name = name_of(status)
        known = self.effects.get(name)
        if known is not None:
            return known
        undone = any(map(name.__contains__, self.undone_within))
        return (
            Effect.UNDONE
            if undone and not any(map(name.__contains__, self.undone_unless))
            else Effect.MOVED
        )

    def roles(self, header: Sequence[str]) -> dict[StatementColumn, tuple[int, ...]]:
        """What is read from which columns, the preferred first; names may be written in any width and spacing."""
        found: dict[StatementColumn, list[tuple[int, int]]] = {}
        for index, cell in enumerate(header):
            known = self.names.get(name_of(cell)) if len(cell) <= 64 else None
            if known is not None:
                column, preference = known
                found.setdefault(column, []).append((preference, index))
        return {column: tuple(at for _, at in sorted(places)) for column, places in found.items()}

    def layout(self, title: str, header: Sequence[str]) -> StatementLayout:
        """The most exact layout that fits; ``UNKNOWN`` if none does. ``title`` is all text above the header."""
        names = {name_of(cell) for cell in header}
        above = name_of(title)
        best, score = UNKNOWN, 0
        for layout in self.layouts:
            if not names.issuperset(layout.header):
                continue
            titled = any(word in above for word in layout.title)
            if layout.title and not titled and layout.direction_from + layout.year_from:
                continue  # what reads a column in its own way must be sure whose it is
            reached = len(layout.header) + (10 if titled else 0) - (2 if layout.title else 0)
            if reached > score:
                best, score = layout, reached
        return best


@cache
def vocabulary() -> Vocabulary:
    """The shipped words. Raises ``WorldError("install.incomplete")``, also for a file that cannot be read."""
    try:
        document = tomllib.loads(resource_path(FILE).read_text("utf-8"))
        return _vocabulary(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("install.incomplete", file=FILE) from error


def _vocabulary(document: Mapping[str, Any]) -> Vocabulary:
    names = {
        name_of(name): (StatementColumn(column), preference)
        for column, spellings in document["columns"].items()
        for preference, name in enumerate(spellings)
    }
    directions = {
        name_of(word): MoneyDirection(direction)
        for direction, words in document["direction"].items()
        for word in words
    }
    return Vocabulary(
        version=document["version"],
        names=names,
        directions=directions,
        effects={
            name_of(status): effect
            for effect in (Effect.UNDONE, Effect.RETURNED)
            for status in document[effect.value]["status"]
        },
        undone_within=tuple(map(name_of, document["undone"]["within"])),
        undone_unless=tuple(map(name_of, document["undone"]["unless"])),
        sums=frozenset(gap.join(word) for word in document["sums"]["words"] for gap in _GAPS),
        layouts=tuple(_layout(table) for table in document["layout"]),
    )


def _layout(table: Mapping[str, Any]) -> StatementLayout:
    known: dict[str, Any] = {
        name: tuple(map(name_of, value)) if isinstance(value, list) else value
        for name, value in table.items()
    }
    return StatementLayout(**known)
