"""What the page does with the tasks of its case: take on, tick off, take the tick back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.task_proposals import TaskProposal, proposals
from desktop.domain.cases.task import Task, TaskSource
from desktop.domain.ids import CaseId
from desktop.services.cases.tasks import accept_proposal, add_task, finish_task, reopen_task
from desktop.services.session import Session
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.case.tasks.card import TasksCard
from desktop.ui.case.tasks.texts import proposal_text
from desktop.ui.shared.dialogs.form_dialog import (
    AHEAD,
    STRETCH,
    FilledForm,
    Form,
    FormDialog,
    Input,
    switch,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.line_edit import Option

_OWN: Final = "own"
_SPANS: Final = {
    "ten": timedelta(minutes=10),
    "hour": timedelta(hours=1),
    "three_days": timedelta(days=3),
}
_MORNING: Final = 9
_DUES: Final = ("ten", "hour", "morning", "three_days", "never")
_USUAL_DUE: Final = "hour"


class TaskActions(SheetActions):
    """Bound to the card of tasks; ``sheet`` is the case shown."""

    def __init__(self, kit: Kit, session: Session, window: QWidget, card: TasksCard) -> None:
        super().__init__(kit, session, window)
        card.add_wanted.connect(self.ask)
        card.ticked.connect(self._tick)
        card.taken.connect(self._take)

    def ask(self) -> None:
        """Open the dialog."""
        if self.sheet is not None:
            kinds = (
                Option(_OWN, "tasks.dialog.own"),
                Option(TaskSource.PROMISE.value, "tasks.dialog.promise"),
            )
            dues = [Option(name, f"tasks.dialog.{name}") for name in _DUES]
            rows = (
                Input(
                    "text", "tasks.dialog.text", placeholder="tasks.dialog.example",
                    check=lambda filled: "" if filled["text"] else "tasks.dialog.empty",
                ),
                Input("kind", "tasks.dialog.kind", switch(kinds)),
                Input("preset", "tasks.dialog.due", switch(dues), _USUAL_DUE, then=self._choose_due),
                (Input("due", "tasks.dialog.due", AHEAD, self._due(_USUAL_DUE)), STRETCH),
            )  # fmt: skip
            self._ask_form(
                Form("task", "tasks.dialog.title", "tasks.dialog.accept", rows),
                partial(_add, self._session, self.sheet.file.case.id),
                "tasks.dialog.added",
            )

    def take_all(self) -> None:
        """Take on everything the program proposes."""
        if self.sheet is not None:
            for proposal in proposals(self.sheet.file):
                self._take(proposal)

    def _choose_due(self, dialog: FormDialog) -> None:
        dialog.put("due", self._due(dialog.filled()["preset"]))

    def _due(self, name: str) -> datetime | None:
        now = self._kit.ticks.now()
        if name == "never":
            return None
        if name != "morning":
            return now + _SPANS[name]
        here = now.astimezone(self._kit.zone)
        day = here if here.hour < _MORNING else here + timedelta(days=1)
        return day.replace(hour=_MORNING, minute=0, second=0, microsecond=0)

    def _tick(self, task: Task) -> None:
        action = finish_task if task.open else reopen_task
        self._run_alone(work_of(action, self._session, task.id))  # the line itself shows it

    def _take(self, proposal: TaskProposal) -> None:
        if self.sheet is not None:
            words = proposal_text(self._kit, proposal, self.sheet)
            case = self.sheet.file.case.id
            self._run_alone(work_of(accept_proposal, self._session, case, proposal, words))


def _add(session: Session, case: CaseId, filled: FilledForm) -> None:
    source = TaskSource.OWN if filled["kind"] == _OWN else TaskSource(filled["kind"])
    add_task(session, case, filled["text"], filled.at("due"), source=source)
