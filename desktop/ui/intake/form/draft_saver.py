"""Saves the form while it is typed: soon after the last key, never long after the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.ui.intake.form.alarm import AlarmSound
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.task_runner import Runner

Save = Callable[[IntakeForm], Draft]


def _save(save: Save, form: IntakeForm, _progress: Progress) -> Draft:
    return save(form)


def _bring(send: Callable[[], None], _progress: Progress) -> None:
    send()


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
        self._runner.start("input", self._work, self._saved, self._failed)

    def _saved(self, draft: Draft) -> None:
        self.draft = draft
        self.finished.emit(self)

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.finished.emit(self)


QUIET_MS: Final = 250
"""After the last change: with what a save takes, a key is on the disk within 300 ms."""
CAP_MS: Final = 500
"""After the first change that is not saved: what a power cut can take at most."""
RETRY_MS: Final = 2000
"""After a save that failed."""


class SaveState(Enum):
    """What the status line says."""

    FRESH = "fresh"
    PENDING = "pending"
    SAVED = "saved"
    ON_PC = "on_pc"
    FAILED = "failed"


class DraftSaver(QObject):
    """One save at a time, in order, and the last one holds the form as it stands.

    ``save`` is durable when it returns; it runs in lane ``input``. A form that is left for another
    while it has unsaved changes is *owed*: it is saved in its own right, as often as it takes.
    """

    state_changed = Signal()
    settled = Signal()
    """Everything typed is on disk."""
    server_back = Signal()
    """A centre's server has what waited on this PC."""

    def __init__(
        self,
        model: FormModel,
        save: Save,
        runner: Runner,
        make_alarm: Callable[[], AlarmSound],
        send: Callable[[], None] | None = None,
    ) -> None:
        """``send``: brings what waits on this PC to a centre's server; raises while that cannot be reached."""
        super().__init__()
        self._model = model
        self._save = save
        self._send = send
        self._sending = False
        self._runner = runner
        self._dirty = False
        self._due = False
        self._held: IntakeForm | None = None
        self._job: SaveJob | None = None
        self._owed: list[SaveJob] = []
        self._draft: Draft | None = None
        self._error: Exception | None = None
        self._quiet, self._cap, self._retry = make_alarm(), make_alarm(), make_alarm()
        for alarm in (self._quiet, self._cap, self._retry):
            alarm.setParent(self)
        self._quiet.rang.connect(self.flush)
        self._cap.rang.connect(self.flush)
        self._retry.rang.connect(self._try_again)
        model.edited.connect(self._edited)
        model.moved.connect(self._moved)

    @property
    def state(self) -> SaveState:
        """How things stand."""
        if self._error is not None:
            return SaveState.FAILED
        if self.unsaved:
            return SaveState.PENDING
        if self._draft is not None and self._draft.on_pc:
            return SaveState.ON_PC
        return SaveState.SAVED if self._draft else SaveState.FRESH

    @property
    def draft(self) -> Draft | None:
        """The last draft of this form that was saved."""
        return self._draft

    @property
    def error(self) -> Exception | None:
        """Why the last save failed; None once one succeeded."""
        return self._error

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose something."""
        return self._dirty or self._job is not None or bool(self._owed)

    def save_and_forget(self) -> None:
        """Another form is about to be loaded: save this one in its own right, unless it is becoming a report."""
        job, dirty = self._job, self._dirty
        if self._held is not None and same_facts(self._model.form, self._held):
            dirty = False
        self.forget()
        if dirty:
            self._owed.append(self._new_job(self._owed_finished))
            self._owed[-1].start()
        elif job is not None:  # it is on its way, as it stands
            job.finished.disconnect(self._finished)
            job.finished.connect(self._owed_finished)
            self._owed.append(job)

    def adopt(self, draft: Draft | None) -> None:
        """A form was loaded, from ``draft`` if there is one: nothing is to be saved."""
        self._draft = draft
        if draft is not None and draft.on_pc:
            self.wait_for_server()
        self.state_changed.emit()

    def forget(self) -> None:
        """What is not saved need not be: the form became a report, or was handed over."""
        self._dirty = self._due = False
        self._job = self._held = None
        self._draft = None
        self._error = None
        self._quiet.stop()
        self._cap.stop()
        if not self._owed:
            self._retry.stop()
        self.state_changed.emit()

    def wait_for_server(self) -> None:
        """Ask a centre's server again soon, though nothing typed waits for it; then ``server_back``."""
        if not self._retry.active:
            self._retry.start(RETRY_MS)

    def hold(self, form: IntakeForm) -> None:
        """Begin no save: ``form`` is becoming a report, which makes the draft needless."""
        self._held = form

    def release(self) -> None:
        """Save again; at once what is unsaved."""
        self._held = None
        self.flush()

    def flush(self) -> None:
        """Save now what is not saved yet."""
        if self._job is not None:
            self._due = self._dirty
            return
        if not self._dirty or self._held is not None:
            return
        self._quiet.stop()
        self._cap.stop()
        self._dirty = self._due = False
        self._job = self._new_job(self._finished)
        self._job.start()

    def _new_job(self, finished: Callable[[SaveJob], None]) -> SaveJob:
        job = SaveJob(self, self._model.form, self._save, self._runner)
        job.finished.connect(finished)
        return job

    def _edited(self) -> None:
        self._dirty = True
        self._quiet.start(QUIET_MS)
        if not self._cap.active:
            self._cap.start(CAP_MS)
        self.state_changed.emit()

    def _moved(self) -> None:
        # A report that was registered has no draft, and turning pages must not make one.
        if self._draft is not None or self._dirty:
            self._edited()

    def _finished(self, job: SaveJob) -> None:
        job.deleteLater()
        if job is not self._job:
            return  # the form was handed over meanwhile, and is saved on its own account
        self._job = None
        if job.error is not None:
            self._dirty = True
            # Even what came due waits: a full disk must not be asked in a tight loop.
            self._due = False
            self._failed(job.error)
            return
        self._draft = job.draft
        self._error = None
        self._wait_for_server(job)
        if self._due:
            self.flush()
        self._settle()

    def _owed_finished(self, job: SaveJob) -> None:
        if job.error is not None:
            self._failed(job.error)
            return
        self._owed.remove(job)
        job.deleteLater()
        self._error = None
        self._wait_for_server(job)
        self._settle()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._error = error
        self._retry.start(RETRY_MS)
        self.state_changed.emit()

    def _wait_for_server(self, job: SaveJob) -> None:
        if job.draft is not None and job.draft.on_pc:
            self.wait_for_server()

    def _try_again(self) -> None:
        if self._send is not None and not self._sending:
            self._sending = True
            self._runner.start("db", partial(_bring, self._send), self._sent, self._not_sent)
        for job in tuple(self._owed):
            if job.error is not None:
                job.start()
        self.flush()

    def _sent(self, _nothing: None) -> None:
        """The server answers again. What was typed since is saved there by itself."""
        self._sending = False
        if self._draft is not None and self._draft.on_pc:
            self._draft = replace(self._draft, on_pc=False)
            self.state_changed.emit()
        self.server_back.emit()

    def _not_sent(self, _error: Exception) -> None:
        self._sending = False
        self._retry.start(RETRY_MS)

    def _settle(self) -> None:
        self.state_changed.emit()
        if not self.unsaved:
            self.settled.emit()


def same_facts(one: IntakeForm, other: IntakeForm) -> bool:
    """Whether both say the same; where the person stands does not count."""
    return replace(one, page=other.page, focus=other.focus) == other
