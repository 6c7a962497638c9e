"""What the page does with the tasks of its case: take on, tick off, take the tick back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.task_proposals import TaskProposal, proposals
from desktop.domain.cases.task import Task
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.case.tasks.card import TasksCard
from desktop.ui.case.tasks.dialog import TaskDialog, TypedTask
from desktop.ui.case.tasks.texts import proposal_text
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of


class TaskActions(DialogActions):
    """Bound to the card of tasks; ``sheet`` is the case shown."""

    def __init__(self, kit: Kit, port: CasePort, window: QWidget, card: TasksCard) -> None:
        super().__init__(kit, window)
        self._port = port
        self.sheet: CaseSheet | None = None
        card.add_wanted.connect(self.ask)
        card.ticked.connect(self._tick)
        card.taken.connect(self._take)

    def ask(self) -> None:
        """Open the dialog."""
        if self.sheet is not None:
            dialog = TaskDialog(self._kit, self._window)
            dialog.typed.connect(partial(self._add, self.sheet))
            self._show(dialog, "tasks.dialog.added")

    def take_all(self) -> None:
        """Take on everything the program proposes."""
        if self.sheet is not None:
            for proposal in proposals(self.sheet.file):
                self._take(proposal)

    def _add(self, sheet: CaseSheet, typed: TypedTask) -> None:
        case = sheet.file.case.id
        self._do(partial(self._port.add_task, case, typed.text, typed.due, typed.source))

    def _tick(self, task: Task) -> None:
        action = self._port.finish_task if task.open else self._port.reopen_task
        self._run_alone(work_of(action, task.id))  # the line itself shows it

    def _take(self, proposal: TaskProposal) -> None:
        if self.sheet is not None:
            words = proposal_text(self._kit, proposal, self.sheet)
            case = self.sheet.file.case.id
            self._run_alone(work_of(self._port.accept_task, case, proposal, words))
