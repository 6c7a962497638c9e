"""What the page does with the tasks of its case: take on, tick off, take the tick back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.progress import Progress
from desktop.domain.task import Task
from desktop.domain.task_proposals import TaskProposal, proposals
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.case.task_dialog import TaskDialog, TypedTask
from desktop.ui.case.task_words import proposal_text
from desktop.ui.case.tasks_card import TasksCard
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast


class TaskDeeds(QObject):
    """``changed``: read the case anew. ``failed(error)``: no dialog is there to show it."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, port: CasePort, window: QWidget, card: TasksCard) -> None:
        super().__init__(window)
        self._kit = kit
        self._port = port
        self._window = window
        self._dialog: TaskDialog | None = None
        self.sheet: CaseSheet | None = None
        card.add_wanted.connect(self.ask)
        card.ticked.connect(self._tick)
        card.taken.connect(self._take)

    def ask(self) -> None:
        """Open the dialog."""
        if self.sheet is not None:
            self._dialog = TaskDialog(self._kit, self._window)
            self._dialog.typed.connect(partial(self._add, self.sheet))
            self._dialog.open()

    def take_all(self) -> None:
        """Take on everything the program proposes."""
        if self.sheet is not None:
            for proposal in proposals(self.sheet.file):
                self._take(proposal)

    def _add(self, sheet: CaseSheet, typed: TypedTask) -> None:
        case = sheet.file.case.id
        self._do(partial(self._port.add_task, case, typed.text, typed.due, typed.source))

    def _tick(self, task: Task) -> None:
        deed = self._port.finish_task if task.open else self._port.reopen_task
        self._do(partial(deed, task.id))

    def _take(self, proposal: TaskProposal) -> None:
        if self.sheet is not None:
            words = proposal_text(self._kit, proposal, self.sheet)
            case = self.sheet.file.case.id
            self._do(partial(self._port.accept_task, case, proposal, words))

    def _do(self, deed: Callable[[], None]) -> None:
        self._kit.runner.start("db", partial(_run, deed), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
            toast(self._kit, self._window, "tasks.dialog.added")
        self._dialog = None
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)
        else:
            self.failed.emit(error)


def _run(deed: Callable[[], None], _progress: Progress) -> None:
    deed()
