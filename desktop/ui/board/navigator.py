"""Where the board can send the person; the window that holds the screens implements it."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.ids import CaseId


class BoardNavigator(Protocol):
    """The ways out of the board."""

    def open_case(self, case: CaseId) -> None:
        """Show the page of a registered case."""
        ...

    def new_intake(self) -> None:
        """Begin a new report."""
        ...

    def continue_draft(self, case: CaseId) -> None:
        """Take up a saved draft in the wizard."""
        ...
