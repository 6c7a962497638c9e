"""Something looked up about the form behind the typing: asked once it pauses, told while it is the last question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.progress import Progress
from desktop.ui.intake.form.alarm import AlarmSound
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.task_runner import Runner

WAIT_MS: Final = 250
"""After the last key, so that an account that is being typed is not asked for digit by digit."""

Q = TypeVar("Q")
A = TypeVar("A")


def _put(look: Callable[[Q], A], question: Q, _progress: Progress) -> tuple[Q, A]:
    return question, look(question)


class LateLookUp(QObject, Generic[Q, A]):
    """The thread of the database asks ``look``; ``found`` follows when what is known may have changed."""

    found = Signal()

    def __init__(
        self,
        model: FormModel,
        look: Callable[[Q], A],
        runner: Runner,
        make_alarm: Callable[[], AlarmSound],
    ) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._runner = runner
        self._asked: Q | None = None
        self._alarm = make_alarm()
        self._alarm.setParent(self)
        self._alarm.rang.connect(self._ask)
        model.changed.connect(self._changed)
        model.rows_changed.connect(self._soon)
        model.replaced.connect(self._replaced)

    def concerns(self, path: str) -> bool:
        """Whether a change of that field is a reason to ask anew."""
        raise NotImplementedError

    def question(self) -> Q | None:
        """What is to be asked of the form as it stands; None for nothing."""
        raise NotImplementedError

    def learn(self, answer: A) -> None:
        """Keep the answer to the last question."""
        raise NotImplementedError

    def forget(self) -> None:
        """Another form was loaded."""
        raise NotImplementedError

    def _changed(self, path: str) -> None:
        if self.concerns(path):
            self._soon()

    def _soon(self) -> None:
        self._alarm.start(WAIT_MS)

    def _replaced(self) -> None:
        self.forget()
        self.found.emit()
        self._ask()

    def _ask(self) -> None:
        question = self._asked = self.question()
        if question is None:
            self.found.emit()
        else:
            work = partial(_put, self._look, question)
            self._runner.start("db", work, self._answered, self._failed)

    def _answered(self, pair: tuple[Q, A]) -> None:
        question, answer = pair
        if question is self._asked:
            self.learn(answer)
            self.found.emit()

    def _failed(self, _error: Exception) -> None:
        """A look-up that fails takes nothing from the report; the next change asks again."""
