"""What the page does about objections of account holders: receive, decide, let one no longer count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.objection_release import (
    ABOUT,
    MeasureRelease,
    ReleaseStep,
    open_measures,
)
from desktop.domain.cases.holder_objection import ObjectionOutcome, ObjectorRelation
from desktop.domain.cases.people.party import RESIDENT
from desktop.domain.cases.people.victim import ID_KINDS
from desktop.domain.ids import CaseId
from desktop.services.cases.objections.decide_objection import (
    TypedDecision,
    decide_objection,
    withdraw_objection,
)
from desktop.services.cases.objections.objections_of_case import ObjectionView
from desktop.services.cases.objections.receive_objection import TypedObjection, receive_objection
from desktop.services.orders.order_request import About
from desktop.services.session import Session
from desktop.ui.case.objections.card import ObjectionsCard
from desktop.ui.case.objections.texts import measure_text
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    SECRET,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Make,
    Rows,
    choice,
    several_lines,
    switch,
)
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.layout.scroll import ScrollArea

_MOST_SEEN = 4
"""Rows that stand open before a list scrolls."""


def _tick(text: str) -> Make:
    """A box to tick with words that are data."""
    return lambda _kit, name, _label: CheckBox(_kit, "ordering.new.plain", name=name, text=text)


class ObjectionDialog(FormDialog):
    """``given(TypedObjection)``. A single measure is ticked already."""

    def __init__(
        self, kit: Kit, parent: QWidget, sheet_rows: Sequence[Sequence[tuple[str, str]]]
    ) -> None:
        measures, items = sheet_rows
        self._measures = [
            (key, _box(kit, "order", place, text)) for place, (key, text) in enumerate(measures)
        ]
        self._items = [
            (key, _box(kit, "item", place, text)) for place, (key, text) in enumerate(items)
        ]
        now = kit.ticks.now
        relations = [
            Option(item.value, f"objection.relation.{item.value}") for item in ObjectorRelation
        ]
        kinds = [Option(kind, f"intake.kind.{kind}") for kind in ID_KINDS]
        rows = (
            FormText("objection.dialog.hint"),
            (
                Input("name", "objection.field.name", needed=True),
                Input("relation", "objection.field.relation", choice(relations), ObjectorRelation.HOLDER.value),
            ),
            (
                Input("id_kind", "objection.field.id_kind", choice(kinds), RESIDENT),
                Input("id_number", "objection.field.id_number", DIGITS),
            ),
            (
                Input("phone", "objection.field.phone", DIGITS),
                Input("received_at", "objection.field.received_at", MOMENT, now(), needed=True,
                    check=lambda filled: "objection.dialog.future" if filled.moment("received_at") > now() else "",
                ),
            ),
            FormText("objection.field.orders", role="label"),
            _scrolled(kit, [box for _, box in self._measures]),
            Input("grounds", "objection.field.grounds", several_lines(3), needed=True),
            *(
                (FormText("objection.field.evidence", role="label"), _scrolled(kit, [b for _, b in self._items]))
                if self._items
                else ()
            ),
        )  # fmt: skip
        form = Form(
            "objection", "objection.dialog.title", "objection.dialog.accept", rows,
            width="dialog_width_wide", waits=True,
        )  # fmt: skip
        super().__init__(kit, parent, form)
        if len(self._measures) == 1:
            self._measures[0][1].setChecked(True)
        for _, box in self._measures:
            box.toggled.connect(self.judge)
        self.judge()

    def judge(self, _changed: object = None) -> None:
        """Only against something."""
        super().judge()
        if not any(box.isChecked() for _, box in self._measures):
            self.accept_button.setEnabled(False)

    def outcome(self, filled: FilledForm) -> TypedObjection:
        """What was typed."""
        return TypedObjection(
            filled["name"],
            filled["grounds"],
            [key for key, box in self._measures if box.isChecked()],
            filled["id_kind"],
            filled["id_number"],
            filled["phone"],
            filled["relation"],
            [key for key, box in self._items if box.isChecked()],
            filled.at("received_at"),
        )


def _box(kit: Kit, what: str, place: int, text: str) -> CheckBox:
    return CheckBox(kit, "ordering.new.plain", name=f"objection_{what}_{place + 1}", text=text)


def _scrolled(kit: Kit, boxes: Sequence[QWidget]) -> QWidget:
    content = QWidget()
    column = Column(kit, content, gap="space_xs")
    for box in boxes:
        column.addWidget(box)
    scroll = ScrollArea(kit, content)
    row = kit.theme.space("control_compact") + kit.theme.space("space_xs")
    scroll.setFixedHeight(row * min(max(len(boxes), 1), _MOST_SEEN))
    return scroll


class ObjectionActions(SheetActions):
    """Bound to the card; ``sheet`` is the case shown. ``paper_wanted(forms, subject)``."""

    paper_wanted = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        window: QWidget,
        card: ObjectionsCard,
        ordering: OrderActions,
    ) -> None:
        super().__init__(kit, session, window)
        self._ordering = ordering
        card.add_wanted.connect(self.ask)
        card.wanted.connect(self._act)
        card.release_wanted.connect(self._release)

    def ask(self) -> None:
        """Open the dialog of a new objection; where nothing is stopped or frozen, say so."""
        sheet = self.sheet
        if sheet is None:
            return
        measures = open_measures(sheet.file, self._kit.ticks.now())
        rows = (
            [(view.order.id, measure_text(self._kit, view)) for view in measures],
            [(item.id, item.name) for item in reversed(sheet.file.evidence)],
        )
        if not measures:
            nothing = FormText("objection.dialog.nothing", ink="")
            form = Form("objection", "objection.dialog.title", "", (nothing,), back="shared.close")
            self._show(FormDialog(self._kit, self._window, form), "")
            return
        record = partial(receive_objection, self._session, sheet.file.case.id)
        self._ask(ObjectionDialog(self._kit, self._window, rows), record, "objection.dialog.done")

    def _act(self, act: str, view: ObjectionView) -> None:
        if self.sheet is None:
            return
        case = self.sheet.file.case.id
        if act == "decide":
            self._ask_decide(case, view)
        elif act == "withdraw":
            dialog = ReasonDialog(
                self._kit, self._window, "objection.withdraw", "objection", danger=True, keeps_open=True,
                who=view.objection.name,
            )  # fmt: skip
            work = partial(withdraw_objection, self._session, case, view.objection.id)
            self._ask(dialog, work, "objection.withdraw.done")
        else:
            self.paper_wanted.emit((act,), f"{ABOUT}{view.objection.id}")

    def _ask_decide(self, case: CaseId, view: ObjectionView) -> None:
        sheet, objection = self.sheet, view.objection
        if sheet is None:
            return
        several = len(objection.orders) > 1
        outcomes = [
            Option(item.value, f"objection.outcome.{item.value}")
            for item in ObjectionOutcome
            if several or item is not ObjectionOutcome.PART
        ]
        measures = [item for item in sheet.file.orders if item.order.id in objection.orders]
        ticks = [
            Input(
                item.order.id, "objection.field.orders", _tick(measure_text(self._kit, item)),
                when=lambda filled: filled["outcome"] == ObjectionOutcome.PART,
            )
            for item in measures
        ]  # fmt: skip
        rows: Rows = (
            FormText(text=f"{view.number}. {objection.name}", role="strong", ink=""),
            FormText(text=objection.grounds),
            Input("outcome", "objection.field.decision", switch(outcomes), ObjectionOutcome.UPHELD.value),
            *ticks,
            Input(
                "reason", "objection.decide.reason", several_lines(3),
                check=lambda filled: ""
                if filled["reason"].strip() or filled["outcome"] == ObjectionOutcome.UPHELD
                else "objection.decide.no_reason",
            ),
            FormText("objection.decide.other"),
            (
                Input("witness", "ordering.witness.number", DIGITS),
                Input("password", "ordering.witness.password", SECRET),
            ),
        )  # fmt: skip
        form = Form(
            "objection", "objection.decide.title", "objection.decide.accept", rows,
            width="dialog_width_wide", waits=True,
        )  # fmt: skip
        names = [item.order.id for item in measures]

        def decide(filled: FilledForm) -> None:
            released = [name for name in names if filled.ticked(name)]
            typed = TypedDecision(
                ObjectionOutcome(filled["outcome"]),
                filled["reason"],
                released,
                filled["witness"],
                filled["password"],
            )
            decide_objection(self._session, case, objection.id, typed)

        self._ask_form(form, decide, "objection.decide.done")

    def _release(self, release: MeasureRelease) -> None:
        """By the form of every order; where the measure is not in force yet, its order is withdrawn."""
        if release.view is None or release.kind is None:
            return
        if release.step is ReleaseStep.WITHDRAW:
            self._ordering.ask_to_withdraw(release.view)
            return
        about = About(again=release.view.order.id)
        self._ordering.propose(release.view.case, release.kind, (about,))
