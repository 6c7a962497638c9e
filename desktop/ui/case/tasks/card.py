"""What is to be done in a case: tasks with their times, then what the program proposes."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.task_proposals import TaskProposal, proposals
from desktop.domain.cases.tasks.task import Task, TaskSource
from desktop.domain.ids import CaseId
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.tasks import accept_proposal, add_task, finish_task, reopen_task
from desktop.services.session import Session
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.case.tasks.line import TaskLine
from desktop.ui.case.tasks.texts import proposal_face, proposal_text, task_face
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
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.column_keys import move_focus
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Card, Column, let_go
from desktop.ui.shared.widgets.texts.label import Label

_MOST_DONE = 3
"""Done tasks beyond the last few are in the history."""


class TasksCard(Card):
    """``ticked(Task)``: done, or open again. ``taken(TaskProposal)``. ``add_wanted``: open the dialog.

    Lines keep their place when the case is read anew, so that the keyboard stays where it was: on the next task.
    Where nobody ``writes``, tasks are only read, and nothing is proposed.
    """

    ticked = Signal(object)
    taken = Signal(object)
    add_wanted = Signal()

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "tasks.title")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_tasks")
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._items: tuple[Task | TaskProposal, ...] = ()
        self._lines: list[TaskLine] = []
        self._count = Label(kit, role="hint", ink="muted")
        self.header.addWidget(self._count)
        add = Button(kit, "tasks.add", size=Size.COMPACT, keys="Ctrl+T", name="case_task_add")
        add.clicked.connect(self.add_wanted)
        self.header.addWidget(add)
        set_shown(add, shown=writes)
        self._none = Label(kit, "tasks.none", role="hint", ink="muted")
        self._column = Column(kit, gap="space_xxs")
        self.body.addWidget(self._none)
        self.body.addLayout(self._column)
        kit.ticks.ticked.connect(self._ticked_on)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the tasks of a case."""
        self._sheet, self._revealed = sheet, revealed
        still = [task for task in sheet.file.tasks if task.open]
        done = [task for task in sheet.file.tasks if not task.open]
        proposed = proposals(sheet.file) if self._writes else ()
        self._items = (*still, *proposed, *done[:_MOST_DONE])
        self._none.setVisible(not self._items)
        self._count.set_key("tasks.count", count=len(still), done=len(done))
        self._count.setVisible(bool(sheet.file.tasks))
        self._fit()
        self._show(self._kit.ticks.now())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from line to line."""
        if not move_focus(event, self._lines, around=False):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        while len(self._lines) < len(self._items):
            line = TaskLine(self._kit)
            line.setObjectName(f"case_task_{len(self._lines)}")
            line.clicked.connect(partial(self._clicked, line))
            self._lines.append(line)
            self._column.addWidget(line)
        while len(self._lines) > len(self._items):
            line = self._lines.pop()
            if line.hasFocus() and self._lines:
                self._lines[-1].setFocus()
            let_go(self._column, line)

    def _show(self, now: datetime) -> None:
        if self._sheet is None:
            return
        for line, item in zip(self._lines, self._items, strict=True):
            if isinstance(item, Task):
                face = task_face(self._kit, item, self._sheet, now, revealed=self._revealed)
                line.show_face(face)
            else:
                line.show_face(proposal_face(self._kit, item, self._sheet))

    def _clicked(self, line: TaskLine) -> None:
        if not self._writes:
            return
        item = self._items[self._lines.index(line)]
        if isinstance(item, Task):
            self.ticked.emit(item)
        else:
            self.taken.emit(item)

    def _ticked_on(self, now: datetime) -> None:
        if self.isVisible():
            self._show(now)


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
