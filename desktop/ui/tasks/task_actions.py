"""What is done with tasks, by the centre that gives them and the station that has them, and with requests for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.case_file.task_terms import due_by_kind
from desktop.domain.cases.tasks.assigned_task import AssignedKind, TaskResult
from desktop.services.assigned_tasks.answer_task import accept_task, finish_assigned, return_task
from desktop.services.assigned_tasks.decide_request import (
    Passing,
    pass_on_request,
    receivers_of_request,
    refuse_request,
)
from desktop.services.assigned_tasks.enclose_files import enclose_files
from desktop.services.assigned_tasks.give_task import TypedTask, give_task, withdraw_task
from desktop.services.assigned_tasks.list_assigned import StationChoice
from desktop.services.assigned_tasks.request_task import (
    TypedRequest,
    places_of_city,
    request_again,
    request_task,
    withdraw_request,
)
from desktop.services.assigned_tasks.task_slip import draw_task_slip
from desktop.services.cases.changes.propose_station import ProposedStation
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


class _TaskDialogs(DialogActions):
    """What a task and a request for one are asked in the same words."""

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session

    def _kind(self, chosen: AssignedKind) -> Input:
        kinds = [Option(kind.value, key=f"assigned.kind.{kind.value}") for kind in GIVEN]
        return Input(
            "kind", "assigned.dialog.kind", switch(kinds), chosen.value, then=self._choose_due
        )

    def _term(self, kind: AssignedKind, *, urgent: bool = False) -> tuple[Input, Input]:
        return (
            Input("due", "assigned.dialog.due", AHEAD, self._due(kind)),
            Input("urgent", "assigned.dialog.urgent", tick, urgent),
        )

    def _choose_due(self, dialog: FormDialog) -> None:
        dialog.put("due", self._due(AssignedKind(dialog.filled()["kind"])))

    def _due(self, kind: AssignedKind) -> datetime | None:
        return due_by_kind(self._session.rules, kind, self._kit.ticks.now())


class AssignedTaskActions(_TaskDialogs):
    """Bound to the page; each opens its dialog or does it at once. ``paper_ready(pdf, title)``: to be shown for
    printing."""

    paper_ready = Signal(object, str)

    def give(self, stations: Sequence[StationChoice]) -> None:
        """Ask for a task for one of the stations."""
        units = [Option(one.code, text=one.name) for one in stations]
        rows = (
            (
                Input("unit", "assigned.dialog.unit", choice(units), stations[0].code),
                Input("case", "assigned.dialog.case", placeholder="assigned.dialog.no_case"),
            ),
            self._kind(GIVEN[0]),
            (
                Input("name", "assigned.dialog.name", when=without_case),
                Input("phone", "assigned.dialog.phone", when=without_case),
            ),
            Input("words", "assigned.dialog.words", several_lines(3), needed=True),
            self._term(GIVEN[0]),
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


class RequestActions(_TaskDialogs):
    """Bound to the page; each opens its dialog."""

    def ask(self) -> None:
        """Ask what another station is to do."""
        first = AssignedKind.VISIT
        rows = (
            (
                Input("case", "assigned.dialog.case", placeholder="assigned.dialog.no_case"),
                self._place(),
            ),
            self._kind(first),
            (
                Input("name", "assigned.dialog.name", when=without_case),
                Input("phone", "assigned.dialog.phone", when=without_case),
            ),
            Input("address", "assigned.request.address", when=without_case),
            Input("words", "assigned.dialog.words", several_lines(3), needed=True),
            self._term(first),
            FormText("assigned.request.note"),
        )
        form = Form("request_task", "assigned.request.ask", "assigned.request.ask_it", rows)
        self._ask_form(form, partial(_request, self._session), "assigned.request.asked")

    def ask_again(self, row: AssignedRow) -> None:
        """Ask once more for what is over; what was asked before goes along without being shown."""
        kind = row.one.kind if row.one.kind in GIVEN else AssignedKind.VISIT
        rows = (
            self._kind(kind),
            self._place(row.one.request.place if row.one.request else ""),
            Input("words", "assigned.request.again_words", several_lines(3), needed=True),
            self._term(kind, urgent=row.one.urgent),
            FormText("assigned.request.again_note"),
        )
        form = Form(
            "again", "assigned.request.again", "assigned.request.ask_it", rows, focus="words"
        )
        self._ask_form(form, partial(_again, self._session, row), "assigned.request.asked")

    def _place(self, chosen: str = "") -> Input:
        places = [Option(one.code, text=one.name) for one in places_of_city(self._session)]
        unknown = Option("", key="assigned.request.any_place")
        return Input("place", "assigned.request.place", choice((unknown, *places)), chosen)

    def withdraw(self, row: AssignedRow) -> None:
        """Take one back."""
        text = FormText("assigned.request.withdraw_note")
        title = "assigned.request.withdraw"
        form = Form("withdraw_request", title, title, (text,))
        act = partial(_withdraw_request, self._session, row)
        self._ask_form(form, act, "assigned.request.withdrawn")

    def pass_on(self, row: AssignedRow) -> None:
        """Ask to whom it goes, the best station first."""
        work = work_of(_receivers, self._session, row)
        self._kit.runner.start("db", work, self._ask_receiver, self._failed)

    def refuse(self, row: AssignedRow) -> None:
        """Ask why it goes to nobody."""
        rows = (Input("reason", "assigned.request.reason", several_lines(2), needed=True),)
        title = "assigned.request.refuse"
        form = Form("refuse_request", title, title, rows)
        self._ask_form(form, partial(_refuse, self._session, row), "assigned.request.refused")

    def _ask_receiver(self, found: tuple[AssignedRow, tuple[ProposedStation, ...]]) -> None:
        row, stations = found
        options = [Option(one.unit_code, text=self._station_text(one)) for one in stations]
        first = options[0].value if options else ""
        rows = (
            Input("unit", "assigned.request.to", choice(options), first, needed=True),
            Input("words", "assigned.request.more", several_lines(2)),
            Input("due", "assigned.dialog.due", AHEAD, self._own_due(row)),
            Input("evidence", "assigned.request.evidence", tick),
            FormText("assigned.request.pass_note"),
        )
        title = "assigned.request.pass_on"
        form = Form("pass_on", title, title, rows, focus="unit", width="dialog_width_form")
        self._ask_form(form, partial(_pass_on, self._session, row), "assigned.request.passed_on")

    def _station_text(self, one: ProposedStation) -> str:
        key = f"assigned.request.station.{one.reason.value}"
        name, place, count = one.unit_name, one.place, one.in_hand
        return self._kit.texts.text(key, name=name, place=place, count=count)

    def _own_due(self, row: AssignedRow) -> datetime | None:
        """As it was asked for, unless that is over."""
        due = row.one.task.due
        return due if due and due > self._kit.ticks.now() else self._due(row.one.kind)


def _receivers(
    session: Session, row: AssignedRow
) -> tuple[AssignedRow, tuple[ProposedStation, ...]]:
    return row, receivers_of_request(session, row.one.task.id)


def _typed(filled: FilledForm) -> TypedTask:
    """What is asked, whoever and whatever it is about."""
    kind = AssignedKind(filled["kind"])
    return TypedTask("", kind, filled["words"], filled.at("due"), filled.ticked("urgent"))


def _request(session: Session, filled: FilledForm) -> None:
    typed = replace(
        _typed(filled),
        case=find_case(session, filled["case"]) if filled["case"] else "",
        name=filled["name"],
        phone=filled["phone"],
        address=filled["address"],
    )
    request_task(session, TypedRequest(typed, filled["place"]))


def _again(session: Session, row: AssignedRow, filled: FilledForm) -> None:
    request_again(session, row.one.task.id, TypedRequest(_typed(filled), filled["place"]))


def _withdraw_request(session: Session, row: AssignedRow, _filled: FilledForm) -> None:
    withdraw_request(session, row.one.task.id)


def _pass_on(session: Session, row: AssignedRow, filled: FilledForm) -> None:
    evidence = filled.ticked("evidence")
    passing = Passing(filled["unit"], filled.at("due"), filled["words"], evidence=evidence)
    pass_on_request(session, row.one.task.id, passing)


def _refuse(session: Session, row: AssignedRow, filled: FilledForm) -> None:
    refuse_request(session, row.one.task.id, filled["reason"])
