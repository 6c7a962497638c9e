"""What the series page asks of the services, and of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.series.series import LikePair, LinkVerdict, SeriesSheet
from desktop.services.series.decide_link import Before
from desktop.services.series.find_series import FoundSeries

FlowMaker = Callable[[Sequence[CaseId]], tuple[QWidget, Callable[[], None]]]
"""Makes the money flow of these cases, filled, with what reads it anew."""
PeopleMaker = Callable[[Sequence[CaseId]], tuple[QWidget, Callable[[], None]]]
"""Makes the page of the persons of these cases, filled, with what reads it anew."""


class SeriesPort(Protocol):
    """All may be slow and raise ``AppError``; what takes a progress can be stopped and then raises ``Cancelled``."""

    def find(self, progress: Progress) -> FoundSeries:
        """Search all cases anew."""
        ...

    def show(self, case: CaseId, progress: Progress) -> SeriesSheet:
        """The series that a case belongs to."""
        ...

    def stories(self, progress: Progress) -> tuple[LikePair, ...]:
        """Cases whose narratives read alike."""
        ...

    def decide(
        self, case: CaseId, others: Sequence[CaseId], verdict: LinkVerdict | None, reason: str
    ) -> Before:
        """Record what a person says of a case and each of the others; None takes it back. What stood before."""
        ...

    def take_back(self, before: Before) -> None:
        """Let stand again what stood before."""
        ...

    def mark_hub(self, normal: str, *, hub: bool) -> None:
        """Let a value link nothing, or take that back."""
        ...

    def propose(self, case: CaseId, note: str) -> int:
        """Tell the stations of the series; how many cases."""
        ...
