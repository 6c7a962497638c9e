"""Whether the person was here before: looked up behind the typing, never in its way."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.cases.intake import IntakeForm
from desktop.services.cases.earlier_visits import EarlierVisit
from desktop.ui.intake.alarm import AlarmSound
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.late_look_up import LateLookUp
from desktop.ui.shared.kit.task_runner import Runner

Reports = tuple[EarlierVisit, ...]
Look = Callable[[IntakeForm], Reports]


class EarlierVisits(LateLookUp[IntakeForm, Reports]):
    """The earlier cases of the person on the form."""

    def __init__(
        self, model: FormModel, look: Look, runner: Runner, make_alarm: Callable[[], AlarmSound]
    ) -> None:
        super().__init__(model, look, runner, make_alarm)
        self.reports: Reports = ()

    def concerns(self, path: str) -> bool:
        """The person, and the accounts that were paid from."""
        return path.startswith("victim.") or path.endswith(".payer_account")

    def question(self) -> IntakeForm:
        """The form."""
        return self._model.form

    def learn(self, answer: Reports) -> None:
        """In place of what was known."""
        self.reports = answer

    def forget(self) -> None:
        """Another form has another person."""
        self.reports = ()
