"""One move on its way to the database."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.ui.board.board_work import BoardWork
from desktop.ui.shared.kit.task_runner import Runner, work_of


class ColumnMove(QObject):
    """Remembers which case was moved where, so that the board can keep or take back exactly that."""

    settled = Signal(object)
    refused = Signal(object, object)
    """(this move, the error)"""

    def __init__(self, case: CaseId, state: CaseState, parent: QObject) -> None:
        super().__init__(parent)
        self.case = case
        self.state = state

    def start(self, runner: Runner, work: BoardWork) -> None:
        """Send it to the database."""
        runner.start("db", work_of(work.move, self.case, self.state), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self.settled.emit(self)
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self.refused.emit(self, error)
        self.deleteLater()
