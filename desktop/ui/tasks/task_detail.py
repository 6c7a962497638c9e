"""The chosen task in full: what is to be done, by whose word, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.cases.assigned_task import TaskRequest
from desktop.domain.masking import masked_text
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.texts.label import Label


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

    def show_row(self, row: AssignedRow | None) -> None:
        """Show one; nothing where none is chosen."""
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
