"""Where else the accounts and leads on the form were seen; looked up behind the typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.views import SameAccount
from desktop.services.form_facts import clean_number
from desktop.ui.intake.alarm import Alarm
from desktop.ui.intake.form_model import FormModel
from desktop.ui.shared.task_runner import Runner

WAIT_MS: Final = 250
"""After the last key, so that an account that is being typed is not asked for digit by digit."""
SHORTEST: Final = 5
"""Characters below which a number cannot tell anything apart (a QQ number has five)."""

Seen = tuple[SameAccount, ...]
Look = Callable[[str, CaseId], Seen]


def _look_up(
    look: Look, numbers: tuple[str, ...], case: CaseId, _progress: Progress
) -> Mapping[str, Seen]:
    return {number: look(number, case) for number in numbers}


class SameAccounts(QObject):
    """Keeps what is known about each number on the form; answers that come too late are dropped."""

    found = Signal()

    def __init__(
        self, model: FormModel, look: Look, runner: Runner, make_alarm: Callable[[], Alarm]
    ) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._runner = runner
        self._known: dict[str, Seen] = {}
        self._asked: tuple[CaseId, tuple[str, ...]] | None = None
        self._alarm = make_alarm()
        self._alarm.setParent(self)
        self._alarm.rang.connect(self._ask)
        model.changed.connect(self._changed)
        model.rows_changed.connect(self._soon)
        model.replaced.connect(self._replaced)

    def seen(self, number: str) -> Seen:
        """The other cases in which ``number`` is known to appear."""
        return self._known.get(clean_number(number), ())

    def all_payees(self) -> Seen:
        """The other cases of every payee account on the form, each case once, newest first."""
        cases = {
            other.case: other
            for transfer in self._model.form.transfers
            for other in self.seen(transfer.payee_account)
        }
        return tuple(sorted(cases.values(), key=_accepted, reverse=True))

    def _numbers(self) -> tuple[str, ...]:
        form = self._model.form
        typed = [transfer.payee_account for transfer in form.transfers]
        typed += [item.value for item in form.identifiers]
        numbers = {clean_number(text) for text in typed}
        # A masked number fits many accounts; it would accuse the wrong ones.
        return tuple(sorted(n for n in numbers if len(n) >= SHORTEST and "*" not in n))

    def _changed(self, path: str) -> None:
        if path.endswith((".payee_account", ".value")):
            self._soon()

    def _soon(self) -> None:
        self._alarm.start(WAIT_MS)

    def _replaced(self) -> None:
        self._known.clear()
        self._ask()

    def _ask(self) -> None:
        case = CaseId(self._model.form.case_id)
        numbers = tuple(number for number in self._numbers() if number not in self._known)
        self._asked = (case, numbers)
        if numbers:
            work = partial(_look_up, self._look, numbers, case)
            self._runner.start("db", work, self._answered, self._failed)
        else:
            self.found.emit()

    def _answered(self, answer: Mapping[str, Seen]) -> None:
        asked = (CaseId(self._model.form.case_id), tuple(answer))
        if asked != self._asked:
            return  # another question was put since
        self._known.update(answer)
        self.found.emit()

    def _failed(self, _error: Exception) -> None:
        """A look-up that fails takes nothing from the report; the next change asks again."""
        self._asked = None


def _accepted(other: SameAccount) -> float:
    return other.accepted_at.timestamp()
