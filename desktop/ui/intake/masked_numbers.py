"""Which whole numbers the masked payee accounts on the form may be; looked up behind the typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.identifiers.masked_number import read_masked
from desktop.domain.intake import IntakeForm
from desktop.domain.progress import Progress
from desktop.services.complete_masked import Candidate
from desktop.ui.intake.alarm import Alarm
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.same_account import WAIT_MS
from desktop.ui.shared.task_runner import Runner

Candidates = tuple[Candidate, ...]
Look = Callable[[IntakeForm, int], Candidates]


Answer = tuple[IntakeForm, Mapping[str, Candidates]]


def _look_up(look: Look, form: IntakeForm, _progress: Progress) -> Answer:
    return form, {
        transfer.id: look(form, index)
        for index, transfer in enumerate(form.transfers)
        if read_masked(transfer.payee_account)
    }


class MaskedNumbers(QObject):
    """Keeps the candidates by transfer; an answer for what stands there no more is dropped."""

    found = Signal()

    def __init__(
        self, model: FormModel, look: Look, runner: Runner, make_alarm: Callable[[], Alarm]
    ) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._runner = runner
        self._known: Mapping[str, Candidates] = {}
        self._asked: IntakeForm | None = None
        self._alarm = make_alarm()
        self._alarm.setParent(self)
        self._alarm.rang.connect(self._ask)
        model.changed.connect(self._changed)
        model.rows_changed.connect(self._soon)
        model.replaced.connect(self._ask)

    def candidates(self, transfer: str) -> Candidates:
        """What the payee account of the transfer with this id may be."""
        return self._known.get(transfer, ())

    def _changed(self, path: str) -> None:
        if path.endswith((".payee_account", ".value")):
            self._soon()

    def _soon(self) -> None:
        self._alarm.start(WAIT_MS)

    def _ask(self) -> None:
        form = self._model.form
        if any(read_masked(transfer.payee_account) for transfer in form.transfers):
            self._asked = form
            work = partial(_look_up, self._look, form)
            self._runner.start("db", work, self._answered, self._failed)
        else:
            self._asked = None
            self._known = {}
            self.found.emit()

    def _answered(self, answer: Answer) -> None:
        form, found = answer
        if form is self._asked:
            self._known = found
            self.found.emit()

    def _failed(self, _error: Exception) -> None:
        """A look-up that fails takes nothing from the report; the next change asks again."""
        self._asked = None
