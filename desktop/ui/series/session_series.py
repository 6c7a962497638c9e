"""The series page's port, bound to a desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.series.series import LikePair, LinkVerdict, SeriesSheet
from desktop.services.series.decide_link import Before, decide_links, mark_hub, take_back
from desktop.services.series.find_series import FoundSeries, find_series, let_go
from desktop.services.series.propose_series import propose_series
from desktop.services.series.show_series import like_pairs, show_series
from desktop.services.session import Session
from desktop.ui.shared.kit.thread_runner import YieldingProgress

_LISTED: Final = 2_000
"""Series in the list of the window; a province has hundreds of thousands, and the largest losses count."""


class SessionSeries:
    """Implements :class:`desktop.ui.series.port.SeriesPort`. All of it is Python and can wait: it gives way to keys."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, progress: Progress) -> FoundSeries:
        """Search all cases anew. More series than anybody reads are let go here, not by the window's thread."""
        found = find_series(self._session, YieldingProgress(progress))
        every, listed = [*found.series], found.largest(_LISTED)
        del found
        let_go(every)
        return listed

    def show(self, case: CaseId, progress: Progress) -> SeriesSheet:
        """The series that a case belongs to."""
        return show_series(self._session, case, YieldingProgress(progress))

    def stories(self, progress: Progress) -> tuple[LikePair, ...]:
        """Cases whose narratives read alike."""
        return like_pairs(self._session, YieldingProgress(progress))

    def decide(
        self, case: CaseId, others: Sequence[CaseId], verdict: LinkVerdict | None, reason: str
    ) -> Before:
        """Record what a person says of a case and each of the others; None takes it back. What stood before."""
        return decide_links(self._session, case, others, verdict, reason)

    def take_back(self, before: Before) -> None:
        """Let stand again what stood before."""
        take_back(self._session, before)

    def mark_hub(self, normal: str, *, hub: bool) -> None:
        """Let a value link nothing, or take that back."""
        mark_hub(self._session, normal, hub=hub)

    def propose(self, case: CaseId, note: str) -> int:
        """Tell the stations of the series; how many cases."""
        return propose_series(self._session, case, note)
