"""What the page asks of the desk, and of the window around it."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.case_file.shift_briefing import ShiftBriefing
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress


class ShiftBriefingPort(Protocol):
    """Called in lane ``db``; may be slow and raise ``AppError``."""

    def __call__(self, progress: Progress) -> ShiftBriefing:
        """What there is to know now."""
        ...


class ShiftBriefingNavigator(Protocol):
    """The ways out; the window that holds the screens implements it."""

    def open_case(self, case: CaseId) -> None:
        """Show the page of a registered case."""
        ...
