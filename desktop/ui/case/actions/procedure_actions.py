"""What the page records of the procedure: steps, steps taken back, official numbers.

A dialog stays open, with everything typed, until the desk has recorded it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.ids import CaseId
from desktop.services.orders.record_step import record_step, withdraw_step
from desktop.services.orders.set_official_numbers import set_official_numbers
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import DIGITS, MOMENT, Form, FormText, Input, choice
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import Option


class ProcedureActions(DialogActions):
    """Steps, official numbers, and taking a step back."""

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, window)
        self._session = session

    def ask_step(self, case: CaseId) -> None:
        """Open the dialog of a step."""
        kinds = [Option(kind.value, f"steps.kind.{kind.value}") for kind in StepKind]
        now = self._kit.ticks.now
        at = Input("at", "steps.dialog.at", MOMENT, now(), needed=True,
            check=lambda filled: "steps.dialog.future" if filled.moment("at") > now() else "",
        )  # fmt: skip
        rows = (
            FormText("steps.dialog.hint"),
            Input("kind", "steps.dialog.kind", choice(kinds)),
            (at, Input("number", "steps.dialog.number", DIGITS)),
            Input("note", "steps.dialog.note"),
        )
        self._ask_form(
            Form("step", "steps.dialog.title", "steps.dialog.accept", rows),
            lambda filled: record_step(
                self._session, case, StepKind(filled["kind"]), filled.moment("at"),
                filled["number"], filled["note"],
            ),
            "steps.dialog.done",
        )  # fmt: skip

    def ask_official(self, case: CaseId, known: OfficialNumbers) -> None:
        """Open the dialog of the official numbers. The desk proposes nothing: it never makes one."""
        rows = (
            FormText("steps.official.hint"),
            Input("incident", "steps.official.incident", DIGITS, known.incident),
            Input("acceptance", "steps.official.acceptance", DIGITS, known.acceptance),
            Input("case", "steps.official.case", DIGITS, known.case),
        )
        self._ask_form(
            Form("official", "steps.official.title", "steps.official.accept", rows),
            lambda filled: set_official_numbers(
                self._session,
                case,
                OfficialNumbers(filled["incident"], filled["acceptance"], filled["case"]),
            ),
            "steps.official.done",
        )

    def ask_withdraw(self, case: CaseId, step: ProcedureStep) -> None:
        """Open the dialog that asks why a step counts no more."""
        dialog = ReasonDialog(
            self._kit, self._window, "steps.withdraw", "withdraw", danger=True, keeps_open=True,
            step=self._kit.texts.text(f"steps.kind.{step.kind.value}"),
        )  # fmt: skip
        self._ask(
            dialog, partial(withdraw_step, self._session, case, step.id), "steps.withdraw.done"
        )
