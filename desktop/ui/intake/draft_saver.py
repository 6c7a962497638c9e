"""Saves the form while it is typed: soon after the last key, never long after the first."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import Cancelled
from desktop.domain.intake import Draft, IntakeForm
from desktop.domain.progress import Progress
from desktop.ui.intake.alarm import Alarm
from desktop.ui.intake.form_model import FormModel
from desktop.ui.shared.task_runner import Runner

QUIET_MS: Final = 300
"""After the last change."""
CAP_MS: Final = 500
"""After the first change that is not saved: what a power cut can take at most."""
RETRY_MS: Final = 2000
"""After a save that failed."""


class SaveState(Enum):
    """What the status line says."""

    FRESH = "fresh"
    PENDING = "pending"
    SAVED = "saved"
    FAILED = "failed"


def _save(
    save: Callable[[IntakeForm], Draft], form: IntakeForm, _progress: Progress
) -> Draft:
    return save(form)


class DraftSaver(QObject):
    """One save at a time, in order, and the last one holds the form as it stands.

    ``save`` is durable when it returns; it runs in lane ``db``.
    """

    state_changed = Signal()
    settled = Signal()
    """Everything typed is on disk."""

    def __init__(
        self,
        model: FormModel,
        save: Callable[[IntakeForm], Draft],
        runner: Runner,
        make_alarm: Callable[[], Alarm],
    ) -> None:
        super().__init__()
        self._model = model
        self._save = save
        self._runner = runner
        self._dirty = False
        self._in_flight = False
        self._due = False
        self._draft: Draft | None = None
        self._error: Exception | None = None
        self._quiet, self._cap, self._retry = make_alarm(), make_alarm(), make_alarm()
        for alarm in (self._quiet, self._cap, self._retry):
            alarm.setParent(self)
            alarm.rang.connect(self.flush)
        model.edited.connect(self._edited)

    @property
    def state(self) -> SaveState:
        """How things stand."""
        if self._error is not None:
            return SaveState.FAILED
        if self._dirty or self._in_flight:
            return SaveState.PENDING
        return SaveState.SAVED if self._draft else SaveState.FRESH

    @property
    def draft(self) -> Draft | None:
        """The last draft that was saved."""
        return self._draft

    @property
    def error(self) -> Exception | None:
        """Why the last save failed; None once one succeeded."""
        return self._error

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose something."""
        return self._dirty or self._in_flight

    def adopt(self, draft: Draft | None) -> None:
        """The model was just loaded from ``draft``: nothing is to be saved."""
        self.forget()
        self._draft = draft
        self.state_changed.emit()

    def forget(self) -> None:
        """What is not saved need not be: the form became a report."""
        self._dirty = self._due = False
        self._error = None
        self._stop_alarms()
        self.state_changed.emit()

    def flush(self) -> None:
        """Save now what is not saved yet."""
        if self._in_flight:
            self._due = self._dirty
            return
        if not self._dirty:
            return
        self._stop_alarms()
        self._dirty = self._due = False
        self._in_flight = True
        work = partial(_save, self._save, self._model.form)
        self._runner.start("db", work, self._saved, self._failed)

    def _edited(self) -> None:
        self._dirty = True
        self._quiet.start(QUIET_MS)
        if not self._cap.active:
            self._cap.start(CAP_MS)
        self.state_changed.emit()

    def _saved(self, draft: Draft) -> None:
        self._in_flight = False
        self._draft = draft
        self._error = None
        if self._due:
            self.flush()
        self.state_changed.emit()
        if not self.unsaved:
            self.settled.emit()

    def _failed(self, error: Exception) -> None:
        self._in_flight = False
        self._dirty = True
        if not isinstance(error, Cancelled):
            self._error = error
        # Even what came due waits for the alarm: a full disk must not be asked in a tight loop.
        self._due = False
        self._retry.start(RETRY_MS)
        self.state_changed.emit()

    def _stop_alarms(self) -> None:
        for alarm in (self._quiet, self._cap, self._retry):
            alarm.stop()
