"""What the page records of the procedure: steps, steps taken back, official numbers.

A dialog stays open, with everything typed, until the desk has recorded it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.case import OfficialNumbers
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.step import Step, StepKind
from desktop.ui.case.official_dialog import OfficialDialog
from desktop.ui.case.port import CasePort
from desktop.ui.case.step_dialog import StepDialog, TypedStep
from desktop.ui.case.withdraw_dialog import WithdrawDialog
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast

AnyDialog = StepDialog | OfficialDialog | WithdrawDialog


class ProcedureDeeds(QObject):
    """``changed``: read the case anew. ``failed(error)``: the dialog is gone already."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, port: CasePort, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._port = port
        self._window = window
        self._dialog: AnyDialog | None = None
        self._case: CaseId | None = None
        self._done_key = ""

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

    def ask_withdraw(self, case: CaseId, step: Step) -> None:
        """Open the dialog that asks why a step counts no more."""
        dialog = WithdrawDialog(self._kit, self._window, step)
        dialog.typed.connect(self._withdraw)
        self._open(dialog, case, "steps.withdraw.done")

    def _open(self, dialog: AnyDialog, case: CaseId, done_key: str) -> None:
        self._dialog, self._case, self._done_key = dialog, case, done_key
        dialog.open()

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

    def _withdraw(self, step: Step, reason: str) -> None:
        if self._case is not None:
            self._do(partial(self._port.withdraw_step, self._case, step.id, reason))

    def _do(self, deed: Callable[[], None]) -> None:
        self._kit.runner.start("db", partial(_run, deed), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
        self._dialog = None
        toast(self._kit, self._window, self._done_key)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)
        else:
            self.failed.emit(error)


def _run(deed: Callable[[], None], _progress: Progress) -> None:
    deed()
