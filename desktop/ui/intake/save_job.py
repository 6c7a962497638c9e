"""One save of one form on its way to the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.task_runner import Runner

Save = Callable[[IntakeForm], Draft]


def _save(save: Save, form: IntakeForm, _progress: Progress) -> Draft:
    return save(form)


class SaveJob(QObject):
    """``finished(job)`` follows each attempt; then either ``draft`` or ``error`` is set."""

    finished = Signal(object)

    def __init__(self, parent: QObject, form: IntakeForm, save: Save, runner: Runner) -> None:
        super().__init__(parent)
        self.form = form
        self.draft: Draft | None = None
        self.error: Exception | None = None
        self._work = partial(_save, save, form)
        self._runner = runner

    def start(self) -> None:
        """Try, or try again."""
        self.error = None
        self._runner.start("db", self._work, self._saved, self._failed)

    def _saved(self, draft: Draft) -> None:
        self.draft = draft
        self.finished.emit(self)

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.finished.emit(self)
