"""What the page records of the procedure: steps, steps taken back, official numbers.

A dialog stays open, with everything typed, until the desk has recorded it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.ids import CaseId
from desktop.services.orders.record_step import record_step, withdraw_step
from desktop.services.orders.set_official_numbers import set_official_numbers
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option


@dataclass(frozen=True, slots=True)
class TypedStep:
    """What was typed."""

    kind: StepKind
    at: datetime
    number: str
    note: str


class StepDialog(DialogFrame):
    """``typed(TypedStep)``. Stays open with everything typed until the desk has recorded it."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, kinds: Iterable[StepKind]) -> None:
        super().__init__(kit, parent, "steps.dialog.title")
        self.setObjectName("step_dialog")
        options = [Option(kind.value, f"steps.kind.{kind.value}") for kind in kinds]
        self.kind = ComboField(kit, "step_kind", "steps.dialog.kind", options)
        self.at = DateTimeField(kit, "step_at", "steps.dialog.at")
        self.at.set_instant(kit.ticks.now())
        self.number = TextField(kit, "step_number", "steps.dialog.number", digits=True)
        self.note = TextField(kit, "step_note", "steps.dialog.note")
        self._banner = Banner(kit, "step_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "steps.dialog.hint", ink="muted", wrap=True))
        self.body.addWidget(self.kind)
        row = Row(kit, gap="space_m")
        row.addWidget(self.at, 1)
        row.addWidget(self.number, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.note)
        self.add_button("shared.cancel", name="step_cancel")
        accept = self.add_button(
            "steps.dialog.accept", variant=Variant.PRIMARY, name="step_accept", closes=False
        )
        accept.clicked.connect(self._accept)
        self.set_default(accept)
        self.kind.setFocus()

    def _accept(self) -> None:
        at = self.at.instant()
        if at is None:
            self.at.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self.at.setFocus()
        elif at > self.kit.ticks.now():
            self.at.set_hint_key(Tone.BAD, "steps.dialog.future")
            self.at.setFocus()
        else:
            kind = StepKind(self.kind.value())
            self.typed.emit(TypedStep(kind, at, self.number.value(), self.note.value()))

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)


class OfficialDialog(DialogFrame):
    """``typed(OfficialNumbers)``. The desk proposes nothing: it never makes an official number."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, known: OfficialNumbers) -> None:
        super().__init__(kit, parent, "steps.official.title")
        self.setObjectName("official_dialog")
        self._banner = Banner(kit, "official_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "steps.official.hint", ink="muted", wrap=True))
        self._fields = []
        for name, value in (
            ("incident", known.incident),
            ("acceptance", known.acceptance),
            ("case", known.case),
        ):
            field = TextField(kit, f"official_{name}", f"steps.official.{name}", digits=True)
            field.set_value(value)
            self._fields.append(field)
            self.body.addWidget(field)
        self.add_button("shared.cancel", name="official_cancel")
        accept = self.add_button(
            "steps.official.accept", variant=Variant.PRIMARY, name="official_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        self._fields[0].setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _tell(self) -> None:
        incident, acceptance, case = (field.value() for field in self._fields)
        self.typed.emit(OfficialNumbers(incident, acceptance, case))


AnyDialog = StepDialog | OfficialDialog | ReasonDialog


class ProcedureActions(DialogActions):
    """Steps, official numbers, and taking a step back."""

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, window)
        self._session = session
        self._case: CaseId | None = None

    def ask_step(self, case: CaseId) -> None:
        """Open the dialog of a step."""
        dialog = StepDialog(self._kit, self._window, StepKind)
        dialog.typed.connect(self._record)
        self._open(dialog, case, "steps.dialog.done")

    def ask_official(self, case: CaseId, known: OfficialNumbers) -> None:
        """Open the dialog of the official numbers."""
        dialog = OfficialDialog(self._kit, self._window, known)
        dialog.typed.connect(self._set_official)
        self._open(dialog, case, "steps.official.done")

    def ask_withdraw(self, case: CaseId, step: ProcedureStep) -> None:
        """Open the dialog that asks why a step counts no more."""
        dialog = ReasonDialog(
            self._kit,
            self._window,
            "steps.withdraw",
            "withdraw",
            danger=True,
            keeps_open=True,
            step=self._kit.texts.text(f"steps.kind.{step.kind.value}"),
        )
        dialog.given.connect(partial(self._withdraw, step))
        self._open(dialog, case, "steps.withdraw.done")

    def _open(self, dialog: AnyDialog, case: CaseId, done_key: str) -> None:
        self._case = case
        self._show(dialog, done_key)

    def _record(self, typed: TypedStep) -> None:
        if self._case is not None:
            self._do(
                partial(
                    record_step,
                    self._session, self._case, typed.kind, typed.at, typed.number, typed.note,
                )
            )  # fmt: skip

    def _set_official(self, numbers: OfficialNumbers) -> None:
        if self._case is not None:
            self._do(partial(set_official_numbers, self._session, self._case, numbers))

    def _withdraw(self, step: ProcedureStep, reason: str) -> None:
        if self._case is not None:
            self._do(partial(withdraw_step, self._session, self._case, step.id, reason))
