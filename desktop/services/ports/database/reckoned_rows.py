"""What is reckoned from entries and rules, and which cases wait for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.case_file.figure_tallies import Tallies
from desktop.domain.case_file.statistics import CaseFigures, ReckonedFigures
from desktop.domain.ids import CaseId
from desktop.services.ports.database.board_rows import ReckonedCard
from desktop.services.ports.database.clock_rows import ReckonedClock, ReckonedOrder


@dataclass(frozen=True, slots=True)
class Basis:
    """Where rows stand that were reckoned by the same rules for the same time. ``in_order``: nothing is to be noted
    before it is used, as figures that ran out."""

    number: int
    in_order: bool


@dataclass(frozen=True, slots=True)
class Arrears:
    """Some of the cases that wait on a basis. ``cases``: each with its mark; ``members``: they and all that are shown
    as one with them → the case that leads."""

    basis: int
    cases: Mapping[CaseId, int]
    members: Mapping[CaseId, CaseId]


@dataclass(frozen=True, slots=True)
class ReckonedCases:
    """All that is reckoned of some cases."""

    orders: Sequence[ReckonedOrder] = ()
    clocks: Sequence[ReckonedClock] = ()
    figures: Sequence[ReckonedFigures] = ()
    cards: Sequence[ReckonedCard] = ()


class ReckonedQueries(Protocol):
    """What waits to be reckoned, and the figures that were."""

    def find_basis(self, mark: str, now: datetime) -> Basis | None:
        """The basis of these rules that has every row for ``now``; None where nobody reckoned on one yet."""
        ...

    def arrears(self, basis: int, most: int) -> Arrears:
        """The next cases to reckon, at most so many with those beside them."""
        ...

    def figures(
        self, basis: int, since: datetime | None, before: datetime | None, *, parts: bool
    ) -> Iterator[CaseFigures]:
        """The figures reckoned on a basis of reports accepted in a time, the newest first; ``parts``: by the ways their
        money left."""
        ...

    def figure_months(
        self, basis: int, since: datetime | None, before: datetime | None
    ) -> tuple[str, ...]:
        """The months in which reports with figures were accepted in a time."""
        ...

    def figure_sums(self, basis: int, months: Collection[str]) -> Mapping[str, Tallies]:
        """Month → its figures added up, of those that were and of which no case changed since."""
        ...

    def waiting(self, basis: int) -> int | None:
        """How many cases wait, so that a list is not whole; None where the basis is no more."""
        ...
