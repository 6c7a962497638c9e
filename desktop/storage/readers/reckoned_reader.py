"""What is reckoned from entries and rules, and which cases wait for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from desktop.domain.case_file.figure_tallies import Tallies
from desktop.domain.case_file.statistics import CaseFigures
from desktop.services.ports.database.reckoned_rows import Arrears, Basis
from desktop.storage.readers.one_view import OneView
from desktop.storage.reckoning.arrears import arrears, find_basis, waiting
from desktop.storage.reckoning.figure_rows import figure_months, read_figures
from desktop.storage.reckoning.figure_sums import read_sums


class ReckonedReader(OneView):
    """See :class:`desktop.services.ports.database.reckoned_rows.ReckonedQueries`."""

    def find_basis(self, mark: str, now: datetime) -> Basis | None:
        """The basis of these rules for ``now``."""
        return find_basis(self._connection, mark, now)

    def arrears(self, basis: int, most: int) -> Arrears:
        """The next cases to reckon."""
        return arrears(self._connection, basis, most)

    def waiting(self, basis: int) -> int | None:
        """How many wait."""
        return waiting(self._connection, basis)

    def figures(
        self, basis: int, since: datetime | None, before: datetime | None, *, parts: bool
    ) -> Iterator[CaseFigures]:
        """The figures of cases, the newest first."""
        return read_figures(self._connection, basis, since, before, parts=parts)

    def figure_months(
        self, basis: int, since: datetime | None, before: datetime | None
    ) -> tuple[str, ...]:
        """The months with figures."""
        return figure_months(self._connection, basis, since, before)

    def figure_sums(self, basis: int, months: Collection[str]) -> Mapping[str, Tallies]:
        """Figures of whole months."""
        return read_sums(self._connection, basis, months)
