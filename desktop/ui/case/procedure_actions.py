"""What the page records of the procedure: steps, steps taken back, official numbers.

A dialog stays open, with everything typed, until the desk has recorded it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.ids import CaseId
from desktop.ui.case.official_dialog import OfficialDialog
from desktop.ui.case.port import CasePort
from desktop.ui.case.step_dialog import StepDialog, TypedStep
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit

AnyDialog = StepDialog | OfficialDialog | ReasonDialog


class ProcedureActions(DialogActions):
    """Steps, official numbers, and taking a step back."""

    def __init__(self, kit: Kit, port: CasePort, window: QWidget) -> None:
        super().__init__(kit, window)
        self._port = port
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
                    self._port.record_step,
                    self._case, typed.kind, typed.at, typed.number, typed.note,
                )
            )  # fmt: skip

    def _set_official(self, numbers: OfficialNumbers) -> None:
        if self._case is not None:
            self._do(partial(self._port.set_official, self._case, numbers))

    def _withdraw(self, step: ProcedureStep, reason: str) -> None:
        if self._case is not None:
            self._do(partial(self._port.withdraw_step, self._case, step.id, reason))
