"""What is done with tasks: a centre gives and withdraws them, a station accepts, finishes and returns them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.case_file.task_terms import due_by_kind
from desktop.domain.cases.assigned_task import AssignedKind, TaskResult
from desktop.services.assigned_tasks.answer_task import accept_task, finish_assigned, return_task
from desktop.services.assigned_tasks.enclose_files import enclose_files
from desktop.services.assigned_tasks.give_task import TypedTask, give_task, withdraw_task
from desktop.services.assigned_tasks.list_assigned import StationChoice
from desktop.services.assigned_tasks.task_slip import draw_task_slip
from desktop.services.look_up import find_case
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import (
    AHEAD,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
    several_lines,
    switch,
    tick,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.input.line_edit import Option

GIVEN: Final = tuple(kind for kind in AssignedKind if kind is not AssignedKind.OTHER)
"""Kinds that somebody chooses."""


class AssignedTaskActions(DialogActions):
    """Bound to the page; each opens its dialog or does it at once. ``paper_ready(pdf, title)``: to be shown for
    printing."""

    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session

    def give(self, stations: Sequence[StationChoice]) -> None:
        """Ask for a task for one of the stations."""
        kinds = [Option(kind.value, key=f"assigned.kind.{kind.value}") for kind in GIVEN]
        units = [Option(one.code, text=one.name) for one in stations]
        first = GIVEN[0].value
        rows = (
            (
                Input("unit", "assigned.dialog.unit", choice(units), stations[0].code),
                Input("case", "assigned.dialog.case", placeholder="assigned.dialog.no_case"),
            ),
            Input("kind", "assigned.dialog.kind", switch(kinds), first, then=self._choose_due),
            (
                Input("name", "assigned.dialog.name", when=without_case),
                Input("phone", "assigned.dialog.phone", when=without_case),
            ),
            Input("words", "assigned.dialog.words", several_lines(3), needed=True),
            (
                Input("due", "assigned.dialog.due", AHEAD, self._due(first)),
                Input("urgent", "assigned.dialog.urgent", tick),
            ),
            FormText("assigned.dialog.note"),
        )
        form = Form("give_task", "assigned.dialog.give", "assigned.dialog.give_it", rows)
        self._ask_form(form, partial(_give, self._session), "assigned.dialog.given")

    def withdraw(self, row: AssignedRow) -> None:
        """Take one back."""
        text = FormText("assigned.dialog.withdraw_note")
        form = Form("withdraw_task", "assigned.withdraw", "assigned.withdraw", (text,))
        act = partial(_withdraw, self._session, row)
        self._ask_form(form, act, "assigned.dialog.withdrawn")

    def enclose(self, row: AssignedRow) -> None:
        """Choose files that go along with one."""
        chosen = partial(self._enclose, row)
        choose_files(self._kit, self._window, "assigned.enclose_files", chosen)

    def _enclose(self, row: AssignedRow, paths: tuple[Path, ...]) -> None:
        source = self._kit.texts.text("assigned.file_source")
        work = partial(enclose_files, self._session, row.one.task.id, paths, source)
        self._run_alone(work, done_key="assigned.enclosed")

    def accept(self, row: AssignedRow) -> None:
        """Take one on."""
        work = work_of(accept_task, self._session, row.one.task.id)
        self._run_alone(work, done_key="assigned.dialog.accepted")

    def print_slip(self, row: AssignedRow) -> None:
        """Draw one for whoever goes out for it."""
        work = work_of(draw_task_slip, self._session, row.one.task.id)
        self._kit.runner.start("db", work, self._drawn, self._failed)

    def finish(self, row: AssignedRow) -> None:
        """Ask what came of it."""
        results = [Option(one.value, key=f"assigned.result.{one.value}") for one in TaskResult]
        rows = (
            Input("result", "assigned.dialog.result", switch(results)),
            Input("words", "assigned.dialog.done_words", several_lines(3), needed=True),
        )
        form = Form("finish_task", "assigned.finish", "assigned.finish", rows, focus="words")
        self._ask_form(form, partial(_finish, self._session, row), "assigned.dialog.finished")

    def give_back(self, row: AssignedRow) -> None:
        """Ask why it goes back."""
        rows = (Input("reason", "assigned.dialog.reason", several_lines(2), needed=True),)
        form = Form("return_task", "assigned.return", "assigned.return", rows)
        self._ask_form(form, partial(_return, self._session, row), "assigned.dialog.returned")

    def _drawn(self, pdf: Pdf) -> None:
        self.paper_ready.emit(pdf, self._kit.texts.text("documents.form.task_slip"))

    def _choose_due(self, dialog: FormDialog) -> None:
        dialog.put("due", self._due(dialog.filled()["kind"]))

    def _due(self, kind: str) -> datetime | None:
        return due_by_kind(self._session.rules, AssignedKind(kind), self._kit.ticks.now())


def without_case(filled: FilledForm) -> bool:
    """Whether a task is about nobody's case, so that it is asked whom it is about."""
    return not filled["case"]


def _give(session: Session, filled: FilledForm) -> None:
    typed = TypedTask(
        filled["unit"],
        AssignedKind(filled["kind"]),
        filled["words"],
        filled.at("due"),
        filled.ticked("urgent"),
        find_case(session, filled["case"]) if filled["case"] else "",
        filled["name"],
        filled["phone"],
    )
    give_task(session, typed)


def _withdraw(session: Session, row: AssignedRow, _filled: FilledForm) -> None:
    withdraw_task(session, row.one.task.id)


def _finish(session: Session, row: AssignedRow, filled: FilledForm) -> None:
    finish_assigned(session, row.one.task.id, filled["words"], TaskResult(filled["result"]))


def _return(session: Session, row: AssignedRow, filled: FilledForm) -> None:
    return_task(session, row.one.task.id, filled["reason"])
