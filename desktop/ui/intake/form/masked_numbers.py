"""Which whole numbers the masked payee accounts on the form may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.services.cases.form.complete_masked import Candidate
from desktop.ui.intake.form.alarm import AlarmSound
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.late_look_up import LateLookUp
from desktop.ui.shared.kit.task_runner import Runner

Candidates = tuple[Candidate, ...]
Look = Callable[[IntakeForm, int], Candidates]
Found = Mapping[tuple[str, str], Candidates]
"""By the id of the transfer and what stands in it."""


def _look_up(look: Look, form: IntakeForm) -> Found:
    return {
        (transfer.id, transfer.payee_account): look(form, index)
        for index, transfer in enumerate(form.transfers)
        if read_masked(transfer.payee_account)
    }


class MaskedNumbers(LateLookUp[IntakeForm, Found]):
    """Keeps the candidates by transfer; those for what stands there no more count no more."""

    def __init__(
        self, model: FormModel, look: Look, runner: Runner, make_alarm: Callable[[], AlarmSound]
    ) -> None:
        super().__init__(model, partial(_look_up, look), runner, make_alarm)
        self._known: Found = {}

    def candidates(self, transfer: TransferText) -> Candidates:
        """What the payee account of the transfer may be."""
        return self._known.get((transfer.id, transfer.payee_account), ())

    def concerns(self, path: str) -> bool:
        """Payee accounts, and the leads, which may hold the whole number."""
        return path.endswith((".payee_account", ".value"))

    def question(self) -> IntakeForm | None:
        """The form, if a number on it is masked."""
        form = self._model.form
        masked = any(read_masked(transfer.payee_account) for transfer in form.transfers)
        return form if masked else None

    def learn(self, answer: Found) -> None:
        """In place of what was known."""
        self._known = answer

    def forget(self) -> None:
        """Another form has other transfers."""
        self._known = {}
