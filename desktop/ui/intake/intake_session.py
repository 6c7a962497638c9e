"""Which report is on the form: a new one, a draft taken up again, a case reopened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.ids import CaseId
from desktop.domain.intake import Draft, IntakeForm
from desktop.domain.progress import Progress
from desktop.ui.intake.draft_saver import DraftSaver
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.port import IntakePort
from desktop.ui.shared.kit.task_runner import Runner


@dataclass(frozen=True, slots=True)
class _Found:
    """A form to go on with; ``unrecorded``: it says something that is not in the journal."""

    form: IntakeForm
    draft: Draft | None = None
    unrecorded: bool = False


def _begin(port: IntakePort, _progress: Progress) -> _Found:
    return _of_draft(port, port.new_draft())


def _latest(port: IntakePort, _progress: Progress) -> _Found:
    drafts = port.open_drafts()
    return _of_draft(port, drafts[0] if drafts else port.new_draft())


def _resume(port: IntakePort, case: CaseId, _progress: Progress) -> _Found:
    for draft in port.open_drafts():
        if draft.form.case_id == case:
            return _of_draft(port, draft)
    return _Found(port.form_of(case))


def _of_draft(port: IntakePort, draft: Draft) -> _Found:
    form = port.form_of(CaseId(draft.form.case_id))
    return _Found(form, draft, port.unrecorded(form))


def _discard(port: IntakePort, case: CaseId, _progress: Progress) -> None:
    port.discard_draft(case)


class IntakeSession(QObject):
    """What is typed into one report never reaches another: the old one is saved before the new one
    shows. ``loaded(unrecorded)``: another form is there, and whether it says more than the journal."""

    loaded = Signal(bool)
    failed = Signal(object)

    def __init__(
        self, model: FormModel, saver: DraftSaver, port: IntakePort, runner: Runner
    ) -> None:
        super().__init__()
        self._model = model
        self._saver = saver
        self._port = port
        self._runner = runner
        self._open = False
        self._coming = 0

    @property
    def open(self) -> bool:
        """Whether a report is on the form, or on its way there: a page that is shown meanwhile asks for no other."""
        return self._open or self._coming > 0

    def begin(self) -> None:
        """A person just came to the counter."""
        self._start(partial(_begin, self._port))

    def resume_latest(self) -> None:
        """Go on with what was typed last, or begin if there is nothing."""
        self._start(partial(_latest, self._port))

    def resume(self, case: CaseId) -> None:
        """Take up a draft, or reopen a registered case."""
        self._start(partial(_resume, self._port, case))

    def leave(self) -> None:
        """Put the report aside; one on which nothing was typed goes."""
        form = self._model.form
        if self._open and form.untouched and self._saver.draft is not None:
            self._saver.forget()
            work = partial(_discard, self._port, CaseId(form.case_id))
            self._runner.start("db", work, self._gone, self._failed)
        else:
            self._saver.flush()
        self._open = False

    def _start(self, work: partial[_Found]) -> None:
        self._saver.flush()
        self._coming += 1
        self._runner.start("db", work, self._arrived, self._lost)

    def _arrived(self, found: _Found) -> None:
        self._coming -= 1
        self._open = True
        self._saver.hand_over()
        self._model.load(found.form)
        self._saver.adopt(found.draft)
        self.loaded.emit(found.unrecorded)

    def _gone(self, _nothing: None) -> None:
        """The blank draft is away."""

    def _lost(self, error: Exception) -> None:
        self._coming -= 1
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)
