"""What ties cases to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series.series import SeriesCase, SeriesPart


class SeriesQueries(Protocol):
    """What ties cases to each other."""

    def shared_values(
        self, shortest: int, progress: Progress = SILENT
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(normalised value, cases) of every value of so many characters at least that two or more cases hold; a
        merged report counts as the case that leads it. Never persons."""
        ...

    def values_shared_with(
        self, cases: Collection[str], shortest: int, most: int
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The same of values that any of these cases hold; of more than ``most`` cases, only as many are named as
        show it."""
        ...

    def series_parts(
        self, cases: Collection[str], progress: Progress = SILENT
    ) -> Iterator[SeriesPart]:
        """What each of these cases adds to a series, in no order; what was merged into another one is left out."""
        ...

    def series_cases(self, cases: Sequence[CaseId]) -> tuple[SeriesCase, ...]:
        """The lines of these cases, by id; what is unknown or was merged into another one is left out."""
        ...

    def stories(self, since: str, progress: Progress = SILENT) -> Iterator[tuple[CaseId, str]]:
        """(case, narrative) of cases accepted since that wire time."""
        ...
