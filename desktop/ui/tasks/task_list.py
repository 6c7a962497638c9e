"""The list of tasks, and the chosen one in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Signal

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.case_file.task_terms import Responsible, overdue, responsible
from desktop.domain.cases.tasks.assigned_task import AssignedState, TaskRequest
from desktop.domain.law.deadlines import legal_day
from desktop.domain.law.rules import RulePack
from desktop.domain.masking import masked_text
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.tables.end_near import tell_of_end
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS: Final = {"kind": 140, "who": 96, "unit": 132, "state": 104, "clock": 156, "to": 84}
_TONES: Final = {
    AssignedState.GIVEN: Tone.WARN,
    AssignedState.FINISHED: Tone.OK,
    AssignedState.RETURNED: Tone.BAD,
    AssignedState.REQUESTED: Tone.WARN,
    AssignedState.REFUSED: Tone.BAD,
}
_NOTHING_LOST: Final = timedelta()


class TaskTable(Listing[AssignedRow]):
    """``units``: with the station of each, as a centre sees it. ``end_near``: the end of what was read comes into
    sight."""

    end_near = Signal()

    def __init__(self, kit: Kit, rules: RulePack, *, units: bool) -> None:
        self._rules = rules
        unit = TableColumn("unit", "assigned.column.unit", _unit, tip=_unit)
        columns = (
            TableColumn("kind", "assigned.column.kind", self._kind, chip=True, tone=_kind_tone),
            TableColumn("who", "assigned.column.who", _who, tip=_who),
            TableColumn("text", "assigned.column.text", _words, tip=_words),
            *((unit,) if units else ()),
            TableColumn("state", "assigned.column.state", self._state, tone=self._state_tone),
            TableColumn("clock", "assigned.column.due", self._ended, clock=self._clock),
            TableColumn("to", "assigned.column.responsible", self._who_sees, tone=self._late),
        )
        widths = {name: width for name, width in _WIDTHS.items() if units or name != "unit"}
        super().__init__(kit, "tasks_table", "assigned.title", columns, _key, widths)
        tell_of_end(self, self.end_near)

    def _kind(self, row: AssignedRow) -> str:
        words = self._kit.texts.text(f"assigned.kind.{row.one.kind.value}")
        urgent = row.one.urgent and row.one.open
        return self._kit.texts.text("assigned.urgent", kind=words) if urgent else words

    def _state(self, row: AssignedRow) -> str:
        late = self._late_to_accept(row)
        late_name = "request.not_decided" if row.one.request else "not_accepted"
        name = f"assigned.{late_name}" if late else f"assigned.state.{row.one.state.value}"
        return self._kit.texts.text(name)

    def _state_tone(self, row: AssignedRow) -> Tone | None:
        return Tone.BAD if self._late_to_accept(row) else _TONES.get(row.one.state)

    def _late_to_accept(self, row: AssignedRow) -> bool:
        one, now = row.one, self._kit.ticks.now()
        unanswered = one.state in (AssignedState.GIVEN, AssignedState.REQUESTED)
        waits = unanswered and (one.task.due is None or one.task.due > now)
        return waits and overdue(self._rules, one, now)

    def _clock(self, row: AssignedRow) -> ClockSpan | None:
        end, given = row.one.task.due, row.one.task.made_at
        if end is None or given is None or not row.one.open:
            return None
        soon = self._rules.duration("alarm.ahead", legal_day(given))
        return ClockSpan(end, _NOTHING_LOST, min(soon, (end - given) / 2), given)

    def _ended(self, row: AssignedRow) -> str:
        at = row.one.state_at
        return moment(self._kit, at) if at is not None and not row.one.open else ""

    def _responsible(self, row: AssignedRow) -> Responsible | None:
        return responsible(self._rules, row.one, self._kit.ticks.now())

    def _who_sees(self, row: AssignedRow) -> str:
        who = self._responsible(row)
        return self._kit.texts.text(f"assigned.responsible.{who.value}") if who in _HIGHER else ""

    def _late(self, row: AssignedRow) -> Tone | None:
        return Tone.BAD if self._responsible(row) in _HIGHER else None


_HIGHER: Final = frozenset({Responsible.HEAD, Responsible.DUTY_LEADER})


def _key(row: AssignedRow) -> str:
    return row.one.task.id


def _who(row: AssignedRow) -> str:
    return row.victim


def _words(row: AssignedRow) -> str:
    return masked_text(row.one.task.text)


def _unit(row: AssignedRow) -> str:
    return row.unit_name


def _kind_tone(row: AssignedRow) -> Tone:
    return Tone.BAD if row.one.urgent and row.one.open else Tone.NEUTRAL


class TaskDetail(Card):
    """``acts``: its buttons; ``next_first``: the first of them is what is usually done next. ``place``: the name behind
    a division code."""

    def __init__(
        self,
        kit: Kit,
        acts: Sequence[tuple[Action, str]],
        place: Callable[[str], str],
        *,
        next_first: bool,
    ) -> None:
        super().__init__(kit, "assigned.detail")
        self._kit, self._place = kit, place
        self._words = Label(kit, wrap=True)
        self._words.setObjectName("tasks_words")
        self._given = Label(kit, role="small", ink="muted", wrap=True)
        self._given.setObjectName("tasks_given")
        self._answer = Label(kit, wrap=True)
        self._answer.setObjectName("tasks_answer")
        self._files = Label(kit, wrap=True)
        self._files.setObjectName("tasks_files")
        for label in (self._words, self._given, self._files, self._answer):
            self.body.addWidget(label)
        row = Row(kit)
        for number, (action, name) in enumerate(acts):
            variant = Variant.PRIMARY if next_first and number == 0 else Variant.PLAIN
            row.addWidget(Button.of(kit, action, variant=variant, name=name))
        row.addStretch(1)
        self.body.addLayout(row)
        self._row: AssignedRow | None = None
        kit.texts.changed.connect(self._show)

    def show_row(self, row: AssignedRow | None) -> None:
        """Show one; nothing where none is chosen."""
        self._row = row
        self._show()

    def _show(self) -> None:
        row = self._row
        set_shown(self, shown=row is not None)
        if row is None:
            return
        one, texts = row.one, self._kit.texts
        self._words.setText(masked_text(one.task.text))
        given = moment(self._kit, one.task.made_at) if one.task.made_at else ""
        due = moment(self._kit, one.task.due) if one.task.due else texts.text("assigned.no_due")
        key = "assigned.request.given" if one.request else "assigned.given"
        if one.request and one.task.about:
            key = "assigned.request.given_again"
        to = self._receiver(one.request) if one.request else ""
        self._given.set_key(key, case=row.case_number, at=given, due=due, unit=row.unit_name, to=to)
        set_shown(self._files, shown=row.files > 0)
        self._files.set_key("assigned.files", count=row.files)
        set_shown(self._answer, shown=one.state_at != one.task.made_at)
        result = texts.text(f"assigned.result.{one.result.value}") if one.result else ""
        words = " · ".join(part for part in (result, masked_text(one.words)) if part)
        self._answer.set_key(
            "assigned.answer",
            state=texts.text(f"assigned.state.{one.state.value}"),
            at=moment(self._kit, one.state_at) if one.state_at else "",
            officer=one.by,
            words=words,
        )

    def _receiver(self, request: TaskRequest) -> str:
        """To whom it was passed on, else where it is to be done."""
        if request.receiver:
            return self._kit.texts.text("assigned.request.passed_to", name=request.receiver)
        return self._place(request.place) if request.place else ""
