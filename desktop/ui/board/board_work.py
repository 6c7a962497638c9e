"""What the board asks of the services. Called on the database lane, never on the GUI thread."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.ui.board.board_item import BoardItem


class BoardWork(Protocol):
    """The board's verbs; tests bring their own."""

    def load(self) -> tuple[BoardItem, ...]:
        """Every case and every draft, with the clocks as they were reckoned last."""
        ...

    def reckon(self) -> tuple[BoardItem, ...] | None:
        """The same with every clock reckoned now, which can wait; None where that changes nothing."""
        ...

    def move(self, case: CaseId, state: CaseState) -> None:
        """Put a case into another column, durably when it returns."""
        ...
