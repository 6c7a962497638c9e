"""Where else the accounts and leads on the form were seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from desktop.domain.case_file.views import SameAccount
from desktop.domain.identifiers.labels import number_of
from desktop.domain.ids import CaseId
from desktop.ui.intake.form.alarm import AlarmSound
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.late_look_up import LateLookUp
from desktop.ui.shared.kit.task_runner import Runner

SHORTEST: Final = 5
"""Characters below which a number cannot tell anything apart (a QQ number has five)."""

Appearances = tuple[SameAccount, ...]
Look = Callable[[str, CaseId], Appearances]
Numbers = tuple[CaseId, tuple[str, ...]]


def _look_up(look: Look, numbers: Numbers) -> Mapping[str, Appearances]:
    case, asked = numbers
    return {number: look(number, case) for number in asked}


class SameAccounts(LateLookUp[Numbers, Mapping[str, Appearances]]):
    """Keeps what is known about each number on the form."""

    def __init__(
        self, model: FormModel, look: Look, runner: Runner, make_alarm: Callable[[], AlarmSound]
    ) -> None:
        super().__init__(model, partial(_look_up, look), runner, make_alarm)
        self._known: dict[str, Appearances] = {}

    def appearances(self, number: str) -> Appearances:
        """The other cases in which ``number`` is known to appear."""
        return self._known.get(number_of(number, "bank_account"), ())

    def all_payees(self) -> Appearances:
        """The other cases of every payee account on the form, each case once, newest first."""
        cases = {
            other.case: other
            for transfer in self._model.form.transfers
            for other in self.appearances(transfer.payee_account)
        }
        return tuple(sorted(cases.values(), key=_accepted, reverse=True))

    def concerns(self, path: str) -> bool:
        """Payee accounts and leads."""
        return path.endswith((".payee_account", ".value"))

    def question(self) -> Numbers | None:
        """The numbers of which nothing is known yet."""
        numbers = tuple(number for number in self._numbers() if number not in self._known)
        return (CaseId(self._model.form.case_id), numbers) if numbers else None

    def learn(self, answer: Mapping[str, Appearances]) -> None:
        """Beside what was known."""
        self._known.update(answer)

    def forget(self) -> None:
        """What is another case depends on the case."""
        self._known.clear()

    def _numbers(self) -> tuple[str, ...]:
        form = self._model.form
        typed = [transfer.payee_account for transfer in form.transfers]
        typed += [item.value for item in form.identifiers]
        numbers = {number_of(text, "bank_account") for text in typed}
        # A masked number fits many accounts; it would accuse the wrong ones.
        return tuple(sorted(n for n in numbers if len(n) >= SHORTEST and "*" not in n))


def _accepted(other: SameAccount) -> float:
    return other.accepted_at.timestamp()
