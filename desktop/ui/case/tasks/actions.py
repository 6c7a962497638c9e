"""What the page does with the tasks of its case: take on, tick off, take the tick back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.task_proposals import TaskProposal, proposals
from desktop.domain.cases.task import Task, TaskSource
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.tasks import accept_proposal, add_task, finish_task, reopen_task
from desktop.services.session import Session
from desktop.ui.case.tasks.card import TasksCard
from desktop.ui.case.tasks.texts import proposal_text
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.segmented import Segmented

_OWN: Final = "own"
_SPANS: Final = {
    "ten": timedelta(minutes=10),
    "hour": timedelta(hours=1),
    "three_days": timedelta(days=3),
}
_MORNING: Final = 9
_DUES: Final = ("hour", "ten", "morning", "three_days", "never")


@dataclass(frozen=True, slots=True)
class TypedTask:
    """What was typed."""

    text: str
    due: datetime | None
    source: TaskSource


class TaskDialog(DialogFrame):
    """``typed(TypedTask)``. Stays open with everything typed until the desk has recorded it."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(kit, parent, "tasks.dialog.title")
        self.setObjectName("task_dialog")
        self._banner = Banner(kit, "task_banner")
        self.text = TextField(
            kit, "task_text", "tasks.dialog.text", placeholder_key="tasks.dialog.example"
        )
        kinds = (
            Option(_OWN, "tasks.dialog.own"),
            Option(TaskSource.PROMISE.value, "tasks.dialog.promise"),
        )
        self._kind = Segmented(kit, kinds, "task_kind", "tasks.dialog.kind")
        dues = tuple(Option(name, f"tasks.dialog.{name}") for name in _DUES)
        self._preset = Segmented(kit, dues, "task_preset", "tasks.dialog.due")
        self.due = DateTimeField(kit, "task_due", "tasks.dialog.due", ahead=True)
        self._preset.chosen.connect(self._choose)
        self._build()
        self._choose(_DUES[0])
        self.text.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _build(self) -> None:
        self.body.addWidget(self._banner)
        self.body.addWidget(self.text)
        self.body.addWidget(self._kind)
        self.body.addWidget(self._preset)
        row = Row(self.kit, gap="space_m")
        row.addWidget(self.due, 1)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button("shared.cancel", name="task_cancel")
        accept = self.add_button(
            "tasks.dialog.accept", variant=Variant.PRIMARY, name="task_accept", closes=False
        )
        accept.clicked.connect(self._accept)
        self.set_default(accept)

    def _choose(self, name: str) -> None:
        now = self.kit.ticks.now()
        if name == "never":
            self.due.set_instant(None)
        elif name == "morning":
            here = now.astimezone(self.kit.zone)
            day = here if here.hour < _MORNING else here + timedelta(days=1)
            self.due.set_instant(day.replace(hour=_MORNING, minute=0, second=0, microsecond=0))
        else:
            self.due.set_instant(now + _SPANS[name])
        self.due.clear_hint()

    def _accept(self) -> None:
        due = self.due.instant()
        if not self.text.value():
            self.text.set_hint_key(Tone.BAD, "tasks.dialog.empty")
            self.text.setFocus()
        elif due is None and self.due.value():
            self.due.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self.due.setFocus()
        else:
            kind = self._kind.value()
            source = TaskSource.OWN if kind == _OWN else TaskSource(kind)
            self.typed.emit(TypedTask(self.text.value(), due, source))


class TaskActions(DialogActions):
    """Bound to the card of tasks; ``sheet`` is the case shown."""

    def __init__(self, kit: Kit, session: Session, window: QWidget, card: TasksCard) -> None:
        super().__init__(kit, window)
        self._session = session
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
        add = partial(add_task, self._session, case, typed.text, typed.due, source=typed.source)
        self._do(add)

    def _tick(self, task: Task) -> None:
        action = finish_task if task.open else reopen_task
        self._run_alone(work_of(action, self._session, task.id))  # the line itself shows it

    def _take(self, proposal: TaskProposal) -> None:
        if self.sheet is not None:
            words = proposal_text(self._kit, proposal, self.sheet)
            case = self.sheet.file.case.id
            self._run_alone(work_of(accept_proposal, self._session, case, proposal, words))
